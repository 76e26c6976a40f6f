package io.gatehouse.inbound;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.INVALID_RESULT;
import static jakarta.security.enterprise.identitystore.CredentialValidationResult.NOT_VALIDATED_RESULT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.FailureLimits;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic credentials on their way through the mechanism. */
class BasicAuthenticationTest {

    private static final String BEARER = "Bearer realm=\"orders\"";
    private static final String BASIC = "Basic realm=\"orders\", charset=\"UTF-8\"";
    private static final String BOTH = BEARER + "\n" + BASIC;

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(BasicAuthentication.class);
    private final GatehouseAuthenticationMechanism mechanism = new GatehouseAuthenticationMechanism();
    private final RequestAuthentication authentication = new RequestAuthentication();
    private final List<String> asked = new ArrayList<>();
    private Function<UsernamePasswordCredential, CredentialValidationResult> stores = this::alice;
    private FakeRequest request = new FakeRequest();
    private FakeResponse response = new FakeResponse();
    private boolean isProtected = true;

    BasicAuthenticationTest() {
        mechanism.authentication = authentication;
        mechanism.mode = AuthenticationMode.AUTO;
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.ledger = RefusalLedger.plain();
        authentication.logins = LoginMemory.off();
        authentication.challenge = new BearerChallenge("orders");
        authentication.basic = on(false);
        authentication.identityStores = Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> {
            UsernamePasswordCredential credential = (UsernamePasswordCredential) arguments[0];
            asked.add(credential.getCaller());
            return stores.apply(credential);
        }));
    }

    private BasicAuthentication on(boolean plainHttpAllowed) {
        return BasicAuthentication.on(
                "orders",
                new BearerChallenge("orders"),
                plainHttpAllowed,
                new FailureLimiter(FailureLimits.defaults(), clock),
                clock);
    }

    private CredentialValidationResult alice(UsernamePasswordCredential credential) {
        return credential.compareTo("alice", "s3cret")
                ? new CredentialValidationResult("alice", Set.of("user"))
                : INVALID_RESULT;
    }

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private int answer() {
        response = new FakeResponse();
        HttpServletRequest servletRequest = request.request();
        HttpMessageContext context = Fakes.of(
                HttpMessageContext.class,
                Map.of(
                        "isProtected", arguments -> isProtected,
                        "isAuthenticationRequest", arguments -> false,
                        "getRequest", arguments -> servletRequest,
                        "getResponse", arguments -> response.response(),
                        "doNothing", arguments -> AuthenticationStatus.NOT_DONE,
                        "getMessageInfo",
                                arguments -> Fakes.of(MessageInfo.class, Map.of("getMap", none -> new HashMap<>())),
                        "notifyContainerAboutLogin", arguments -> AuthenticationStatus.SUCCESS));
        AuthenticationStatus status = mechanism.validateRequest(servletRequest, response.response(), context);
        assertThat(status == AuthenticationStatus.SEND_FAILURE).isEqualTo(response.status() != 200);
        return response.status();
    }

    private int answer(String name, String password) {
        String text = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
        request = request.copyWithoutHeaders().header("Authorization", "Basic " + text);
        return answer();
    }

    private String challenges() {
        return response.headers().get("WWW-Authenticate");
    }

    @Nested
    class WhenOff {

        WhenOff() {
            authentication.basic = BasicAuthentication.off("orders");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic YWxpY2U6czNjcmV0", "Basic !", "Basic"})
        void isAForeignScheme(String header) {
            request.header("Authorization", header);
            assertThat(answer()).isEqualTo(401);
            assertThat(challenges()).isEqualTo(BEARER);
            assertThat(asked).isEmpty();
        }
    }

    @Nested
    class WhenOn {

        @Test
        void logsInWhomAStoreKnows() {
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
            assertThat(response.headers()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"alice,wrong", "bob,s3cret", "alice,''", "'',s3cret", "'',''"})
        void tellsNobodyWhetherTheNameOrThePasswordIsWrong(String name, String password) {
            assertThat(answer(name, password)).isEqualTo(401);
            assertThat(response.headers()).isEqualTo(Map.of("WWW-Authenticate", BOTH, "Cache-Control", "no-store"));
            assertThat(response.committed()).isFalse();
        }

        /** Open Liberty takes it for nobody in one place, and for somebody in another. */
        @ParameterizedTest
        @ValueSource(strings = {"UNAUTHENTICATED", "unauthenticated"})
        void logsInNobodyUnderANameThatTheServerReadsOtherwise(String name) {
            stores = credential -> new CredentialValidationResult(name, Set.of("user"));
            assertThat(answer(name, "s3cret")).isEqualTo(401);
            assertThat(answer("alice", "s3cret")).isEqualTo(401);
        }

        @ParameterizedTest
        @CsvSource({"alice,''", "'',s3cret"})
        void asksNoStoreAboutAnEmptyNameOrPassword(String name, String password) {
            stores = credential -> new CredentialValidationResult("anybody");
            assertThat(answer(name, password)).isEqualTo(401);
            assertThat(asked).isEmpty();
        }

        @Test
        void refusesAlsoWhereTheResourceIsOpen() {
            isProtected = false;
            assertThat(answer("alice", "wrong")).isEqualTo(401);
        }

        @Test
        void offersBothSchemesToThoseWithoutACredential() {
            assertThat(answer()).isEqualTo(401);
            assertThat(challenges()).isEqualTo(BOTH);
        }

        @Test
        void offersBothSchemesWithEveryChallenge() {
            authentication.tokenValidator = token ->
                    new io.gatehouse.token.TokenValidationResult.Invalid(io.gatehouse.token.InvalidTokenReason.EXPIRED);
            request.header("Authorization", "Bearer a.b.c");
            assertThat(answer()).isEqualTo(401);
            assertThat(challenges())
                    .startsWith(BEARER + ", error=\"invalid_token\"")
                    .endsWith("\n" + BASIC);
        }

        @Test
        void writesTwoLinesHoweverOftenItIsWritten() {
            Refusal refusal =
                    Refusal.credentialsNeeded(new BearerChallenge("orders")).offering(BASIC);
            RefusalInRequest.write(refusal, request.request(), response.response());
            RefusalInRequest.write(refusal, request.request(), response.response());
            assertThat(challenges()).isEqualTo(BOTH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic", "Basic !", "Basic YWI="})
        void answersToWhatIsMalformed(String header) {
            request.header("Authorization", header);
            assertThat(answer()).isEqualTo(400);
            assertThat(challenges()).startsWith(BEARER + ", error=\"invalid_request\"");
            assertThat(response.committed()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"Basic YTpi,Bearer a", "Bearer a,Basic YTpi", "Basic YTpi,Basic YTpi"})
        void takesOneCredentialOnly(String first, String second) {
            request.header("Authorization", first, second);
            assertThat(answer()).isEqualTo(400);
            assertThat(asked).isEmpty();
        }

        @Test
        void takesNoTokenCookieBesideBasicCredentials() {
            authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.Cookie("Bearer"));
            AtomicInteger decisions = new AtomicInteger();
            authentication.tokenValidator = new TokenValidator() {
                @Override
                public TokenValidationResult validate(AccessToken token) {
                    decisions.incrementAndGet();
                    return new TokenValidationResult.Unavailable(Duration.ofSeconds(1));
                }

                @Override
                public TokenValidationResult remembered(String characters) {
                    return validate(AccessToken.of(characters));
                }
            };
            request.header("Authorization", "Basic YWxpY2U6czNjcmV0").header("Cookie", "Bearer=a.b.c");
            assertThat(answer()).isEqualTo(400);
            assertThat(decisions).hasValue(0);
            assertThat(asked).isEmpty();
        }

        @Test
        void givesStoresAPlainCredentialAndWipesItAfterwards() {
            List<UsernamePasswordCredential> seen = new ArrayList<>();
            stores = credential -> {
                seen.add(credential);
                return alice(credential);
            };
            answer("alice", "s3cret");

            assertThat(seen.get(0).getClass()).isEqualTo(UsernamePasswordCredential.class);
            assertThat(seen.get(0).isCleared()).isTrue();
            assertThat(seen.get(0).getPassword()).hasToString("AttemptPassword[hidden]");
        }
    }

    @Nested
    class AnOutage {

        @Test
        void ofAStoreThatThrowsIsNoFaultOfTheCaller() {
            stores = credential -> {
                throw new IllegalStateException("no connection for s3cret", new RuntimeException("s3cret"));
            };
            assertThat(answer("alice", "s3cret")).isEqualTo(503);
            assertThat(response.headers()).isEqualTo(Map.of("Retry-After", "10", "Cache-Control", "no-store"));
        }

        @Test
        void thatAStoreNotedReachesTheCaller() {
            stores = credential -> {
                AttemptPassword.noteOutage(credential, Duration.ofSeconds(7));
                return NOT_VALIDATED_RESULT;
            };
            assertThat(answer("alice", "s3cret")).isEqualTo(503);
            assertThat(response.headers()).containsEntry("Retry-After", "7");
        }

        @Test
        void isNoneWhereAnotherStoreKnowsTheCaller() {
            stores = credential -> {
                AttemptPassword.noteOutage(credential, Duration.ofSeconds(7));
                return alice(credential);
            };
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
        }

        @Test
        void countsForNoWrongGuess() {
            stores = credential -> {
                throw new IllegalStateException();
            };
            for (int i = 0; i < 30; i++) {
                assertThat(answer("alice", "s3cret")).isEqualTo(503);
            }
            stores = BasicAuthenticationTest.this::alice;
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
        }

        /** Or an outage of one store would be a time for guesses at the passwords of another. */
        @ParameterizedTest
        @CsvSource({"false,false", "false,true", "true,true"})
        void countsForAWrongGuessWhereAnotherStoreCalledItWrong(boolean breaks, boolean ours) {
            stores = credential -> {
                if (ours) {
                    AttemptPassword.noteRefusal(credential);
                }
                if (breaks) {
                    throw new IllegalStateException();
                }
                AttemptPassword.noteOutage(credential, Duration.ofSeconds(7));
                return ours ? NOT_VALIDATED_RESULT : INVALID_RESULT;
            };
            for (int i = 0; i < 5; i++) {
                assertThat(answer("alice", "wrong" + i)).isEqualTo(503);
            }
            assertThat(answer("alice", "wrong")).isEqualTo(429);
            for (int i = 0; i < 20; i++) {
                assertThat(answer("user" + i, "wrong")).isEqualTo(503);
            }
            stores = BasicAuthenticationTest.this::alice;
            assertThat(answer("alice", "s3cret")).isEqualTo(429);
            request.from("203.0.113.8");
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
        }

        @Test
        void mayHaveCausesInACircle() {
            RuntimeException first = new IllegalStateException();
            RuntimeException second = new IllegalArgumentException(first);
            first.initCause(second);
            stores = credential -> {
                throw first;
            };
            assertThat(answer("alice", "s3cret")).isEqualTo(503);
        }

        @Test
        void isLoggedOnceAMinuteWithItsPlaceAndWithoutMessages() {
            stores = credential -> {
                throw new IllegalStateException("s3cret", new RuntimeException("s3cret"));
            };
            answer("alice", "s3cret");
            answer("alice", "s3cret");
            assertThat(log.messages(Level.WARNING))
                    .singleElement()
                    .asString()
                    .startsWith("GATE0204")
                    .contains(
                            "IllegalStateException",
                            "RuntimeException",
                            getClass().getSimpleName());

            clock.advance(Duration.ofMinutes(1));
            answer("alice", "s3cret");
            assertThat(log.messages(Level.WARNING)).hasSize(2);
            stores = BasicAuthenticationTest.this::alice;
            answer("alice", "wrong-guess");
            assertThat(log.everything()).doesNotContain("s3cret", "wrong-guess", "alice");
        }
    }

    @Nested
    class WrongGuesses {

        private void guess(int times, String name) {
            for (int i = 0; i < times; i++) {
                assertThat(answer(name, "wrong")).isEqualTo(401);
            }
        }

        @Test
        void areHeardFiveTimesAMinuteForOneName() {
            guess(5, "alice");
            assertThat(answer("alice", "wrong")).isEqualTo(429);
            assertThat(response.headers()).isEqualTo(Map.of("Retry-After", "60", "Cache-Control", "no-store"));
            assertThat(answer("alice", "s3cret")).isEqualTo(429);
            assertThat(asked).hasSize(5);

            clock.advance(Duration.ofSeconds(59).plusMillis(1));
            assertThat(answer("alice", "s3cret")).isEqualTo(429);
            assertThat(response.headers()).containsEntry("Retry-After", "1");
            clock.advance(Duration.ofMillis(999));
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
        }

        @Test
        void areCountedForNamesThatDoNotExistAsWell() {
            guess(5, "nobody");
            assertThat(answer("nobody", "wrong")).isEqualTo(429);
        }

        @Test
        void areForgottenAfterTheRightOne() {
            guess(4, "alice");
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
            guess(5, "alice");
        }

        @Test
        void areHeardTwentyTimesAMinuteFromOneAddress() {
            for (int i = 0; i < 20; i++) {
                guess(1, "user" + i);
            }
            assertThat(answer("alice", "s3cret")).isEqualTo(429);
            request.from("203.0.113.8");
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
        }

        @Test
        void doNotStopThoseWithTokens() {
            guess(5, "alice");
            authentication.tokenValidator =
                    token -> new io.gatehouse.token.TokenValidationResult.Unavailable(Duration.ofSeconds(9));
            request = request.copyWithoutHeaders().header("Authorization", "Bearer a.b.c");
            assertThat(answer()).isEqualTo(503);
        }
    }

    @Nested
    class OverPlainHttp {

        OverPlainHttp() {
            request.overPlainHttp();
        }

        @Test
        void isRefusedAndNotAskedForAgain() {
            assertThat(answer("alice", "s3cret")).isEqualTo(400);
            assertThat(challenges())
                    .isEqualTo(BEARER + ", error=\"invalid_request\","
                            + " error_description=\"Basic credentials are taken over https only\"");
            assertThat(asked).isEmpty();
        }

        @Test
        void isNotOffered() {
            assertThat(answer()).isEqualTo(401);
            assertThat(challenges()).isEqualTo(BEARER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "::1"})
        void isTakenFromThisMachine(String address) {
            request.from(address);
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
            assertThat(answer("alice", "wrong")).isEqualTo(401);
            assertThat(challenges()).isEqualTo(BOTH);
        }

        @Test
        void isTakenWhereThatIsAllowed() {
            authentication.basic = on(true);
            assertThat(answer("alice", "s3cret")).isEqualTo(200);
            assertThat(answer("alice", "wrong")).isEqualTo(401);
            assertThat(challenges()).isEqualTo(BOTH);
        }
    }
}
