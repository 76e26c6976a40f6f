package io.gatehouse.basic;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2 hash (RFC 9106), written as the reference implementation writes it: {@code
 * $argon2id$v=19$m=65536,t=3,p=4$salt$hash}; also {@code argon2i} and {@code argon2d}. Immutable and thread-safe.
 */
final class Argon2Hash implements PasswordHash {

    static final String START = "$argon2";

    private static final Pattern FORM = Pattern.compile("\\$(?<type>argon2(id|i|d))\\$v=19"
            + "\\$m=(?<memory>[1-9]\\d{0,7}),t=(?<passes>[1-9]\\d{0,3}),p=(?<lanes>[1-9]\\d{0,2})"
            + "\\$(?<salt>[A-Za-z0-9+/]+)\\$(?<hash>[A-Za-z0-9+/]+)");

    private static final int KIBIBYTE = 1024;

    /** RFC 9106 §3.1. */
    private static final int MINIMUM_MEMORY_PER_LANE = 8;

    private static final int MAXIMUM_MEMORY = 256 * KIBIBYTE;
    private static final int MAXIMUM_PASSES = 50;
    private static final int MAXIMUM_LANES = 16;

    /** Memory times passes, in KiB: seconds per attempt, and a slip of the pen would let callers stop the server. */
    private static final int MAXIMUM_WORK = 2 * KIBIBYTE * KIBIBYTE;

    private static final int MINIMUM_SALT_BYTES = 8;
    private static final int MINIMUM_HASH_BYTES = 16;
    private static final int MAXIMUM_BYTES = 128;

    private final Argon2Parameters parameters;
    private final byte[] hash;

    private Argon2Hash(Argon2Parameters parameters, byte[] hash) {
        this.parameters = parameters;
        this.hash = hash;
    }

    static Argon2Hash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not of the form $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>"
                    + "$<base64 salt>$<base64 hash>, the base64 without padding");
        }
        Argon2Parameters.Builder parameters = new Argon2Parameters.Builder(type(parts.group("type")))
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(bytes(parts.group("salt"), "salt", MINIMUM_SALT_BYTES));
        setCost(
                parameters,
                Integer.parseInt(parts.group("memory")),
                Integer.parseInt(parts.group("passes")),
                Integer.parseInt(parts.group("lanes")));
        return new Argon2Hash(parameters.build(), bytes(parts.group("hash"), "hash", MINIMUM_HASH_BYTES));
    }

    private static int type(String name) {
        return switch (name) {
            case "argon2d" -> Argon2Parameters.ARGON2_d;
            case "argon2i" -> Argon2Parameters.ARGON2_i;
            default -> Argon2Parameters.ARGON2_id;
        };
    }

    private static void setCost(Argon2Parameters.Builder parameters, int memory, int passes, int lanes) {
        require(lanes <= MAXIMUM_LANES, "needs p from 1 to " + MAXIMUM_LANES);
        require(
                memory >= MINIMUM_MEMORY_PER_LANE * lanes && memory <= MAXIMUM_MEMORY,
                "needs m from " + MINIMUM_MEMORY_PER_LANE + " times p to " + MAXIMUM_MEMORY);
        require(passes <= MAXIMUM_PASSES, "needs t from 1 to " + MAXIMUM_PASSES);
        require(memory * passes <= MAXIMUM_WORK, "needs m times t of at most " + MAXIMUM_WORK);
        parameters.withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes);
    }

    private static byte[] bytes(String text, String name, int minimum) {
        require(text.length() % 4 != 1, "its " + name + " is not base64");
        byte[] bytes = Base64.getDecoder().decode(text);
        require(
                bytes.length >= minimum && bytes.length <= MAXIMUM_BYTES,
                "its " + name + " needs from " + minimum + " to " + MAXIMUM_BYTES + " bytes");
        return bytes;
    }

    private static void require(boolean fulfilled, String problem) {
        if (!fulfilled) {
            throw new IllegalArgumentException(problem);
        }
    }

    @Override
    public boolean verify(char[] password) {
        byte[] bytes = PasswordBytes.of(password);
        byte[] presented = new byte[hash.length];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(bytes, presented);
            return MessageDigest.isEqual(hash, presented);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public long memoryBytes() {
        return (long) parameters.getMemory() * KIBIBYTE;
    }

    @Override
    public String toString() {
        return "Argon2Hash[hidden]";
    }
}
