package io.gatehouse.jwt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The content encryption algorithms of RFC 7518 §5, decrypting only. */
enum ContentEncryption {
    A128GCM("A128GCM", 16, null, 0),
    A192GCM("A192GCM", 24, null, 0),
    A256GCM("A256GCM", 32, null, 0),
    A128CBC_HS256("A128CBC-HS256", 32, "HmacSHA256", 16),
    A192CBC_HS384("A192CBC-HS384", 48, "HmacSHA384", 24),
    A256CBC_HS512("A256CBC-HS512", 64, "HmacSHA512", 32);

    private static final int GCM_IV_LENGTH = 12;
    private static final int GCM_TAG_LENGTH = 16;
    private static final int CBC_IV_LENGTH = 16;

    private final String headerName;
    private final int keyLength;
    private final @Nullable String mac;
    private final int macTagLength;

    ContentEncryption(String headerName, int keyLength, @Nullable String mac, int macTagLength) {
        this.headerName = headerName;
        this.keyLength = keyLength;
        this.mac = mac;
        this.macTagLength = macTagLength;
    }

    static Optional<ContentEncryption> named(String enc) {
        return Arrays.stream(values()).filter(e -> e.headerName.equals(enc)).findFirst();
    }

    /** Bytes of the content encryption key. */
    int keyLength() {
        return keyLength;
    }

    /** Decrypts after the tag was found right; every other case is an exception that says nothing more. */
    byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext, byte[] tag, byte[] additionalData)
            throws GeneralSecurityException {
        return mac == null
                ? decryptGcm(key, iv, ciphertext, tag, additionalData)
                : decryptCbc(mac, key, iv, ciphertext, tag, additionalData);
    }

    private static byte[] decryptGcm(byte[] key, byte[] iv, byte[] ciphertext, byte[] tag, byte[] additionalData)
            throws GeneralSecurityException {
        // RFC 7518 §5.3 fixes both lengths; a shorter tag would be guessable.
        if (iv.length != GCM_IV_LENGTH || tag.length != GCM_TAG_LENGTH) {
            throw new AEADBadTagException();
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * GCM_TAG_LENGTH, iv));
        cipher.updateAAD(additionalData);
        cipher.update(ciphertext);
        byte[] plain = cipher.doFinal(tag);
        return plain;
    }

    /** RFC 7518 §5.2.2.2: the first half of the key authenticates, the second decrypts, in this order. */
    private byte[] decryptCbc(
            String macName, byte[] key, byte[] iv, byte[] ciphertext, byte[] tag, byte[] additionalData)
            throws GeneralSecurityException {
        int half = keyLength / 2;
        Mac hmac = Mac.getInstance(macName);
        hmac.init(new SecretKeySpec(key, 0, half, macName));
        hmac.update(additionalData);
        hmac.update(iv);
        hmac.update(ciphertext);
        byte[] expected = hmac.doFinal(lengthInBits(additionalData));
        if (iv.length != CBC_IV_LENGTH || !MessageDigest.isEqual(Arrays.copyOf(expected, macTagLength), tag)) {
            throw new AEADBadTagException();
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, half, half, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(ciphertext);
    }

    private static byte[] lengthInBits(byte[] additionalData) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(8L * additionalData.length)
                .array();
    }
}
