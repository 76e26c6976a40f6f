package io.gatehouse.keys;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The private RSA keys with which encrypted tokens (JWE, RFC 7516) are opened. Immutable and thread-safe;
 * {@link #toString()} hides the keys.
 */
public final class DecryptionKeys {

    private final List<DecryptionKey> keys;

    private DecryptionKeys(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the keys from a text: PEM (PKCS#8), JWK, JWK Set, or base64 of a JSON form.
     *
     * @throws UnusableKeyException if the text holds no usable RSA private key
     */
    public static DecryptionKeys parse(String text) throws UnusableKeyException {
        return new DecryptionKeys(read(text.strip()));
    }

    /**
     * The private key for a header's {@code kid}: a key without an id answers for any id, and a token without one gets
     * the only key there is. A JWK that names an algorithm is used with no other. Null where no key is meant.
     */
    public @Nullable PrivateKey lookup(@Nullable String kid, String keyAlgorithm) {
        List<DecryptionKey> fitting =
                keys.stream().filter(key -> key.permits(keyAlgorithm)).toList();
        if (kid == null) {
            return fitting.size() == 1 ? fitting.get(0).privateKey() : null;
        }
        return fitting.stream()
                .filter(key -> kid.equals(key.kid()))
                .findFirst()
                .or(() -> fitting.stream().filter(key -> key.kid() == null).findFirst())
                .map(DecryptionKey::privateKey)
                .orElse(null);
    }

    private static List<DecryptionKey> read(String text) throws UnusableKeyException {
        if (PemParser.looksLikePem(text)) {
            return List.of(new DecryptionKey(null, null, requireStrong(PemParser.rsaPrivateKey(text))));
        }
        if (text.startsWith("{")) {
            return json(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] decoded =
                KeyTextParser.base64(text).orElseThrow(() -> new UnusableKeyException("it is no PEM, JWK or JWK Set"));
        return KeyTextParser.isJson(decoded)
                ? json(decoded)
                : List.of(new DecryptionKey(null, null, requireStrong(PemParser.rsaPrivateKey(decoded))));
    }

    private static List<DecryptionKey> json(byte[] utf8) throws UnusableKeyException {
        if (!(JsonParser.parseObject(utf8) instanceof JsonParseResult.Parsed parsed)) {
            throw new UnusableKeyException("it is no valid JSON");
        }
        Map<String, Object> members = parsed.members();
        if (!(members.get("keys") instanceof List<?> entries)) {
            return List.of(privateKey(members));
        }
        List<DecryptionKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            Map<String, Object> jwk = KeyTextParser.members(entry);
            if (jwk.containsKey("d") && "RSA".equals(jwk.get("kty"))) {
                keys.add(privateKey(jwk));
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableKeyException("its JWK Set has no RSA private key");
        }
        return keys;
    }

    private static DecryptionKey privateKey(Map<String, Object> jwk) throws UnusableKeyException {
        if (!"RSA".equals(jwk.get("kty"))) {
            throw new UnusableKeyException("its \"kty\" is not RSA");
        }
        try {
            return new DecryptionKey(
                    JwkParser.optionalText(jwk, "kid"),
                    JwkParser.optionalText(jwk, "alg"),
                    requireStrong(rsaPrivateKey(jwk)));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    static PrivateKey rsaPrivateKey(Map<String, Object> jwk) throws UnusableKeyException, GeneralSecurityException {
        RSAPrivateCrtKeySpec spec = new RSAPrivateCrtKeySpec(
                number(jwk, "n"),
                number(jwk, "e"),
                number(jwk, "d"),
                number(jwk, "p"),
                number(jwk, "q"),
                number(jwk, "dp"),
                number(jwk, "dq"),
                number(jwk, "qi"));
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }

    private static BigInteger number(Map<String, Object> jwk, String member) throws UnusableKeyException {
        return new BigInteger(1, JwkParser.bytes(jwk, member));
    }

    private static PrivateKey requireStrong(PrivateKey key) throws UnusableKeyException {
        if (((RSAKey) Objects.requireNonNull(key)).getModulus().bitLength() < KeyPolicy.STRONG_RSA_BITS) {
            throw new UnusableKeyException("its RSA modulus is shorter than " + KeyPolicy.STRONG_RSA_BITS + " bits");
        }
        return key;
    }

    @Override
    public String toString() {
        return "DecryptionKeys[" + keys.size() + "]";
    }
}
