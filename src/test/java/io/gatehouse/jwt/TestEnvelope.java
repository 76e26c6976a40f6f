package io.gatehouse.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.Base64Url;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts as an issuer does (RFC 7516 §5.1), after the text of RFC 7518 and not after our own code. */
final class TestEnvelope {

    private final Map<String, String> header = new LinkedHashMap<>();
    private final byte[] plaintext;
    private PublicKey key = TestKeys.OTHER_RSA.getPublic();
    private String alg = "RSA-OAEP";
    private String enc = "A256GCM";
    private byte contentKeyByte = 0x5a;

    private TestEnvelope(byte[] plaintext) {
        this.plaintext = plaintext;
        header.put("cty", "\"JWT\"");
    }

    /** For {@link TestKeys#OTHER_RSA}, with RSA-OAEP and A256GCM. */
    static TestEnvelope around(String plaintext) {
        return new TestEnvelope(plaintext.getBytes(UTF_8));
    }

    static TestEnvelope around(byte[] plaintext) {
        return new TestEnvelope(plaintext);
    }

    TestEnvelope algorithms(String alg, String enc) {
        this.alg = alg;
        this.enc = enc;
        return this;
    }

    /** The content key is made of this byte. */
    TestEnvelope contentKeyOf(int value) {
        contentKeyByte = (byte) value;
        return this;
    }

    TestEnvelope key(PublicKey key) {
        this.key = key;
        return this;
    }

    TestEnvelope header(String name, String json) {
        header.put(name, json);
        return this;
    }

    TestEnvelope withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    String compact() {
        return String.join(".", parts());
    }

    String[] parts() {
        try {
            return encrypt();
        } catch (GeneralSecurityException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private String[] encrypt() throws GeneralSecurityException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("alg", TestJson.quote(alg));
        all.put("enc", TestJson.quote(enc));
        all.putAll(header);
        String head = Base64Url.encode(TestJson.object(all).getBytes(UTF_8));
        byte[] contentKey = new byte[enc.contains("GCM") ? bits() / 8 : 2 * bits() / 8];
        Arrays.fill(contentKey, contentKeyByte);
        byte[] iv = new byte[enc.contains("GCM") ? 12 : 16];
        byte[][] sealed = enc.contains("GCM")
                ? gcm(contentKey, iv, head.getBytes(US_ASCII))
                : cbc(contentKey, iv, head.getBytes(US_ASCII));
        return new String[] {
            head,
            Base64Url.encode(wrap(contentKey)),
            Base64Url.encode(iv),
            Base64Url.encode(sealed[0]),
            Base64Url.encode(sealed[1])
        };
    }

    private int bits() {
        return Integer.parseInt(enc.substring(1, 4));
    }

    private byte[] wrap(byte[] contentKey) throws GeneralSecurityException {
        if (alg.equals("RSA1_5")) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(contentKey);
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        OAEPParameterSpec oaep = alg.equals("RSA-OAEP-256")
                ? new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT)
                : new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
        cipher.init(Cipher.ENCRYPT_MODE, key, oaep);
        return cipher.doFinal(contentKey);
    }

    private byte[][] gcm(byte[] contentKey, byte[] iv, byte[] additionalData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(additionalData);
        byte[] sealed = cipher.doFinal(plaintext);
        return new byte[][] {
            Arrays.copyOf(sealed, sealed.length - 16), Arrays.copyOfRange(sealed, sealed.length - 16, sealed.length)
        };
    }

    /** RFC 7518 §5.2.2.1: the first half of the key is for the MAC, and the tag is the first half of it. */
    private byte[][] cbc(byte[] contentKey, byte[] iv, byte[] additionalData) throws GeneralSecurityException {
        int half = contentKey.length / 2;
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(contentKey, half, half, "AES"), new IvParameterSpec(iv));
        byte[] ciphertext = cipher.doFinal(plaintext);
        Mac mac = Mac.getInstance("HmacSHA" + 2 * bits());
        mac.init(new SecretKeySpec(contentKey, 0, half, "HMAC"));
        mac.update(additionalData);
        mac.update(iv);
        mac.update(ciphertext);
        mac.update(ByteBuffer.allocate(8).putLong(8L * additionalData.length).array());
        return new byte[][] {ciphertext, Arrays.copyOf(mac.doFinal(), half)};
    }
}
