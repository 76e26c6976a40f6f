package io.gatehouse.token;

import static io.gatehouse.testing.TestTokens.AUDIENCE;
import static io.gatehouse.testing.TestTokens.CLOCK;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static io.gatehouse.testing.TestTokens.NOW;
import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRATION_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.KEY_NOT_KNOWN;
import static io.gatehouse.token.InvalidTokenReason.NOT_YET_VALID;
import static io.gatehouse.token.InvalidTokenReason.SENDER_CONSTRAINED;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsValidatorTest {

    private static final AccessToken TOKEN = AccessToken.of("header.payload.signature");
    private static final long SECOND = NOW.getEpochSecond();

    private final Map<String, String> claims = TestTokens.validClaims();
    private Settings settings = new Settings();

    /** The policy of {@link TestTokens#policy}, one thing changed. */
    private static final class Settings {
        private AudienceRule audience = new AudienceRule.OneOf(Set.of(AUDIENCE));
        private Duration expirySkew = Duration.ZERO;
        private Duration startSkew = Duration.ZERO;
        private Duration maximumAge;
        private Set<String> required = Set.of("iss", "aud", "exp", "iat");
        private List<String> callerNames = List.of("upn", "preferred_username", "sub");
        private String clientPrefix = "";
        private boolean senderConstraintIgnored;
        private Map<String, Set<String>> requiredValues = Map.of();
        private KindRule kinds = KindRule.accessTokens();

        private ClaimsPolicy policy() {
            return new ClaimsPolicy(
                    new TrustedIssuer("default", ISSUER),
                    audience,
                    expirySkew,
                    startSkew,
                    maximumAge,
                    required,
                    requiredValues,
                    callerNames,
                    clientPrefix,
                    senderConstraintIgnored,
                    kinds);
        }
    }

    private TokenValidationResult validate(Clock clock, Authenticity.Check check) {
        ClaimsSet set = ClaimsSet.of(TestJson.parse(TestJson.object(claims)));
        return new ClaimsValidator(settings.policy(), clock).validate(TOKEN, set, check);
    }

    private TokenValidationResult validate() {
        return validate(CLOCK, Authenticity.Genuine::new);
    }

    private void assertValid() {
        assertThat(validate()).isInstanceOf(TokenValidationResult.Valid.class);
    }

    private void assertRefused(InvalidTokenReason reason) {
        assertThat(validate()).isEqualTo(new TokenValidationResult.Invalid(reason));
    }

    /** Writes the JSON value; the word {@code absent} takes the claim away. */
    private void claim(String name, String json) {
        if (json.equals("absent")) {
            claims.remove(name);
        } else {
            claims.put(name, json);
        }
    }

    /** A JSON number so many seconds (with a fraction or without) from now. */
    private static String fromNow(String seconds) {
        return new java.math.BigDecimal(seconds)
                .add(java.math.BigDecimal.valueOf(SECOND))
                .toPlainString();
    }

    @Test
    void acceptsTheValidToken() {
        assertValid();
    }

    @Nested
    class Issuer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "1",
                    "true",
                    "{}",
                    "[]",
                    "[\"https://issuer.example/realms/main\"]",
                    "\"\"",
                    "\" \"",
                    "\"https://issuer.example/realms/main/\"",
                    "\"https://issuer.example/realms/mai\"",
                    "\"https://issuer.example/realms/mainx\"",
                    "\"https://issuer.example/realms/Main\"",
                    "\"HTTPS://issuer.example/realms/main\"",
                    "\"http://issuer.example/realms/main\"",
                    "\"https://issuer.example:443/realms/main\"",
                    "\" https://issuer.example/realms/main\"",
                    "\"https://issuer.example/realms/main \"",
                    "\"https://issuer.example/realms/main\\u0000\"",
                    "\"https://issuer.example/realms/m%61in\"",
                    "\"https://issuer.example/realms/./main\"",
                    "\"https://issuer.example/realms/main#\"",
                    "\"https://\\u0456ssuer.example/realms/main\"",
                    "\"https://issuer.example/realms/ma\\uff49n\"",
                    "\"https://issuer.example/realms/main\\u200b\"",
                    "\"https://issuer.example/realms/main,https://issuer.example/realms/main\""
                })
        void otherThanExactlyTheTrustedOneIsRefused(String iss) {
            claim("iss", iss);
            assertRefused(ISSUER_NOT_TRUSTED);
        }

        @Test
        void isComparedAfterUnescaping() {
            claim("iss", "\"https:\\/\\/issuer.example\\/realms\\/m\\u0061in\"");
            assertValid();
        }

        @Test
        void mayBeAbsentOnlyWhereItIsNotRequired() {
            settings.required = Set.of("exp");
            claim("iss", "absent");
            assertValid();

            claim("iss", "null");
            assertRefused(ISSUER_NOT_TRUSTED);
        }
    }

    @Nested
    class Kind {

        @ParameterizedTest
        @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout"})
        void otherThanAnAccessTokenIsRefused(String typ) {
            claim("typ", TestJson.quote(typ));
            assertRefused(TYPE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "null", "1", "\"Bearer\"", "\"anything\"", "[\"ID\"]"})
        void thatIsNotKnownToBeAnotherIsAccepted(String typ) {
            claim("typ", typ);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}", "1", "\"x\"", "{\"jkt\":\"a\"}", "{\"x5t#S256\":\"a\"}"})
        void boundToAKeyOfItsSenderIsRefused(String cnf) {
            claim("cnf", cnf);
            assertRefused(SENDER_CONSTRAINED);
        }

        @Test
        void boundToAKeyOfItsSenderIsAcceptedWhereThatIsExpresslyIgnored() {
            settings.senderConstraintIgnored = true;
            claim("cnf", "{\"jkt\":\"a\"}");
            assertValid();
        }
    }

    @Nested
    class Audience {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"orders-api\"",
                    "[\"orders-api\"]",
                    "[\"other\",\"orders-api\"]",
                    "[\"orders-api\",\"orders-api\"]"
                })
        void thatIsOursIsAccepted(String aud) {
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "1",
                    "true",
                    "{}",
                    "{\"orders-api\":true}",
                    "[]",
                    "[[\"orders-api\"]]",
                    "[\"orders-api\",1]",
                    "[\"orders-api\",null]",
                    "[null]",
                    "\"\"",
                    "[\"\"]",
                    "\"orders\"",
                    "\"orders-api2\"",
                    "\"xorders-api\"",
                    "\"Orders-API\"",
                    "\" orders-api\"",
                    "\"orders-api \"",
                    "\"orders-api,other\"",
                    "\"orders-api other\"",
                    "\"*\"",
                    "[\"*\"]",
                    "\"orders-api\\u0000\"",
                    "\"orders\\u2010api\""
                })
        void thatIsNotOursIsRefused(String aud) {
            claim("aud", aud);
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @Test
        void isNotReplacedByTheAuthorizedParty() {
            claim("aud", "absent");
            claim("azp", "\"orders-api\"");
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a\"", "[\"b\"]", "[\"x\",\"b\"]"})
        void mayBeAnyOfSeveral(String aud) {
            settings.audience = new AudienceRule.OneOf(Set.of("a", "b"));
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "\"other\"", "[\"other\"]", "[]"})
        void isNotLookedAtWhereAnyWillDo(String aud) {
            settings.audience = new AudienceRule.Any();
            settings.required = Set.of("iss", "exp", "iat");
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "{}", "[1]"})
        void ofTheWrongTypeIsRefusedAlsoWhereAnyWillDo(String aud) {
            settings.audience = new AudienceRule.Any();
            claim("aud", aud);
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @Test
        void ruleWithoutAnAudienceCannotBeMade() {
            assertThatIllegalArgumentException().isThrownBy(() -> new AudienceRule.OneOf(Set.of()));
        }
    }

    @Nested
    class Expiration {

        @ParameterizedTest
        @CsvSource({"0", "-1", "-0.000000001", "-300", "-100000000"})
        void onOrBeforeNowIsRefused(String seconds) {
            claim("exp", fromNow(seconds));
            assertRefused(EXPIRED);
        }

        @ParameterizedTest
        @CsvSource({"1", "0.000000001", "0.5", "300", "100000000"})
        void afterNowIsAccepted(String seconds) {
            claim("exp", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @CsvSource({"-29,true", "-29.999,true", "-30,false", "-31,false"})
        void isExtendedByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.expirySkew = Duration.ofSeconds(30);
            claim("iat", fromNow("-60"));
            claim("exp", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(EXPIRED);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "true",
                    "\"\"",
                    "\"4102444800\"",
                    "\"2100-01-01T00:00:00Z\"",
                    "[4102444800]",
                    "{}",
                    "{\"seconds\":4102444800}",
                    "9223372036854775807",
                    "9223372036854775808",
                    "31556889864403200",
                    "1e300",
                    "-9223372036854775808",
                    "-1e300",
                    "31556889864403199"
                })
        void thatNamesNoInstantIsRefused(String exp) {
            claim("exp", exp);
            assertRefused(EXPIRATION_MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-0", "1", "2147483647.0e-3", "1e-300", "-2147483649"})
        void longAgoIsRefused(String exp) {
            claim("exp", exp);
            assertRefused(EXPIRED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2147483648",
                    "4294967296",
                    "99999999999",
                    "4.1024448e9",
                    "4102444800.75",
                    "31556889864403198"
                })
        void farAheadIsAccepted(String exp) {
            claim("exp", exp);
            assertValid();
        }

        @Test
        void endsAnAcceptedTokenAtItsSecond() {
            MutableClock clock = new MutableClock();
            claim("exp", fromNow("2"));

            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(validate(clock, Authenticity.Genuine::new))
                    .isEqualTo(new TokenValidationResult.Invalid(EXPIRED));
        }

        @Test
        void mayBeAbsentOnlyWhereItIsNotRequired() {
            settings.required = Set.of("iss");
            claim("exp", "absent");
            assertValid();

            claim("exp", "null");
            assertRefused(EXPIRATION_MISSING);
        }
    }

    @Nested
    class NotBefore {

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-0.5", "-1000000"})
        void nowOrEarlierIsAccepted(String seconds) {
            claim("nbf", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0.000000001", "299"})
        void inTheFutureIsRefused(String seconds) {
            claim("nbf", fromNow(seconds));
            assertRefused(NOT_YET_VALID);
        }

        @ParameterizedTest
        @CsvSource({"5,true", "5.000000001,false", "6,false"})
        void mayLieAheadByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.startSkew = Duration.ofSeconds(5);
            claim("nbf", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(NOT_YET_VALID);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "true", "\"0\"", "[0]", "{}", "9223372036854775807", "1e300"})
        void ofTheWrongTypeIsRefused(String nbf) {
            claim("nbf", nbf);
            assertRefused(CLAIM_MALFORMED);
        }

        @Test
        void afterTheExpirationIsRefusedWhateverTheSkew() {
            settings.startSkew = Duration.ofMinutes(1);
            claim("exp", fromNow("10"));
            claim("nbf", fromNow("11"));
            assertRefused(NOT_YET_VALID);

            claim("nbf", fromNow("10"));
            assertValid();
        }

        @Test
        void letsTheRefusedTokenInWhenItHasCome() {
            MutableClock clock = new MutableClock();
            claim("nbf", fromNow("2"));

            assertThat(validate(clock, Authenticity.Genuine::new))
                    .isEqualTo(new TokenValidationResult.Invalid(NOT_YET_VALID));
            clock.advance(Duration.ofSeconds(2));
            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
        }
    }

    @Nested
    class IssuedAt {

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-10.5", "-100000000"})
        void nowOrEarlierIsAccepted(String seconds) {
            claim("iat", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0.000000001", "300", "301"})
        void inTheFutureIsRefused(String seconds) {
            claim("iat", fromNow(seconds));
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @CsvSource({"5,true", "5.000000001,false", "6,false"})
        void mayLieAheadByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.startSkew = Duration.ofSeconds(5);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(ISSUED_AT_NOT_ACCEPTED);
            }
        }

        @Test
        void afterTheExpirationIsRefusedWhateverTheSkew() {
            settings.startSkew = Duration.ofMinutes(1);
            claim("exp", fromNow("10"));
            claim("iat", fromNow("11"));
            assertRefused(ISSUED_AT_NOT_ACCEPTED);

            claim("iat", fromNow("10"));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "null", "false", "\"1\"", "[1]", "{}", "1e300", "9223372036854775807"})
        void thatNamesNoInstantIsRefused(String iat) {
            claim("iat", iat);
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }

        @Test
        void mayBeAbsentWhereItIsNotRequired() {
            settings.required = Set.of("iss", "exp");
            claim("iat", "absent");
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"1\"", "true"})
        void ofTheWrongTypeIsRefusedAlsoWhereItIsNotRequired(String iat) {
            settings.required = Set.of("iss", "exp");
            claim("iat", iat);
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }
    }

    @Nested
    class MaximumAge {

        @ParameterizedTest
        @CsvSource({"-60,true", "-59,true", "-60.000000001,false", "-61,false"})
        void isExactToTheSecond(String seconds, boolean valid) {
            settings.maximumAge = Duration.ofSeconds(60);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(TOO_OLD);
            }
        }

        @ParameterizedTest
        @CsvSource({"-90,true", "-91,false"})
        void isExtendedByTheSkew(String seconds, boolean valid) {
            settings.maximumAge = Duration.ofSeconds(60);
            settings.expirySkew = Duration.ofSeconds(30);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(TOO_OLD);
            }
        }

        @Test
        void needsAnIssueTimeEvenWhereNoneIsRequired() {
            settings.maximumAge = Duration.ofSeconds(60);
            settings.required = Set.of("iss", "exp");
            claim("iat", "absent");
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }
    }

    @Nested
    class CallerName {

        private String callerName() {
            return validate().match(valid -> valid.token().callerName(), Object::toString, Object::toString);
        }

        @Test
        void isThatOfTheFirstClaimPresent() {
            claim("preferred_username", "\"al\"");
            assertThat(callerName()).isEqualTo("alice@example.com");

            claim("upn", "absent");
            assertThat(callerName()).isEqualTo("al");

            claim("preferred_username", "absent");
            assertThat(callerName()).isEqualTo("24400320");

            claim("sub", "absent");
            assertRefused(CALLER_NOT_NAMED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "1",
                    "true",
                    "[]",
                    "[\"alice\"]",
                    "{}",
                    "\"\"",
                    "\" \"",
                    "\"\\t\"",
                    "\"\\u2003\"",
                    "\"a\\u0000\"",
                    "\"a\\r\\nb\"",
                    "\"a\\u001b[2J\"",
                    "\"a\\u007f\"",
                    "\"a\\u0085\""
                })
        void thatIsOfNoUseIsRefusedWithoutFallingBack(String upn) {
            claim("upn", upn);
            assertRefused(CALLER_NOT_NAMED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"null", "UNAUTHENTICATED", "user:realm/alice", "<b>", "a b", "\u00e9\u4e2d", "' or 1=1"})
        void isTakenAsItIs(String name) {
            claim("upn", TestJson.quote(name));
            assertThat(callerName()).isEqualTo(name);
        }

        @Test
        void comesFromTheConfiguredClaims() {
            settings.callerNames = List.of("email");
            assertRefused(CALLER_NOT_NAMED);

            claim("email", "\"alice@mail.example\"");
            assertThat(callerName()).isEqualTo("alice@mail.example");
        }

        @ParameterizedTest
        @CsvSource({"client_id,client:alice", "azp,client:alice", "upn,alice", "sub,alice"})
        void ofAClientIsMarkedByThePrefix(String claim, String expected) {
            settings.callerNames = List.of(claim);
            settings.clientPrefix = "client:";
            claim(claim, "\"alice\"");
            assertThat(callerName()).isEqualTo(expected);
        }

        /** Servers that have no subject but the client name the client there, too (RFC 9068 §2.2). */
        @ParameterizedTest
        @CsvSource({
            "client_id, service, client:service",
            "azp, service, client:service",
            "client_id, Service, service",
            "client_id, '', service",
            "appid, service, service"
        })
        void ofASubjectThatIsTheClientIsMarkedByThePrefix(String claim, String client, String expected) {
            settings.callerNames = List.of("sub");
            settings.clientPrefix = "client:";
            claim("sub", "\"service\"");
            claim(claim, TestJson.quote(client));

            assertThat(callerName()).isEqualTo(expected);
        }

        @Test
        void ofAClientIsAsRefusableAsThatOfAUser() {
            settings.callerNames = List.of("client_id");
            settings.clientPrefix = "client:";
            claim("client_id", "\" \"");
            assertRefused(CALLER_NOT_NAMED);
        }
    }

    @Nested
    class RequiredClaims {

        @ParameterizedTest
        @CsvSource(
                value = {
                    "absent;false",
                    "null;false",
                    "false;true",
                    "0;true",
                    "\"\";true",
                    "[];true",
                    "{};true",
                    "\"x\";true"
                },
                delimiter = ';',
                quoteCharacter = '\'')
        void haveToBeThereWithAValue(String value, boolean valid) {
            settings.required = Set.of("iss", "exp", "acr");
            claim("acr", value);
            if (valid) {
                assertValid();
            } else {
                assertRefused(CLAIM_MISSING);
            }
        }
    }

    @Nested
    class TheAuthenticity {

        private final AtomicInteger asked = new AtomicInteger();

        private Authenticity.Check counting(Authenticity answer) {
            return () -> {
                asked.incrementAndGet();
                return answer;
            };
        }

        @Test
        void isAskedOnceWhereTheClaimsAreRight() {
            validate(CLOCK, counting(new Authenticity.Genuine()));
            assertThat(asked).hasValue(1);
        }

        @ParameterizedTest
        @CsvSource({"iss,1", "aud,1", "exp,1", "nbf,99999999999", "iat,99999999999", "upn,1", "iat,absent"})
        void isNotAskedWhereTheClaimsAreReasonEnough(String claim, String value) {
            claim(claim, value);

            assertThat(validate(CLOCK, counting(new Authenticity.Genuine())))
                    .isInstanceOf(TokenValidationResult.Invalid.class);
            assertThat(asked).hasValue(0);
        }

        @ParameterizedTest
        @EnumSource(InvalidTokenReason.class)
        void thatIsDeniedRefusesForItsReason(InvalidTokenReason reason) {
            assertThat(validate(CLOCK, counting(new Authenticity.NotGenuine(reason))))
                    .isEqualTo(new TokenValidationResult.Invalid(reason));
        }

        /** {@code @Introspected} goes by it. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void tellsWhetherTheIssuerWasAsked(boolean introspected) {
            assertThat(validate(CLOCK, () -> new Authenticity.Genuine(introspected)))
                    .isInstanceOfSatisfying(
                            TokenValidationResult.Valid.class,
                            valid -> assertThat(valid.token().introspected()).isEqualTo(introspected));
        }

        @Test
        void thatCannotBeFoundOutIsNoVerdict() {
            assertThat(validate(CLOCK, counting(new Authenticity.Unknown(Duration.ofSeconds(7)))))
                    .isEqualTo(new TokenValidationResult.Unavailable(Duration.ofSeconds(7)));
        }

        @Test
        void thatIsDeniedComesAfterTheClaims() {
            claim("exp", "1");
            assertThat(validate(CLOCK, counting(new Authenticity.NotGenuine(KEY_NOT_KNOWN))))
                    .isEqualTo(new TokenValidationResult.Invalid(EXPIRED));
        }
    }

    @Nested
    class TheProof {

        @Test
        void holdsWhatWasDecidedUpon() {
            ValidatedToken token = ((TokenValidationResult.Valid) validate()).token();

            assertThat(token.accessToken()).isSameAs(TOKEN);
            assertThat(token.issuer()).isEqualTo(new TrustedIssuer("default", ISSUER));
            assertThat(token.callerName()).isEqualTo("alice@example.com");
            assertThat(token.expiresAt()).contains(NOW.plusSeconds(300));
            assertThat(token.claims().names()).containsExactlyElementsOf(claims.keySet());
        }

        @Test
        void hasNoExpirationWhereThereIsNone() {
            settings.required = Set.of();
            claim("exp", "absent");
            assertThat(((TokenValidationResult.Valid) validate()).token().expiresAt())
                    .isEmpty();
        }

        @Test
        void canBeMadeInThisRoomOnly() {
            assertThat(ValidatedToken.class).isFinal();
            assertThat(ValidatedToken.class.getConstructors()).isEmpty();
            assertThat(ValidatedToken.class.getDeclaredConstructors())
                    .allMatch(constructor -> constructor.getModifiers() == 0);
        }
    }

    @Nested
    class ThePolicy {

        @Test
        void refusesNegativeSkews() {
            settings.expirySkew = Duration.ofSeconds(-1);
            assertThatIllegalArgumentException().isThrownBy(settings::policy);

            settings = new Settings();
            settings.startSkew = Duration.ofSeconds(-1);
            assertThatIllegalArgumentException().isThrownBy(settings::policy);
        }

        @Test
        void refusesToNameNobody() {
            settings.callerNames = List.of();
            assertThatIllegalArgumentException().isThrownBy(settings::policy);
        }

        @Test
        void needsAnAudienceRule() {
            settings.audience = null;
            assertThatNullPointerException().isThrownBy(settings::policy);
        }
    }

    @Nested
    class RequiredValues {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = ';',
                value = {
                    "\"t1\"; true",
                    "\"t2\"; true",
                    "[\"t1\"]; true",
                    "[\"x\",\"t2\"]; true",
                    "[1,\"t2\"]; true",
                    "\"T1\"; false",
                    "\"t1 \"; false",
                    "\"t1 t2\"; false",
                    "\"\"; false",
                    "[]; false",
                    "[\"x\"]; false",
                    "[[\"t1\"]]; false",
                    "1; false",
                    "true; false",
                    "null; false",
                    "{\"t1\":\"t1\"}; false",
                    "absent; false"
                })
        void areTakenAsAStringOrInAnArray(String json, boolean accepted) {
            settings.requiredValues = Map.of("tid", Set.of("t1", "t2"));
            claim("tid", json);

            if (accepted) {
                assertValid();
            } else {
                assertRefused(InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
            }
        }

        @Test
        void areAllAskedFor() {
            settings.requiredValues = Map.of("tid", Set.of("t1"), "token_use", Set.of("access"));
            claim("tid", "\"t1\"");
            claim("token_use", "\"id\"");
            assertRefused(InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);

            claim("token_use", "\"access\"");
            assertValid();
        }
    }

    /** Cognito says in client_id whom an access token is for. */
    @Nested
    class AnotherAudienceClaim {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = ';',
                value = {
                    "\"orders-api\"; true",
                    "[\"x\",\"orders-api\"]; true",
                    "\"another\"; false",
                    "[\"orders-api\",1]; false",
                    "1; false",
                    "null; false",
                    "absent; false"
                })
        void isComparedInThePlaceOfAud(String json, boolean accepted) {
            settings.audience = new AudienceRule.OneOf(Set.of(AUDIENCE), "client_id");
            settings.required = Set.of("iss", "client_id", "exp", "iat");
            claim("client_id", json);
            claim("aud", "absent");

            if (accepted) {
                assertValid();
            } else {
                assertRefused(AUDIENCE_NOT_ACCEPTED);
            }
        }

        @Test
        void isNotMadeUpForByAud() {
            settings.audience = new AudienceRule.OneOf(Set.of(AUDIENCE), "client_id");
            settings.required = Set.of("iss", "client_id", "exp", "iat");

            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }
    }

    @Test
    void refusesAKindOfTokenThatIsNotTaken() {
        claim("at_hash", "\"x\"");
        assertRefused(TYPE_NOT_ACCEPTED);

        settings.kinds = new KindRule(true, Set.of(), false, true);
        assertRefused(InvalidTokenReason.SCOPE_MISSING);

        claim("scope", "\"a\"");
        assertValid();
    }
}
