package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by content what a file with private keys is: PEM (PKCS#8, PKCS#1, SEC 1), DER of the same, a JWK or JWK Set,
 * a PKCS#12 or JKS key store, or base64 of one of these. Public keys are left out, with a remark. Pure and thread-safe;
 * it has no {@link #toString()}, for it has a password.
 */
final class SigningKeyParser implements KeyFileReader.Parser<SigningKeyFileContent> {

    private static final String PUBLIC_ONLY = "it has public keys only, and those sign nothing";

    private final @Nullable String password;

    SigningKeyParser(@Nullable String password) {
        this.password = password;
    }

    @Override
    public SigningKeyFileContent parse(byte[] content, String fileName) throws UnusableKeyException {
        String text = KeyFileParser.text(content);
        return text == null ? binary(content) : textual(text.strip());
    }

    private SigningKeyFileContent textual(String text) throws UnusableKeyException {
        if (text.isEmpty()) {
            throw new UnusableKeyException("it is empty");
        }
        if (PemParser.looksLikePem(text)) {
            return pem(text);
        }
        if (text.startsWith("{")) {
            return json(text.getBytes(UTF_8));
        }
        byte[] decoded = KeyTextParser.requireBase64(text);
        return KeyTextParser.isJson(decoded) ? json(decoded) : binary(decoded);
    }

    private static SigningKeyFileContent pem(String text) throws UnusableKeyException {
        if (!text.contains("PRIVATE KEY-----")) {
            throw new UnusableKeyException(PUBLIC_ONLY);
        }
        return single(PemParser.privateKey(text));
    }

    private SigningKeyFileContent binary(byte[] content) throws UnusableKeyException {
        return switch (BinaryForm.of(content)) {
            case PRIVATE_KEY -> single(PrivateKeyParser.parse(content));
            case ENCRYPTED_PRIVATE_KEY -> throw new UnusableKeyException(PrivateKeyParser.ENCRYPTED);
            case PKCS12 -> keyStore(content, "PKCS12");
            case JKS -> keyStore(content, "JKS");
            case PUBLIC_KEY, RSA_PUBLIC_KEY, CERTIFICATE, PKCS7 -> throw new UnusableKeyException(PUBLIC_ONLY);
            case TRUNCATED -> throw new UnusableKeyException("it is DER that ends too soon");
            case JCEKS, UNKNOWN ->
                throw new UnusableKeyException(
                        "it is no private key in PEM or DER, no JWK or JWK Set, and no PKCS#12 or JKS key store");
        };
    }

    private static SigningKeyFileContent single(PrivateKey key) throws UnusableKeyException {
        return new SigningKeyFileContent(List.of(SigningKeyPair.of(key, null, null, null)), List.of());
    }

    private static SigningKeyFileContent json(byte[] utf8) throws UnusableKeyException {
        if (!(JsonParser.parseObject(utf8) instanceof JsonParseResult.Parsed parsed)) {
            throw new UnusableKeyException("it is no valid JSON");
        }
        return parsed.members().get("keys") instanceof List<?> entries
                ? keySet(entries)
                : new SigningKeyFileContent(List.of(jwk(parsed.members())), List.of());
    }

    private static SigningKeyFileContent keySet(List<?> entries) throws UnusableKeyException {
        if (entries.size() > KeyTextParser.MAXIMUM_KEYS) {
            throw new UnusableKeyException("its JWK Set has more than " + KeyTextParser.MAXIMUM_KEYS + " keys");
        }
        List<SigningKeyPair> keys = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Object entry : entries) {
            try {
                keys.add(jwk(KeyTextParser.members(entry)));
            } catch (UnusableKeyException unusable) {
                skipped.add(KeyTextParser.kidForLog(entry) + ": " + unusable.reason());
            }
        }
        return content(keys, skipped);
    }

    private static SigningKeyPair jwk(Map<String, Object> jwk) throws UnusableKeyException {
        if (!jwk.containsKey("d")) {
            throw new UnusableKeyException(jwk.containsKey("k") ? "it is a symmetric key" : PUBLIC_ONLY);
        }
        if (jwk.containsKey("use") && !"sig".equals(jwk.get("use"))) {
            throw new UnusableKeyException("its \"use\" is not \"sig\"");
        }
        try {
            SigningKeyPair pair = SigningKeyPair.of(
                    SigningKey.privateKey(jwk),
                    null,
                    JwkParser.optionalText(jwk, "kid"),
                    JwkParser.declaredAlgorithm(jwk));
            requireSamePublicMembers(jwk, pair);
            return pair;
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    /** What others may have copied out of it has to be the key that we sign with. */
    private static void requireSamePublicMembers(Map<String, Object> jwk, SigningKeyPair pair)
            throws UnusableKeyException {
        Map<String, Object> computed = pair.jwk();
        for (String member : List.of("x", "y")) {
            if (jwk.containsKey(member) && !jwk.get(member).equals(computed.get(member))) {
                throw new UnusableKeyException("its \"" + member + "\" is not that of its private key");
            }
        }
    }

    private SigningKeyFileContent keyStore(byte[] content, String type) throws UnusableKeyException {
        if (password == null) {
            throw new UnusableKeyException("it is a key store, and no password is set for it");
        }
        try {
            KeyStore keyStore = KeyStore.getInstance(type);
            keyStore.load(new ByteArrayInputStream(content), password.toCharArray());
            return entries(keyStore, password);
        } catch (IOException refused) {
            throw new UnusableKeyException(
                    "it is a key store that is damaged, or that the configured password does not open");
        } catch (GeneralSecurityException | RuntimeException broken) {
            // The platform's readers throw what they like at broken content, and its text may repeat that.
            throw new UnusableKeyException("it is a damaged key store");
        }
    }

    private static SigningKeyFileContent entries(KeyStore keyStore, String password)
            throws UnusableKeyException, GeneralSecurityException {
        List<SigningKeyPair> keys = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        List<String> aliases =
                Collections.list(keyStore.aliases()).stream().sorted().toList();
        for (String alias : aliases) {
            try {
                Key key = keyStore.getKey(alias, password.toCharArray());
                keys.add(pair(key, keyStore.getCertificate(alias)));
            } catch (UnusableKeyException unusable) {
                skipped.add("entry " + KeyTextParser.printable(alias) + ": " + unusable.reason());
            }
        }
        return content(keys, skipped);
    }

    private static SigningKeyPair pair(@Nullable Key key, @Nullable Certificate certificate)
            throws UnusableKeyException {
        if (!(key instanceof PrivateKey privateKey)) {
            throw new UnusableKeyException("it has no private key");
        }
        PublicKey publicKey = certificate == null ? null : certificate.getPublicKey();
        return SigningKeyPair.of(privateKey, publicKey, null, null);
    }

    private static SigningKeyFileContent content(List<SigningKeyPair> keys, List<String> skipped)
            throws UnusableKeyException {
        if (keys.isEmpty()) {
            throw new UnusableKeyException("it has no usable private key " + skipped);
        }
        return new SigningKeyFileContent(keys, skipped);
    }
}
