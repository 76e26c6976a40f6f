package io.gatehouse.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that RFC 7515, 7517, 7519 and 8037 print. Those of RFC 7520 are in {@link CookbookTest}. */
class RfcExamplesTest {

    /** The claims of RFC 7515 A.1 to A.3 and A.5, and of RFC 7519 §3.1 and §6.1. */
    private static final String CLAIMS =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static final String RSA_N =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ"
                    + "S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo"
                    + "7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2et"
                    + "hFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    private static final String RSA_KEY = "{\"kty\":\"RSA\",\"n\":\"" + RSA_N + "\",\"e\":\"AQAB\"}";

    private static final String RS256 = "eyJhbGciOiJSUzI1NiJ9." + CLAIMS
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
            + "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"
            + "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
            + "p0igcN_IoypGlUPQGe77Rw";

    private static final String P_256_KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

    private static final String ES256 = "eyJhbGciOiJFUzI1NiJ9." + CLAIMS
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static final String P_521_KEY = "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\""
            + "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk\",\"y\":\""
            + "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2\"}";

    private static final String ES512 = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA"
            + ".AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2Y"
            + "BJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

    private static final String HMAC_KEY = "{\"kty\":\"oct\",\"k\":\""
            + "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow\"}";

    private static final String HS256 =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + CLAIMS + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String ED25519_KEY =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    private static final String EDDSA = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private static boolean verifies(String jws, String key) {
        return SignatureLayer.verifies(jws, key, KeyPolicy.strict());
    }

    @Nested
    class Signed {

        @Test
        void withRsaOfRfc7515A2() {
            assertThat(verifies(RS256, RSA_KEY)).isTrue();
            assertThat(verifies(RS256, P_256_KEY)).isFalse();
        }

        @Test
        void withP256OfRfc7515A3() {
            assertThat(verifies(ES256, P_256_KEY)).isTrue();
            assertThat(verifies(ES256, RSA_KEY)).isFalse();
        }

        @Test
        void withP521OfRfc7515A4() {
            assertThat(verifies(ES512, P_521_KEY)).isTrue();
        }

        @Test
        void withEd25519OfRfc8037A4() {
            assertThat(verifies(EDDSA, ED25519_KEY)).isTrue();
        }

        @Test
        void areTokensOnlyWhereTheirPayloadIsOne() {
            assertThat(CompactJws.parse(RS256)).isInstanceOf(Decoded.Part.class);
            assertThat(CompactJws.parse(ES512)).isInstanceOf(Decoded.Refused.class);
            assertThat(CompactJws.parse(EDDSA)).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Nested
    class NeverTaken {

        @Test
        void areTheMacOfRfc7515A1() {
            assertThat(verifies(HS256, HMAC_KEY)).isFalse();
            assertThat(SignatureAlgorithm.named("HS256")).isEmpty();
        }

        @Test
        void areTheUnsecuredOnesOfRfc7515A5AndRfc7519() {
            String unsecured = "eyJhbGciOiJub25lIn0." + CLAIMS + ".";
            assertThat(CompactJws.parse(unsecured)).isInstanceOf(Decoded.Refused.class);
            assertThat(verifies(unsecured, RSA_KEY)).isFalse();
        }

        /** RFC 7515 A.6 and A.7: the JSON serializations, with the signatures of A.2 and A.3. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"payload\":\"P\",\"signatures\":[{\"protected\":\"eyJhbGciOiJSUzI1NiJ9\","
                            + "\"header\":{\"kid\":\"2010-12-29\"},\"signature\":\"S\"}]}",
                    "{\"payload\":\"P\",\"protected\":\"eyJhbGciOiJSUzI1NiJ9\",\"header\":{\"kid\":\"a\"},\"signature\":\"S\"}"
                })
        void areTheJsonFormsOfRfc7515A6AndA7(String form) {
            String[] parts = RS256.split("\\.");
            String json = form.replace("\"P\"", '"' + parts[1] + '"').replace("\"S\"", '"' + parts[2] + '"');

            assertThat(CompactJws.parse(json)).isInstanceOf(Decoded.Refused.class);
        }

        /** RFC 7515 appendix F: the content left out. */
        @Test
        void isADetachedContent() {
            String[] parts = RS256.split("\\.");
            assertThat(CompactJws.parse(parts[0] + ".." + parts[2])).isInstanceOf(Decoded.Refused.class);
        }

        /** RFC 7515 appendix E: an extension that must be understood, and is understood by nobody. */
        @Test
        void isTheCriticalExtensionOfRfc7515AppendixE() {
            String header = "{\"alg\":\"none\",\r\n \"crit\":[\"http://example.invalid/UNDEFINED\"],\r\n"
                    + " \"http://example.invalid/UNDEFINED\":true\r\n}";
            assertThat(JoseHeader.parse(Base64Url.encode(header.getBytes(UTF_8))))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Nested
    class Keys {

        private List<String> kids(String text) throws UnusableKeyException {
            KeyLookup all = VerificationKeys.parse(text, KeyPolicy.strict()).lookup(null);
            return ((KeyLookup.Found) all).keys().stream().map(key -> key.kid()).toList();
        }

        /** The first key is for encryption, and only the second may verify. */
        @Test
        void ofRfc7517A1AreTakenForTheirPurpose() throws UnusableKeyException {
            String encrypting =
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\",\"use\":\"enc\",\"kid\":\"1\"}";
            String rsa =
                    "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuh"
                            + "DR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY3"
                            + "68QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksI"
                            + "NHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"}";

            assertThat(kids("{\"keys\":[" + encrypting + "," + rsa + "]}")).containsExactly("2011-04-29");
        }

        @Test
        void ofRfc7517A3AreSymmetricAndRefused() {
            String symmetric = "{\"keys\":[{\"kty\":\"oct\",\"alg\":\"A128KW\",\"k\":\"GawgguFyGrWKav7AX4VKUg\"},"
                    + HMAC_KEY.replace("}", ",\"kid\":\"HMAC key used in JWS spec Appendix A.1 example\"}") + "]}";
            assertThatThrownBy(() -> kids(symmetric)).isInstanceOf(UnusableKeyException.class);
        }

        /** A private key does not belong where public ones do (RFC 8037 A.1). */
        @Test
        void ofRfc8037A1ArePrivateAndRefused() {
            String secret = ED25519_KEY.replace("}", ",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}");
            assertThatThrownBy(() -> kids(secret)).isInstanceOf(UnusableKeyException.class);
        }

        /** X25519 agrees on keys, and signs nothing. */
        @Test
        void ofRfc8037A6AreForAgreementAndRefused() {
            String agreement =
                    "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"Bob\",\"x\":\"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08\"}";
            assertThatThrownBy(() -> kids(agreement)).isInstanceOf(UnusableKeyException.class);
        }
    }
}
