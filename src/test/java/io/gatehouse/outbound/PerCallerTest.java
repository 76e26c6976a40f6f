package io.gatehouse.outbound;

import static io.gatehouse.outbound.TokenAnswers.INVALID_GRANT;
import static io.gatehouse.outbound.TokenAnswers.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerCallerTest {

    private static final URI TARGET = URI.create("https://api.example/orders");
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AuthorizerSettings SETTINGS = AuthorizerSettings.named("orders")
            .withRequest(TokenRequest.empty().withScopes("read").withParameter("audience", "orders"));

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger issued = new AtomicInteger();
    private final FakeTokenClient client =
            new FakeTokenClient(asked -> TokenAnswers.granted("t" + issued.incrementAndGet(), clock.instant(), HOUR));
    private @Nullable ValidatedToken caller;

    /** The gate's proof for a token that ends so long from now. */
    private static ValidatedToken validated(String token, Duration left) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.put("exp", Long.toString(TestTokens.NOW.plus(left).getEpochSecond()));
        Map<String, Object> members = JsonParser.parseObject(
                        TestJson.object(claims).getBytes(StandardCharsets.UTF_8))
                .match(JsonParseResult.Parsed::members, malformed -> {
                    throw new AssertionError(malformed);
                });
        return new ClaimsValidator(TestTokens.policy(), TestTokens.CLOCK)
                .validate(AccessToken.of(token), ClaimsSet.of(members), Authenticity.Genuine::new)
                .match(TokenValidationResult.Valid::token, PerCallerTest::notValid, PerCallerTest::notValid);
    }

    private static ValidatedToken notValid(TokenValidationResult result) {
        throw new AssertionError(result);
    }

    private Optional<ValidatedToken> caller() {
        return Optional.ofNullable(caller);
    }

    private List<String> sent() {
        return client.asked().stream().map(FakeTokenClient.Asked::with).toList();
    }

    private Authorizer authorizer(String grant, WithoutCaller without) {
        return switch (grant) {
            case "token_exchange" ->
                Authorizers.tokenExchange(client, this::caller, without, SETTINGS, clock, Runnable::run);
            case "dependent_token" ->
                Authorizers.dependentTokens(client, this::caller, without, SETTINGS, clock, Runnable::run);
            default -> Authorizers.propagation("orders", this::caller, without, clock);
        };
    }

    private final Authorizer exchange = authorizer("token_exchange", WithoutCaller.FAIL);

    private void callerIs(String token, Duration left) {
        caller = validated(token, left);
    }

    @Nested
    class AnExchange {

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token"})
        void sendsTheCallersTokenWithWhatIsConfigured(String grant) {
            callerIs("alice", HOUR);

            assertThat(authorizer(grant, WithoutCaller.FAIL).authorization(TARGET))
                    .hasValue("Bearer t1");
            assertThat(client.asked()).containsExactly(new FakeTokenClient.Asked(grant, "alice", SETTINGS.request()));
        }

        @Test
        void isMadeOnceForEachTokenOfACaller() {
            callerIs("alice", HOUR);
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t1");
            callerIs("bob", HOUR);
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t2");
            assertThat(Authorizers.callersKept(exchange)).hasValue(2);
            callerIs("alice", HOUR);
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t1");
            callerIs("alices next", HOUR);
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t3");

            assertThat(sent()).containsExactly("alice", "bob", "alices next");
        }

        @Test
        void endsWithTheCallersToken() {
            callerIs("alice", Duration.ofMinutes(10));
            exchange.authorization(TARGET);
            clock.advance(Duration.ofMinutes(10).minus(MOMENT));
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t1");

            clock.advance(MOMENT);
            assertThatThrownBy(() -> exchange.authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessageContaining("ended");
            assertThat(sent()).as("nobody asks for a caller who is gone").containsExactly("alice");
        }

        @Test
        void isMadeAgainWhenItsTokenEnds() {
            callerIs("alice", Duration.ofHours(3));
            exchange.authorization(TARGET);
            clock.advance(HOUR);

            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t2");
            assertThat(sent()).containsExactly("alice", "alice");
        }

        @Test
        void isMadeAgainAfterARefusalForThatCallerAlone() {
            callerIs("bob", HOUR);
            exchange.authorization(TARGET);
            callerIs("alice", HOUR);
            exchange.authorization(TARGET);

            assertThat(exchange.renewAfterRefusal(TARGET, "Bearer t2")).isTrue();
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t3");
            callerIs("bob", HOUR);
            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t1");
        }

        @Test
        void thatIsRefusedIsNotRepeatedAndHurtsNobodyElse() {
            client.answerWith(asked ->
                    asked.with().equals("alice") ? INVALID_GRANT : TokenAnswers.granted("t", clock.instant(), HOUR));
            callerIs("alice", HOUR);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> exchange.authorization(TARGET)).isInstanceOf(TokenException.class);
            }
            callerIs("bob", HOUR);

            assertThat(exchange.authorization(TARGET)).hasValue("Bearer t");
            assertThat(sent()).containsExactly("alice", "bob");
        }

        @Test
        void isNewsInTheLogWhereItIsNotForOneCallerAlone() {
            try (CapturedLog log = new CapturedLog(ClientLog.class)) {
                client.answerWith(asked -> INVALID_GRANT);
                callerIs("alice", HOUR);
                assertThatThrownBy(() -> exchange.authorization(TARGET)).isInstanceOf(TokenException.class);
                assertThat(log.messages(Level.WARNING)).isEmpty();

                client.answerWith(asked -> OUTAGE);
                for (int i = 0; i < 10; i++) {
                    callerIs("caller" + i, HOUR);
                    assertThatThrownBy(() -> exchange.authorization(TARGET)).isInstanceOf(TokenException.class);
                }
                assertThat(log.messages(Level.WARNING)).hasSize(1);

                client.answerWith(asked -> TokenAnswers.granted("t", clock.instant(), HOUR));
                callerIs("bob", HOUR);
                exchange.authorization(TARGET);
                callerIs("carol", HOUR);
                exchange.authorization(TARGET);
                assertThat(log.messages(Level.INFO)).singleElement().asString().startsWith("GATE0420");
            }
        }

        @Test
        void isBoundedInCount() {
            callerIs("first", HOUR);
            exchange.authorization(TARGET);
            int many = TokensByUser.MOST_USERS + 1000;
            for (int i = 0; i < many; i++) {
                callerIs("caller" + i, HOUR);
                exchange.authorization(TARGET);
            }
            int before = client.asked().size();
            for (int i = 0; i < many; i++) {
                callerIs("caller" + i, HOUR);
                exchange.authorization(TARGET);
            }

            assertThat(client.asked().size() - before).as("some were dropped").isGreaterThanOrEqualTo(1000);
        }

        @Test
        void showsNoTokenAnywhere() {
            try (CapturedLog log = new CapturedLog(ClientLog.class)) {
                callerIs("alice", HOUR);
                exchange.authorization(TARGET);

                assertThat(log.everything() + exchange).doesNotContain("alice", "t1");
            }
        }
    }

    @Nested
    class ForTheCallerOfNow {

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void isHisWhoeverCallsLater(String grant) {
            Authorizer authorizer = authorizer(grant, WithoutCaller.FAIL);
            callerIs("alice", HOUR);
            Authorizer hers = authorizer.forCaller();
            assertThat(client.asked()).isEmpty();
            String before = authorizer.authorization(TARGET).orElseThrow();
            caller = null;

            assertThat(hers.authorization(TARGET)).hasValue(before);
            callerIs("bob", HOUR);
            assertThat(hers.authorization(TARGET)).hasValue(before);
            assertThat(authorizer.authorization(TARGET)).isNotEmpty().isNotEqualTo(hers.authorization(TARGET));
        }

        @Test
        void isRenewedForHim() {
            callerIs("alice", HOUR);
            Authorizer hers = exchange.forCaller();
            hers.authorization(TARGET);
            callerIs("bob", HOUR);

            assertThat(hers.renewAfterRefusal(TARGET, "Bearer t1")).isTrue();
            assertThat(hers.authorization(TARGET)).hasValue("Bearer t2");
            assertThat(sent()).containsExactly("alice", "alice");
        }

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void endsWithHisToken(String grant) {
            callerIs("alice", HOUR);
            Authorizer hers = authorizer(grant, WithoutCaller.FAIL).forCaller();
            clock.advance(HOUR);

            assertThatThrownBy(() -> hers.authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessageContaining("ended");
        }

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void failsWhenItIsAskedWhereThereWasNone(String grant) {
            Authorizer nobodys = authorizer(grant, WithoutCaller.FAIL).forCaller();
            callerIs("alice", HOUR);

            assertThatThrownBy(() -> nobodys.authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessage("client orders: there is no caller with a token");
            assertThat(authorizer(grant, WithoutCaller.NO_HEADER).forCaller().toString())
                    .doesNotContain("alice");
        }
    }

    @Nested
    class WithoutACaller {

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void aCallFails(String grant) {
            assertThatThrownBy(() -> authorizer(grant, WithoutCaller.FAIL).authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessage("client orders: there is no caller with a token");
            assertThat(client.asked()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void aCallGoesWithoutAHeaderWhereThatIsWanted(String grant) {
            Authorizer authorizer = authorizer(grant, WithoutCaller.NO_HEADER);

            assertThat(authorizer.authorization(TARGET)).isEmpty();
            assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer x")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token", "propagation"})
        void aCallerWhoseTokenHasEndedIsNone(String grant) {
            callerIs("alice", Duration.ofSeconds(30));
            clock.advance(Duration.ofSeconds(30));

            assertThatThrownBy(() -> authorizer(grant, WithoutCaller.FAIL).authorization(TARGET))
                    .isInstanceOf(TokenException.class);
            assertThat(authorizer(grant, WithoutCaller.NO_HEADER).authorization(TARGET))
                    .isEmpty();
        }
    }

    @Nested
    class Propagated {

        private final Authorizer propagation = authorizer("propagation", WithoutCaller.FAIL);

        @Test
        void isTheTokenOfThisCaller() {
            callerIs("alice", HOUR);
            assertThat(propagation.authorization(TARGET)).hasValue("Bearer alice");
            callerIs("bob", HOUR);
            assertThat(propagation.authorization(TARGET)).hasValue("Bearer bob");
        }

        @Test
        void isNotOursToRenew() {
            callerIs("alice", HOUR);

            assertThat(propagation.renewAfterRefusal(TARGET, "Bearer alice")).isFalse();
            assertThat(client.asked()).isEmpty();
        }
    }

    @Nested
    class AUserGrant {

        private @Nullable UserAssertion user;

        private Authorizer forUsers(WithoutCaller without) {
            return Authorizers.jwtBearer(
                    client, () -> Optional.ofNullable(user), without, SETTINGS, clock, Runnable::run);
        }

        @Test
        void canBeForOneUserForEver() {
            Authorizer authorizer =
                    Authorizers.jwtBearer(client, UserAssertion.forSubject("alice"), SETTINGS, clock, Runnable::run);

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
            assertThat(client.asked())
                    .containsExactly(new FakeTokenClient.Asked("jwt_bearer", "alice", SETTINGS.request()));
        }

        @Test
        void isMadeOnceForWhatIsSaidOfAUser() {
            Authorizer authorizer = forUsers(WithoutCaller.FAIL);
            user = UserAssertion.forSubject("alice");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
            user = UserAssertion.forSubject("alice").withAcr("2");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t2");
            user = UserAssertion.forSubject("bob");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t3");
            user = UserAssertion.forSubject("alice");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
        }

        @Test
        void isForgottenAfterAWhile() {
            Authorizer authorizer = forUsers(WithoutCaller.FAIL);
            user = UserAssertion.forSubject("alice");
            authorizer.authorization(TARGET);
            clock.advance(TokensByUser.WITHOUT_END);

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t2");
        }

        @Test
        void canBeForTheUserOfNow() {
            user = UserAssertion.forSubject("alice");
            Authorizer hers = forUsers(WithoutCaller.FAIL).forCaller();
            user = null;

            assertThat(hers.authorization(TARGET)).hasValue("Bearer t1");
            assertThat(sent()).containsExactly("alice");
        }

        @Test
        void needsAUser() {
            assertThatThrownBy(() -> forUsers(WithoutCaller.FAIL).authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessage("client orders: there is no user to ask for");
            assertThat(forUsers(WithoutCaller.NO_HEADER).authorization(TARGET)).isEmpty();
        }
    }
}
