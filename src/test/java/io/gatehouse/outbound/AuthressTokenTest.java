package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.net.URI;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthressTokenTest {

    private static final URI TARGET = URI.create("https://acme.api.authress.io/v1/users");
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final AuthorizerSettings SETTINGS = AuthorizerSettings.named("authress");
    private static final String PRIVATE = base64(TestKeys.ED25519.getPrivate().getEncoded());
    static final String KEY = "sc_1.key1.acc-acme." + PRIVATE;
    private static final String OLDER_KEY = older("privateKey", TestKeys.pem(TestKeys.RSA.getPrivate()));

    private final MutableClock clock = new MutableClock();

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String older(String changed, @Nullable String value) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("keyId", TestJson.quote("key1"));
        members.put("privateKey", "\"x\"");
        members.put("audience", TestJson.quote("acc-acme.accounts.authress.io"));
        members.put("clientId", TestJson.quote("sc_1"));
        if (value == null) {
            members.put("privateKey", quoted(TestKeys.pem(TestKeys.RSA.getPrivate())));
            members.remove(changed);
        } else {
            members.put(changed, quoted(value));
        }
        return base64(TestJson.object(members).getBytes(UTF_8));
    }

    private static String quoted(String text) {
        return TestJson.quote(text).replace("\n", "\\n");
    }

    private Authorizer authorizer(String key, @Nullable String domain) {
        return Authorizers.authressServiceKey(key, domain, SETTINGS, clock);
    }

    private String token(String key, @Nullable String domain) {
        return authorizer(key, domain).authorization(TARGET).orElseThrow().substring("Bearer ".length());
    }

    private static Map<String, Object> part(String compact, int index) {
        return TestJson.parse(new String(Base64.getUrlDecoder().decode(compact.split("\\.")[index]), UTF_8));
    }

    /** With nothing of ours but the bytes. */
    private static boolean isSigned(String compact, String jca, PublicKey key) throws Exception {
        int lastDot = compact.lastIndexOf('.');
        Signature signature = Signature.getInstance(jca);
        signature.initVerify(key);
        signature.update(compact.substring(0, lastDot).getBytes(US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(compact.substring(lastDot + 1)));
    }

    @Test
    void saysWhatAuthressExpects() throws Exception {
        String token = token(KEY, null);
        long now = TestTokens.NOW.getEpochSecond();

        assertThat(part(token, 0)).isEqualTo(Map.of("alg", "EdDSA", "kid", "key1", "typ", "at+jwt"));
        assertThat(part(token, 1))
                .isEqualTo(Map.of(
                        "aud", "acc-acme.accounts.authress.io",
                        "iss", "https://acc-acme.api.authress.io/v1/clients/sc_1",
                        "sub", "sc_1",
                        "client_id", "sc_1",
                        "iat", now,
                        "exp", now + 86_400,
                        "scope", "openid"));
        assertThat(isSigned(token, "Ed25519", TestKeys.ED25519.getPublic())).isTrue();
    }

    @Test
    void saysTheSameWithAnOlderKey() throws Exception {
        String token = token(OLDER_KEY, null);

        assertThat(part(token, 0)).isEqualTo(Map.of("alg", "RS256", "kid", "key1", "typ", "at+jwt"));
        assertThat(part(token, 1)).isEqualTo(part(token(KEY, null), 1));
        assertThat(isSigned(token, "SHA256withRSA", TestKeys.RSA.getPublic())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "login.acme.com,https://login.acme.com",
        "https://login.acme.com,https://login.acme.com",
        "https://login.acme.com/,https://login.acme.com",
        "localhost:8888,http://localhost:8888",
        "http://localhost:8888/,http://localhost:8888",
        "127.0.0.1:8888,http://127.0.0.1:8888",
        "localhost.evil.example,https://localhost.evil.example",
        "acc-acme.login.authress.io,https://acc-acme.api.authress.io",
        "https://authress.io,https://acc-acme.api.authress.io",
        "notauthress.io,https://notauthress.io",
        "login.acme.com/authress.io,https://login.acme.com/authress.io"
    })
    void isIssuedByTheAccountsOwnDomain(String domain, String origin) {
        assertThat(part(token(KEY, domain), 1)).containsEntry("iss", origin + "/v1/clients/sc_1");
    }

    @Test
    void escapesTheClientInTheIssuer() {
        assertThat(part(token("a b/c.key1.acc." + PRIVATE, null), 1))
                .containsEntry("iss", "https://acc.api.authress.io/v1/clients/a%20b%2Fc")
                .containsEntry("sub", "a b/c");
    }

    @Test
    void isRenewedAnHourBeforeItsEnd() {
        Authorizer authorizer = authorizer(KEY, null);
        String first = authorizer.authorization(TARGET).orElseThrow();
        clock.advance(Duration.ofHours(23).minus(MOMENT));
        authorizer.authorization(TARGET);
        assertThat(authorizer.authorization(TARGET)).hasValue(first);

        clock.advance(MOMENT);
        authorizer.authorization(TARGET);
        assertThat(authorizer.authorization(TARGET).orElseThrow()).isNotEqualTo(first);
    }

    @Test
    void isNotBeggedForWhenItIsRefused() {
        Authorizer authorizer = authorizer(KEY, null);
        String refused = authorizer.authorization(TARGET).orElseThrow();

        assertThat(authorizer.renewAfterRefusal(TARGET, refused))
                .as("the same again, in the same second")
                .isFalse();
        clock.advance(Duration.ofSeconds(5));
        assertThat(authorizer.renewAfterRefusal(TARGET, refused)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.b.c",
                "a.b.c.",
                ".b.c.KEY",
                "a..c.KEY",
                "a.b..KEY",
                "a.b.c.KEY.d",
                "a.b.c.!!!",
                "a.b.c.AAAA",
                "a.b.c.RSA",
                "a.b.c.ED448",
                "not base64 !",
                "bm8ganNvbg==",
                "W10=",
                "OLDER-WITHOUT-keyId",
                "OLDER-WITHOUT-privateKey",
                "OLDER-WITHOUT-audience",
                "OLDER-WITHOUT-clientId",
                "OLDER-ED25519"
            })
    void refusesAKeyThatIsNone(String text) {
        String key = text.startsWith("OLDER-WITHOUT-")
                ? older(text.substring("OLDER-WITHOUT-".length()), null)
                : text.equals("OLDER-ED25519")
                        ? older("privateKey", TestKeys.pem(TestKeys.ED25519.getPrivate()))
                        : text.replace("KEY", PRIVATE)
                                .replace("RSA", base64(TestKeys.RSA.getPrivate().getEncoded()))
                                .replace(
                                        "ED448",
                                        base64(TestKeys.ED448.getPrivate().getEncoded()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> authorizer(key, null))
                .withMessageStartingWith("the access key cannot be used: ")
                .withMessageNotContaining(PRIVATE)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("a.b", "key1", "sc_1"));
    }

    @Test
    void hidesTheKey() {
        AuthressAccessKey key = AuthressAccessKey.parse(KEY);

        assertThat(key + "" + new AuthressToken(key, null, clock) + authorizer(KEY, null))
                .doesNotContain(PRIVATE, "Bearer", "eyJ");
    }
}
