package io.gatehouse.basic;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * A password's bcrypt hash in the form that OpenBSD gave it: {@code $2b$cost$salt and hash}; also {@code $2a$} and {@code
 * $2y$}, which mean the same for every password that is taken here. Immutable and thread-safe.
 *
 * <p>bcrypt looks at 72 bytes and repeats what ends in a zero. A longer password, or one with a zero in it, would have
 * others that pass for it, and is never the right one.
 */
final class BcryptHash implements PasswordHash {

    static final String START = "$2";

    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$(?<cost>\\d\\d)\\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})");

    private static final int MINIMUM_COST = 4;

    /** Seconds per attempt: a slip of the pen would let callers stop the server. */
    private static final int MAXIMUM_COST = 16;

    private static final int MAXIMUM_PASSWORD_BYTES = 72;

    /** The last byte that bcrypt computes is not written down. */
    private static final int HASH_BYTES = 23;

    private static final String ITS_DIGITS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final int cost;
    private final byte[] salt;
    private final byte[] hash;

    private BcryptHash(int cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static BcryptHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "is not of the form $2b$<cost, two digits>$<22 characters of salt><31 characters of hash>");
        }
        int cost = Integer.parseInt(parts.group("cost"));
        if (cost < MINIMUM_COST || cost > MAXIMUM_COST) {
            throw new IllegalArgumentException("needs a cost from " + MINIMUM_COST + " to " + MAXIMUM_COST);
        }
        return new BcryptHash(cost, bytes(parts.group("salt")), bytes(parts.group("hash")));
    }

    /** Its own alphabet, and otherwise base64 without padding. */
    private static byte[] bytes(String text) {
        StringBuilder base64 = new StringBuilder();
        text.chars().forEach(digit -> base64.append(BASE64_DIGITS.charAt(ITS_DIGITS.indexOf(digit))));
        return Base64.getDecoder().decode(base64.toString());
    }

    @Override
    public boolean verify(char[] password) {
        byte[] bytes = PasswordBytes.of(password);
        byte[] key = Arrays.copyOf(bytes, Math.min(bytes.length + 1, MAXIMUM_PASSWORD_BYTES)); // a zero at its end
        try {
            // Computed in any case, so that the time says nothing.
            boolean equal = MessageDigest.isEqual(hash, Arrays.copyOf(BCrypt.generate(key, salt, cost), HASH_BYTES));
            return equal && isWhole(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static boolean isWhole(byte[] password) {
        boolean whole = password.length <= MAXIMUM_PASSWORD_BYTES;
        for (byte one : password) {
            whole &= one != 0;
        }
        return whole;
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public String toString() {
        return "BcryptHash[hidden]";
    }
}
