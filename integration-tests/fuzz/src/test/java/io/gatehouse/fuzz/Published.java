package io.gatehouse.fuzz;

import io.gatehouse.config.FuzzedGate;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The keys and tokens that the standards print: RFC 7515 A.2 and A.3, RFC 8037 A.1. The same in every run. */
final class Published {

    /** A minute before the tokens end. */
    static final Instant NOW = Instant.ofEpochSecond(1_300_819_320);

    private static final String CLAIMS =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    static final String RS256 = "eyJhbGciOiJSUzI1NiJ9." + CLAIMS
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
            + "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"
            + "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
            + "p0igcN_IoypGlUPQGe77Rw";

    static final String ES256 = "eyJhbGciOiJFUzI1NiJ9." + CLAIMS
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static final String RSA_JWK =
            "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26"
                    + "mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0"
                    + "LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJ"
                    + "H7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}";

    private static final String EC_JWK = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

    static final String ED_JWK =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    private static final String ED_PRIVATE = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private static final BigInteger P_256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Published() {}

    /** What takes the tokens; they have neither audience nor subject. */
    static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("mp.jwt.verify.issuer", "joe");
        properties.put("mp.jwt.verify.publickey", "{\"keys\":[" + RSA_JWK + "," + EC_JWK + "," + ED_JWK + "]}");
        properties.put("gatehouse.principal-claims", "sub,iss");
        properties.put("gatehouse.allow-missing-iat", "true");
        return properties;
    }

    static FuzzedGate gate() {
        return FuzzedGate.of(properties(), NOW);
    }

    /** All texts that those have signed who hold the keys, as far as this test knows. */
    static Set<String> genuine() {
        return Set.of(RS256, ES256, highTwin(ES256));
    }

    /** Every ECDSA signature (r, s) has a twin (r, n - s) that is as good. */
    private static String highTwin(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        BigInteger s = P_256_ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] number = s.toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int length = Math.min(number.length, 32);
        System.arraycopy(number, number.length - length, signature, 64 - length, length);
        return token.substring(0, dot + 1) + base64url(signature);
    }

    /** A token of these bytes, genuinely signed with the Ed25519 key. */
    static String signed(byte[] header, byte[] claims) {
        String input = base64url(header) + '.' + base64url(claims);
        try {
            byte[] seed = Base64.getUrlDecoder().decode(ED_PRIVATE);
            PrivateKey key = KeyFactory.getInstance("EdDSA")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signer = Signature.getInstance("EdDSA");
            signer.initSign(key);
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + base64url(signer.sign());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
