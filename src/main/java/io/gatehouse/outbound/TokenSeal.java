package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a nonce of chance for each text. The namespace is sealed along with it, so that the text of one client
 * cannot be slipped in for that of another. Thread-safe; {@link #toString()} hides the key.
 */
final class TokenSeal {

    static final int KEY_BYTES = 32;

    /** What is ours begins so; another form would begin otherwise. */
    private static final byte[] FORM = "GHT1".getBytes(US_ASCII);

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /**
     * A seal.
     *
     * @throws IllegalArgumentException where the key has another length
     */
    TokenSeal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of a token storage has 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] seal(String namespace, byte[] text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, namespace, nonce).doFinal(text);
            return ByteBuffer.allocate(FORM.length + NONCE_BYTES + sealed.length)
                    .put(FORM)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
    }

    /** Whether this may be something sealed. */
    static boolean looksSealed(byte[] file) {
        return file.length >= FORM.length + NONCE_BYTES + TAG_BITS / Byte.SIZE
                && Arrays.equals(FORM, 0, FORM.length, file, 0, FORM.length);
    }

    /** The text; empty where it was sealed with another key or for another namespace, or was changed. */
    Optional<byte[]> open(String namespace, byte[] file) {
        int begin = FORM.length + NONCE_BYTES;
        byte[] nonce = Arrays.copyOfRange(file, FORM.length, begin);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, namespace, nonce).doFinal(file, begin, file.length - begin));
        } catch (AEADBadTagException another) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
    }

    private Cipher cipher(int mode, String namespace, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(FORM);
        cipher.updateAAD(namespace.getBytes(UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "TokenSeal[hidden]";
    }
}
