package io.gatehouse.basic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for names and secrets in a cache: their HMAC under a key that nobody knows and that ends with the application.
 * What is remembered is short whatever was sent, and says nothing to whoever finds it elsewhere. Thread-safe.
 */
final class KeyedDigest {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    KeyedDigest() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    String of(String name, CharSequence more) {
        return Base64.getEncoder().encodeToString(mac(name, more));
    }

    /** A number from zero to the bound, always the same for a name. */
    int indexOf(String name, int bound) {
        return Math.floorMod(ByteBuffer.wrap(mac(name, "")).getInt(), bound);
    }

    private byte[] mac(String name, CharSequence more) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] first = name.getBytes(StandardCharsets.UTF_8);
            // The length first, so that no two pairs make the same text.
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(first.length).array());
            mac.update(first);
            ByteBuffer second = StandardCharsets.UTF_8.encode(CharBuffer.wrap(more));
            mac.update(second);
            wipe(second);
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    private static void wipe(ByteBuffer secret) {
        secret.clear();
        while (secret.hasRemaining()) {
            secret.put((byte) 0);
        }
    }

    @Override
    public String toString() {
        return "KeyedDigest[hidden]";
    }
}
