package io.gatehouse.outbound;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;

/** One key that signs and is published. */
record FakeSigningKeys(SigningKey current, List<Map<String, Object>> publicKeys) implements SigningKeys {

    static FakeSigningKeys signingWith(String kid, KeyPair pair, SignatureAlgorithm algorithm) {
        Map<String, String> jwk = TestKeys.jwk(
                pair.getPublic(),
                "kid",
                TestJson.quote(kid),
                "use",
                "\"sig\"",
                "alg",
                TestJson.quote(algorithm.headerName()));
        return new FakeSigningKeys(
                new SigningKey(kid, pair.getPrivate(), algorithm), List.of(TestJson.parse(TestJson.object(jwk))));
    }
}
