package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALGORITHMS;
import static io.gatehouse.config.ConfigProperty.ALLOW_MISSING_IAT;
import static io.gatehouse.config.ConfigProperty.ALLOW_PLAIN_HTTP;
import static io.gatehouse.config.ConfigProperty.ALLOW_SENDER_CONSTRAINED_TOKENS;
import static io.gatehouse.config.ConfigProperty.ALLOW_WEAK_RSA_KEYS;
import static io.gatehouse.config.ConfigProperty.AUDIENCES;
import static io.gatehouse.config.ConfigProperty.CLOCK_SKEW;
import static io.gatehouse.config.ConfigProperty.DECRYPT_KEY_ALGORITHM;
import static io.gatehouse.config.ConfigProperty.HTTP_CONNECT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_MAXIMUM_RESPONSE_SIZE;
import static io.gatehouse.config.ConfigProperty.HTTP_READ_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_TOTAL_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.JWKS_COOLDOWN;
import static io.gatehouse.config.ConfigProperty.JWKS_REFRESH_AFTER;
import static io.gatehouse.config.ConfigProperty.JWKS_USABLE_FOR;
import static io.gatehouse.config.ConfigProperty.MAXIMUM_TOKEN_LENGTH;
import static io.gatehouse.config.ConfigProperty.PRINCIPAL_CLAIMS;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_ALGORITHM;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.REALM;
import static io.gatehouse.config.ConfigProperty.REQUIRED_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.TOKEN_AGE;
import static io.gatehouse.config.ConfigProperty.TOKEN_COOKIE;
import static io.gatehouse.config.ConfigProperty.TOKEN_HEADER;
import static io.gatehouse.config.ConfigProperty.TOKEN_TYPES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.TokenMemorySettings;
import io.gatehouse.token.TrustedIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseConfigReaderTest {

    private static GatehouseConfig with(ConfigProperty property, String value) {
        return TestProperties.valid().with(property, value).read();
    }

    private static GatehouseConfig with(ConfigProperty first, String value, ConfigProperty second, String other) {
        return TestProperties.valid().with(first, value).with(second, other).read();
    }

    private static void assertProblem(TestProperties properties, String property, String problem) {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(properties::read)
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(only -> {
                            assertThat(only.property()).isEqualTo(property);
                            assertThat(only.problem()).contains(problem);
                        }));
    }

    private static void assertProblem(ConfigProperty property, String value, String problem) {
        assertProblem(TestProperties.valid().with(property, value), property.propertyName(), problem);
    }

    @Nested
    class Defaults {

        private final GatehouseConfig config = TestProperties.valid().read();

        @Test
        void areThoseOfTheDocumentation() {
            assertThat(config.realm()).isEqualTo("gatehouse");
            assertThat(config.transport()).isEqualTo(new TokenTransport.AuthorizationHeader());
            assertThat(config.issuers().get(0).local().keyPolicy()).isEqualTo(KeyPolicy.strict());
            assertThat(config.issuers().get(0).local().remoteKeys())
                    .isEqualTo(new RemoteJwkSetSettings(
                            Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(1), 3));
            assertThat(config.jwt())
                    .isEqualTo(new JwtSettings(
                            16_384,
                            Set.of("jwt", "at+jwt"),
                            null,
                            new TokenMemorySettings(Duration.ofMinutes(5), 10_000, true)));
            assertThat(config.issuers().get(0).roles().claimPaths()).containsExactly("groups");
            assertThat(config.issuers().get(0).roles().granted()).isEmpty();
            assertThat(config.http())
                    .isEqualTo(new HttpSettings(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(10),
                            1 << 20,
                            false,
                            null));
        }

        @Test
        void ofTheClaimsAreStrict() {
            assertThat(config.issuers().get(0).local().claims().issuer())
                    .isEqualTo(new TrustedIssuer("default", "https://issuer.example"));
            assertThat(config.issuers().get(0).local().claims().expirySkew()).isZero();
            assertThat(config.issuers().get(0).local().claims().startSkew()).isEqualTo(Duration.ofSeconds(5));
            assertThat(config.issuers().get(0).local().claims().maximumAge()).isNull();
            assertThat(config.issuers().get(0).local().claims().requiredClaims())
                    .containsExactlyInAnyOrder("iss", "exp", "iat", "aud");
            assertThat(config.issuers().get(0).local().claims().callerNameClaims())
                    .containsExactly("upn", "preferred_username", "sub");
            assertThat(config.issuers().get(0).local().claims().senderConstraintIgnored())
                    .isFalse();
        }
    }

    @Nested
    class Issuer {

        @Test
        void isRequired() {
            assertProblem(TestProperties.valid().without(ISSUER), "mp.jwt.verify.issuer", "is missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "   ", "\t"})
        void thatIsBlankIsMissing(String blank) {
            assertProblem(ISSUER, blank, "is missing");
        }

        @Test
        void isTakenAsItIs() {
            assertThat(with(ISSUER, " HTTPS://Issuer.example:443/a/../ ")
                            .issuers()
                            .get(0)
                            .local()
                            .claims()
                            .issuer()
                            .describe())
                    .isEqualTo("HTTPS://Issuer.example:443/a/../");
        }
    }

    @Nested
    class Audiences {

        @Test
        void mayBeUnset() {
            GatehouseConfig config = TestProperties.valid().without(AUDIENCES).read();
            assertThat(config.issuers().get(0).local().claims().audience()).isEqualTo(new AudienceRule.Any());
            assertThat(config.issuers().get(0).local().claims().requiredClaims())
                    .doesNotContain("aud");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {"a;a", "a,b;a|b", " a , b ;a|b", "a,,b,;a|b", "a\\,b;a,b", "a b;a b"})
        void areAList(String value, String expected) {
            assertThat(with(AUDIENCES, value).issuers().get(0).local().claims().audience())
                    .isEqualTo(new AudienceRule.OneOf(Set.of(expected.split("\\|"))));
        }
    }

    @Nested
    class Lists {

        /** Taken for unset, a lone comma would switch off a check that somebody meant to switch on. */
        @ParameterizedTest
        @EnumSource(
                names = {
                    "AUDIENCES",
                    "PUBLIC_KEY_ALGORITHM",
                    "ALGORITHMS",
                    "TOKEN_TYPES",
                    "PRINCIPAL_CLAIMS",
                    "REQUIRED_CLAIMS",
                    "ROLE_CLAIMS",
                    "DECRYPT_KEY_ALGORITHM"
                })
        void ofNothingButCommasAreAProblem(ConfigProperty property) {
            assertProblem(property, " , ,", "is not a list with an element");
        }
    }

    @Nested
    class ClockSkew {

        @ParameterizedTest
        @CsvSource({"0", "1", "30", "600"})
        void appliesInBothDirections(long seconds) {
            GatehouseConfig config = with(CLOCK_SKEW, Long.toString(seconds));
            assertThat(config.issuers().get(0).local().claims().expirySkew()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(config.issuers().get(0).local().claims().startSkew()).isEqualTo(Duration.ofSeconds(seconds));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "601", "1.5", "PT30S", "30s", "a", "99999999999999999999"})
        void isWholeSecondsWithinBounds(String value) {
            assertProblem(CLOCK_SKEW, value, "\"" + value + "\" is not whole seconds from 0 to 600");
        }
    }

    @Nested
    class TokenAge {

        @Test
        void isWholeSeconds() {
            assertThat(with(TOKEN_AGE, "60").issuers().get(0).local().claims().maximumAge())
                    .isEqualTo(Duration.ofSeconds(60));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "1m", "315360001", "x"})
        void isWithinBounds(String value) {
            assertProblem(TOKEN_AGE, value, "is not whole seconds");
        }
    }

    @Nested
    class Transport {

        @ParameterizedTest
        @ValueSource(strings = {"Authorization", "authorization", "AUTHORIZATION"})
        void isTheHeader(String value) {
            assertThat(with(TOKEN_HEADER, value).transport()).isEqualTo(new TokenTransport.AuthorizationHeader());
        }

        @Test
        void isACookieWithADefaultName() {
            assertThat(with(TOKEN_HEADER, "Cookie").transport()).isEqualTo(new TokenTransport.Cookie("Bearer"));
            assertThat(TestProperties.valid()
                            .with(TOKEN_HEADER, "cookie")
                            .with(TOKEN_COOKIE, "jwt")
                            .read()
                            .transport())
                    .isEqualTo(new TokenTransport.Cookie("jwt"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-Token", "Bearer", "Authorization,Cookie", "query"})
        void isNothingElse(String value) {
            assertProblem(TOKEN_HEADER, value, "is not Authorization or Cookie");
        }
    }

    @Nested
    class Realm {

        @Test
        void isTakenAsItIs() {
            assertThat(with(REALM, "Orders (main)").realm()).isEqualTo("Orders (main)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\"b", "a\\b", "a\nb", "caf\u00e9"})
        void mayNotNeedEscaping(String realm) {
            assertProblem(REALM, realm, "printable ASCII");
        }
    }

    @Nested
    class Claims {

        @Test
        void thatNameTheCallerAreAList() {
            assertThat(with(PRINCIPAL_CLAIMS, "email, sub")
                            .issuers()
                            .get(0)
                            .local()
                            .claims()
                            .callerNameClaims())
                    .containsExactly("email", "sub");
        }

        @Test
        void thatAreRequiredComeOnTopOfTheOthers() {
            assertThat(with(REQUIRED_CLAIMS, "acr,jti")
                            .issuers()
                            .get(0)
                            .local()
                            .claims()
                            .requiredClaims())
                    .containsExactlyInAnyOrder("iss", "exp", "iat", "aud", "acr", "jti");
        }

        @Test
        void mayLackTheIssueTimeWhereThatIsExpresslyAllowed() {
            assertThat(with(ALLOW_MISSING_IAT, "true")
                            .issuers()
                            .get(0)
                            .local()
                            .claims()
                            .requiredClaims())
                    .containsExactlyInAnyOrder("iss", "exp", "aud");
        }

        @Test
        void mayBeBoundToASenderWhereThatIsExpresslyAllowed() {
            assertThat(with(ALLOW_SENDER_CONSTRAINED_TOKENS, "true")
                            .issuers()
                            .get(0)
                            .local()
                            .claims()
                            .senderConstraintIgnored())
                    .isTrue();
        }
    }

    @Nested
    class Roles {

        @Test
        void comeFromTheConfiguredClaims() {
            assertThat(with(ROLE_CLAIMS, "groups,realm_access.roles")
                            .issuers()
                            .get(0)
                            .roles()
                            .claimPaths())
                    .containsExactly("groups", "realm_access.roles");
        }

        @Test
        void areGrantedByName() {
            Map<String, Set<String>> granted = TestProperties.valid()
                    .with("gatehouse.roles.map.boss", "admin, user")
                    .with("gatehouse.roles.map.a.b c", "x")
                    .with("gatehouse.roles.map.nothing", " ")
                    .read()
                    .issuers()
                    .get(0)
                    .roles()
                    .granted();

            assertThat(granted).isEqualTo(Map.of("boss", Set.of("admin", "user"), "a.b c", Set.of("x")));
        }

        @Test
        void needANameToBeGrantedTo() {
            assertProblem(
                    TestProperties.valid().with("gatehouse.roles.map.", "admin"),
                    "gatehouse.roles.map.",
                    "there is no such property");
        }
    }

    @Nested
    class Tokens {

        @ParameterizedTest
        @CsvSource({"1,1", "8192,8192", "1048576,1048576"})
        void haveAMaximumLength(String value, int expected) {
            assertThat(with(MAXIMUM_TOKEN_LENGTH, value).jwt().maximumLength()).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "1048577", "8k", "1.5", "4294967297", "9223372036854775808"})
        void haveAMaximumLengthWithinBounds(String value) {
            assertProblem(MAXIMUM_TOKEN_LENGTH, value, "is not a whole number from 1 to 1048576");
        }

        @Test
        void haveTypesInAnyWriting() {
            assertThat(with(TOKEN_TYPES, "JWT, application/AT+jwt,Custom").jwt().acceptedTypes())
                    .containsExactlyInAnyOrder("jwt", "at+jwt", "custom");
        }
    }

    @Nested
    class Algorithms {

        @ParameterizedTest
        @EnumSource(
                value = ConfigProperty.class,
                names = {"PUBLIC_KEY_ALGORITHM", "ALGORITHMS"})
        void areAnAllowList(ConfigProperty property) {
            assertThat(with(property, "RS256, PS512")
                            .issuers()
                            .get(0)
                            .local()
                            .keyPolicy()
                            .allowed())
                    .containsExactlyInAnyOrder(SignatureAlgorithm.RS256, SignatureAlgorithm.PS512);
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "HS256", "rs256", "RSA", "RS256;PS256", "*"})
        void haveTheirExactNames(String value) {
            assertProblem(PUBLIC_KEY_ALGORITHM, value, "\"" + value + "\" is not one of RS256, RS384");
            assertProblem(ALGORITHMS, value, "\"none\" and HMAC algorithms are never accepted");
        }

        @Test
        void areSetOnce() {
            assertProblem(
                    TestProperties.valid().with(PUBLIC_KEY_ALGORITHM, "RS256").with(ALGORITHMS, "RS256"),
                    "gatehouse.algorithms",
                    "is set together with mp.jwt.verify.publickey.algorithm; keep one");
        }

        @Test
        void fitTheKey() {
            assertProblem(
                    TestProperties.valid().with(ALGORITHMS, "ES256"),
                    "mp.jwt.verify.publickey",
                    "its type fits none of the configured algorithms");
        }
    }

    @Nested
    class Durations {

        @ParameterizedTest
        @CsvSource({
            "30,PT30S",
            "30s,PT30S",
            "30 s,PT30S",
            "2m,PT2M",
            "1h,PT1H",
            "1d,PT24H",
            "1500ms,PT1.5S",
            "PT30S,PT30S",
            "pt1m30s,PT1M30S"
        })
        void areReadInEveryForm(String value, Duration expected) {
            assertThat(with(JWKS_USABLE_FOR, "2d", JWKS_REFRESH_AFTER, value)
                            .issuers()
                            .get(0)
                            .local()
                            .remoteKeys()
                            .refreshAfter())
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-1",
                    "-5s",
                    "PT-5S",
                    "0",
                    "0s",
                    "500ms",
                    "25h",
                    "1w",
                    "1.5s",
                    "s",
                    "P1Y",
                    "30S",
                    "9999999999s",
                    "PT9999999999999999H"
                })
        void haveToBeReadableAndWithinBounds(String value) {
            assertProblem(JWKS_REFRESH_AFTER, value, "\"" + value + "\" is not a duration from PT1S to PT24H");
        }

        @Test
        void goWhereTheyBelong() {
            GatehouseConfig config = TestProperties.valid()
                    .with(JWKS_REFRESH_AFTER, "1m")
                    .with(JWKS_USABLE_FOR, "2h")
                    .with(JWKS_COOLDOWN, "3s")
                    .with(HTTP_CONNECT_TIMEOUT, "40ms")
                    .with(HTTP_READ_TIMEOUT, "50ms")
                    .with(HTTP_TOTAL_TIMEOUT, "60ms")
                    .with(HTTP_MAXIMUM_RESPONSE_SIZE, "70")
                    .with(ALLOW_PLAIN_HTTP, "true")
                    .read();

            assertThat(config.issuers().get(0).local().remoteKeys())
                    .isEqualTo(new RemoteJwkSetSettings(
                            Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofSeconds(3), 3));
            assertThat(config.http())
                    .isEqualTo(new HttpSettings(
                            Duration.ofMillis(40), Duration.ofMillis(50), Duration.ofMillis(60), 70, true, null));
        }

        @ParameterizedTest
        @EnumSource(
                value = ConfigProperty.class,
                names = {
                    "JWKS_USABLE_FOR",
                    "JWKS_COOLDOWN",
                    "HTTP_CONNECT_TIMEOUT",
                    "HTTP_READ_TIMEOUT",
                    "HTTP_TOTAL_TIMEOUT",
                    "HTTP_MAXIMUM_RESPONSE_SIZE"
                })
        void areBoundedEverywhere(ConfigProperty property) {
            for (String value : List.of("0", "-1", "99999d", "x")) {
                assertProblem(property, value, "\"" + value + "\" is not a");
            }
        }
    }

    @Nested
    class Switches {

        @ParameterizedTest
        @EnumSource(
                value = ConfigProperty.class,
                names = {
                    "ALLOW_MISSING_IAT",
                    "ALLOW_PLAIN_HTTP",
                    "ALLOW_WEAK_RSA_KEYS",
                    "ALLOW_SENDER_CONSTRAINED_TOKENS"
                })
        void areTrueOrFalseAndNothingElse(ConfigProperty property) {
            assertThat(with(property, "false")).isNotNull();
            for (String value : List.of("TRUE", "True", "yes", "1", "on", "t", "truee")) {
                assertProblem(property, value, "\"" + value + "\" is not true or false");
            }
        }

        @Test
        void lowerTheLengthOfRsaKeysOnlyWhereTheySaySo() {
            assertThat(with(ALLOW_WEAK_RSA_KEYS, "true")
                            .issuers()
                            .get(0)
                            .local()
                            .keyPolicy()
                            .minimumRsaBits())
                    .isEqualTo(1024);
            assertThat(with(ALLOW_WEAK_RSA_KEYS, "false")
                            .issuers()
                            .get(0)
                            .local()
                            .keyPolicy()
                            .minimumRsaBits())
                    .isEqualTo(2048);
        }
    }

    @Nested
    class UnknownNames {

        @ParameterizedTest
        @CsvSource({
            "gatehouse.relm, gatehouse.realm",
            "gatehouse.Realm, gatehouse.realm",
            "gatehouse.algorithm, gatehouse.algorithms",
            "gatehouse.allow-plain-htp, gatehouse.allow-plain-http",
            "gatehouse.jwks.refreshafter, gatehouse.jwks.refresh-after",
            "gatehouse.role.claims, gatehouse.roles.claims"
        })
        void areRefusedWithTheNearestOne(String name, String nearest) {
            assertProblem(
                    TestProperties.valid().with(name, "x"),
                    name,
                    "there is no such property; did you mean " + nearest + "?");
        }

        @Test
        void areRefusedWithoutAGuessWhereNoneIsNear() {
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> TestProperties.valid()
                            .with("gatehouse.something-completely-different-from-all", "x")
                            .read())
                    .withMessageContaining("there is no such property")
                    .withMessageNotContaining("did you mean");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "gatehouse",
                    "gatehousekeeper.x",
                    "Gatehouse.realm",
                    "mp.jwt.unknown",
                    "GATEHOUSE_REALM",
                    "other"
                })
        void ofOthersAreNoneOfOurBusiness(String name) {
            assertThat(TestProperties.valid().with(name, "x").read()).isNotNull();
        }
    }

    @Nested
    class Problems {

        @Test
        void areToldAllAtOnce() {
            TestProperties properties = TestProperties.none()
                    .with("gatehouse.unknown", "x")
                    .with(REALM, "a\"b")
                    .with(TOKEN_HEADER, "query")
                    .with(CLOCK_SKEW, "soon")
                    .with(TOKEN_AGE, "old")
                    .with(ALLOW_MISSING_IAT, "maybe")
                    .with(ALGORITHMS, "none,HS256")
                    .with(MAXIMUM_TOKEN_LENGTH, "0")
                    .with(JWKS_COOLDOWN, "never")
                    .with(HTTP_READ_TIMEOUT, "forever")
                    .with(DECRYPT_KEY_ALGORITHM, "RSA1_5");

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(properties::read)
                    .satisfies(refused -> assertThat(refused.problems())
                            .extracting(ConfigProblem::property)
                            .containsExactlyInAnyOrder(
                                    "gatehouse.unknown",
                                    "gatehouse.realm",
                                    "mp.jwt.token.header",
                                    "mp.jwt.verify.issuer",
                                    "mp.jwt.verify.clock.skew",
                                    "mp.jwt.verify.token.age",
                                    "gatehouse.allow-missing-iat",
                                    "gatehouse.algorithms",
                                    "gatehouse.algorithms",
                                    "mp.jwt.verify.publickey.location",
                                    "gatehouse.maximum-token-length",
                                    "gatehouse.jwks.cooldown",
                                    "gatehouse.http.read-timeout",
                                    "mp.jwt.decrypt.key.algorithm"));
        }

        @Test
        void areOneLineEach() {
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> TestProperties.none().read())
                    .satisfies(refused -> assertThat(refused.getMessage().lines())
                            .hasSize(3)
                            .first()
                            .isEqualTo("GATE0001 Gatehouse is not configured: 2 problems"))
                    .withMessageContaining("\n  - mp.jwt.verify.issuer: is missing")
                    .withMessageContaining("\n  - mp.jwt.verify.publickey.location: is missing");
        }

        @Test
        void ofOneAreCountedInTheSingular() {
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> TestProperties.valid().without(ISSUER).read())
                    .withMessageStartingWith("GATE0001 Gatehouse is not configured: 1 problem\n");
        }
    }

    @Test
    void aKeyHasOneSource() {
        assertProblem(
                TestProperties.valid().with(PUBLIC_KEY_LOCATION, "https://issuer.example/jwks"),
                PUBLIC_KEY.propertyName(),
                "is set together with mp.jwt.verify.publickey.location; keep one");
    }
}
