package io.gatehouse.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import java.util.Optional;

/**
 * What {@link JwtTokenValidator} does about a signature, without claims: most vectors sign texts such as "foo", which
 * are no tokens.
 */
final class SignatureLayer {

    private SignatureLayer() {}

    static boolean verifies(String jws, String keys, KeyPolicy policy) {
        String[] parts = jws.split("\\.", -1);
        if (parts.length != 3 || Base64Url.decode(parts[1]).isEmpty()) {
            return false;
        }
        Optional<byte[]> signature = Base64Url.decode(parts[2]);
        if (signature.isEmpty() || !(JoseHeader.parse(parts[0]) instanceof Decoded.Part<JoseHeader> header)) {
            return false;
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
        return SignatureAlgorithm.named(header.value().alg())
                .filter(algorithm -> verifies(algorithm, header.value().kid(), keys, policy, signed, signature.get()))
                .isPresent();
    }

    private static boolean verifies(
            SignatureAlgorithm algorithm, String kid, String keys, KeyPolicy policy, byte[] signed, byte[] signature) {
        try {
            return VerificationKeys.parse(keys, policy).lookup(kid) instanceof KeyLookup.Found found
                    && found.keys().stream()
                            .filter(key -> key.permits(algorithm))
                            .anyMatch(key -> JwsVerifier.verify(algorithm, key.publicKey(), signed, signature));
        } catch (UnusableKeyException refused) {
            return false;
        }
    }
}
