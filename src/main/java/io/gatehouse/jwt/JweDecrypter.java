package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.token.InvalidTokenReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * Opens the envelope of an encrypted token (JWE compact serialization, RFC 7516 §7.1) and hands out the signed token
 * inside. Decryption says nothing about who wrote it (CVE-2026-29000): the signature inside decides. Thread-safe.
 */
final class JweDecrypter {

    private static final int PARTS = 5;

    private final JweSettings settings;
    private final Set<String> acceptedTypes;
    private final SecureRandom random = new SecureRandom();

    JweDecrypter(JweSettings settings, Set<String> acceptedTypes) {
        this.settings = settings;
        this.acceptedTypes = acceptedTypes;
    }

    /** The nested token in its compact form. */
    Decoded<String> decrypt(String token) {
        List<String> parts = List.of(token.split("\\.", PARTS + 1));
        if (parts.size() != PARTS) {
            return Decoded.refused(
                    parts.size() == 3 ? InvalidTokenReason.ENCRYPTION_REQUIRED : InvalidTokenReason.MALFORMED);
        }
        Decoded<JoseHeader> header = JoseHeader.parse(parts.get(0));
        if (header instanceof Decoded.Refused<JoseHeader> refused) {
            return Decoded.refused(refused.reason());
        }
        return decrypt(((Decoded.Part<JoseHeader>) header).value(), parts);
    }

    private Decoded<String> decrypt(JoseHeader header, List<String> parts) {
        ContentEncryption encryption = Optional.ofNullable(header.enc())
                .flatMap(ContentEncryption::named)
                .orElse(null);
        if (encryption == null || !settings.keyAlgorithms().contains(header.alg())) {
            return Decoded.refused(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED);
        }
        // RFC 7519 §5.2: a nested token says so. Bare claims in an envelope are signed by nobody.
        if (!header.isOfType(acceptedTypes) || !header.holdsNestedJwt()) {
            return Decoded.refused(InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }
        PrivateKey key = settings.keys().lookup(header.kid(), header.alg());
        return key == null
                ? Decoded.refused(InvalidTokenReason.NOT_DECRYPTABLE)
                : decrypt(encryption, header.alg(), key, parts);
    }

    private Decoded<String> decrypt(
            ContentEncryption encryption, String keyAlgorithm, PrivateKey key, List<String> parts) {
        byte[] encryptedKey = Base64Url.decode(parts.get(1)).orElse(null);
        byte[] iv = Base64Url.decode(parts.get(2)).orElse(null);
        byte[] ciphertext = Base64Url.decode(parts.get(3)).orElse(null);
        byte[] tag = Base64Url.decode(parts.get(4)).orElse(null);
        if (encryptedKey == null || iv == null || ciphertext == null || tag == null) {
            return Decoded.refused(InvalidTokenReason.MALFORMED);
        }
        byte[] contentKey = contentKey(encryption, keyAlgorithm, key, encryptedKey);
        byte[] additionalData = parts.get(0).getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] plain = encryption.decrypt(contentKey, iv, ciphertext, tag, additionalData);
            return Decoded.of(StandardCharsets.US_ASCII
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString());
        } catch (GeneralSecurityException | CharacterCodingException notOurs) {
            return Decoded.refused(InvalidTokenReason.NOT_DECRYPTABLE);
        }
    }

    /** RFC 7516 §11.5: a key that cannot be unwrapped is replaced by a random one, so that no answer tells apart. */
    private byte[] contentKey(ContentEncryption encryption, String keyAlgorithm, PrivateKey key, byte[] encryptedKey) {
        byte[] substitute = new byte[encryption.keyLength()];
        random.nextBytes(substitute);
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, oaep(keyAlgorithm));
            byte[] contentKey = cipher.doFinal(encryptedKey);
            return contentKey.length == substitute.length ? contentKey : substitute;
        } catch (GeneralSecurityException notOurs) {
            return substitute;
        }
    }

    /** The platform's OAEP names mix hashes (SHA-256 with MGF1-SHA-1), so both are spelled out (RFC 7518 §4.3). */
    private static OAEPParameterSpec oaep(String keyAlgorithm) {
        boolean sha256 = keyAlgorithm.equals("RSA-OAEP-256");
        return new OAEPParameterSpec(
                sha256 ? "SHA-256" : "SHA-1",
                "MGF1",
                sha256 ? MGF1ParameterSpec.SHA256 : MGF1ParameterSpec.SHA1,
                PSource.PSpecified.DEFAULT);
    }
}
