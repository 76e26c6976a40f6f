package io.gatehouse.basic;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password's PBKDF2 hash (RFC 8018 §5.2), written as Jakarta Security's {@code Pbkdf2PasswordHash} writes it:
 * {@code PBKDF2WithHmacSHA256:iterations:base64(salt):base64(hash)}. Immutable and thread-safe.
 *
 * <p>That interface itself is not used: a server need not have a bean for it, and a hash has to be judged when the
 * application is deployed.
 */
final class Pbkdf2Hash implements PasswordHash {

    private static final Set<String> ALGORITHMS =
            Set.of("PBKDF2WithHmacSHA224", "PBKDF2WithHmacSHA256", "PBKDF2WithHmacSHA384", "PBKDF2WithHmacSHA512");

    private static final int PARTS = 4;

    /** The least that Jakarta Security's own implementation would make. */
    private static final int MINIMUM_ITERATIONS = 1024;

    /** Seconds per attempt: a slip of the pen would let callers stop the server. */
    private static final int MAXIMUM_ITERATIONS = 10_000_000;

    private static final int MINIMUM_BYTES = 16;
    private static final int MAXIMUM_BYTES = 128;

    private final String algorithm;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(String algorithm, int iterations, byte[] salt, byte[] hash) {
        this.algorithm = algorithm;
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static Pbkdf2Hash parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS || !ALGORITHMS.contains(parts[0])) {
            throw new IllegalArgumentException(
                    "is neither of the form PBKDF2WithHmacSHA256:<iterations>:<base64 salt>:<base64 hash> nor a hash of"
                            + " bcrypt ($2b$...) or Argon2 ($argon2id$...)");
        }
        return new Pbkdf2Hash(parts[0], iterations(parts[1]), bytes(parts[2], "salt"), bytes(parts[3], "hash"));
    }

    private static int iterations(String text) {
        int iterations = text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
        if (iterations < MINIMUM_ITERATIONS || iterations > MAXIMUM_ITERATIONS) {
            throw new IllegalArgumentException(
                    "needs from " + MINIMUM_ITERATIONS + " to " + MAXIMUM_ITERATIONS + " iterations");
        }
        return iterations;
    }

    private static byte[] bytes(String text, String name) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("its " + name + " is not base64"); // the cause quotes the text
        }
        if (bytes.length < MINIMUM_BYTES || bytes.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "its " + name + " needs from " + MINIMUM_BYTES + " to " + MAXIMUM_BYTES + " bytes");
        }
        return bytes;
    }

    @Override
    public boolean verify(char[] password) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, hash.length * Byte.SIZE);
        try {
            byte[] presented =
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
            return MessageDigest.isEqual(hash, presented);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + algorithm, missing);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public String toString() {
        return "Pbkdf2Hash[hidden]";
    }
}
