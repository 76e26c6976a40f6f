package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.ClientAuthentication.PrivateKeyJwt;
import io.gatehouse.http.FetchResult;
import io.gatehouse.outbound.TokenResult.Failed;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRetryTest {

    private static final TokenRequest NOTHING_MORE = TokenRequest.empty();
    private static final FetchResult GRANTED = new FetchResult.Ok(
            "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":60}".getBytes(UTF_8),
            "application/json",
            null);
    private static final FetchResult NO_CONNECTION = new FetchResult.Unreachable("connection refused", true, false);

    /** The grants, and whether what they send is used up by the first request. */
    private enum Grant {
        CLIENT_CREDENTIALS(false, client -> client.clientCredentials(NOTHING_MORE)),
        EXCHANGE(false, client -> client.exchange("caller", NOTHING_MORE)),
        DEPENDENT(false, client -> client.dependentTokens("caller", NOTHING_MORE)),
        REFRESH(true, client -> client.refresh("r", NOTHING_MORE)),
        CODE(true, client -> client.code("c", URI.create("https://app.example/"), NOTHING_MORE));

        private final boolean usedUp;
        private final Function<TokenClient, TokenResult> call;

        Grant(boolean usedUp, Function<TokenClient, TokenResult> call) {
            this.usedUp = usedUp;
            this.call = call;
        }
    }

    private final MutableClock clock = new MutableClock();
    private final Queue<FetchResult> answers = new ArrayDeque<>();
    private final List<AuthenticatedRequest> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final ClientAuthentication secret = new ClientSecretBasic("id", "secret", CredentialsEncoding.FORM);

    private TokenClient client() {
        return client(secret);
    }

    /** The last answer is given again and again. */
    private FetchResult answer(AuthenticatedRequest request) {
        sent.add(request);
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    private void pass(Duration pause) {
        pauses.add(pause);
        clock.advance(pause);
    }

    private TokenClient client(ClientAuthentication authentication) {
        TokenClientSettings settings = TokenClientSettings.of(
                        TokenEndpoints.at(URI.create("https://as.example/token")), authentication)
                .withTimeout(Duration.ofSeconds(15));
        EndpointCaller caller = new EndpointCaller(
                settings.endpoints(),
                settings.authentication(),
                (uri, request, wanted) -> answer(request),
                new Attempts(clock, this::pass, () -> 1.0),
                clock);
        return new HttpTokenClient(settings, caller, clock, Runnable::run);
    }

    private static FetchResult status(int status, @Nullable Duration retryAfter) {
        return new FetchResult.Refused(status, new byte[0], "", retryAfter);
    }

    private static Failed failed(TokenResult result) {
        return result.match(
                granted -> {
                    throw new AssertionError("granted");
                },
                failed -> failed);
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "429, 7", "503, 1", "503, 14"})
    void comesBackWhenItWasToldTo(int status, long seconds) {
        answers.add(status(status, Duration.ofSeconds(seconds)));
        answers.add(GRANTED);

        assertThat(client().clientCredentials(NOTHING_MORE).orThrow().accessToken())
                .isEqualTo("at");
        assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
        assertThat(sent).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Grant.class)
    void comesBackWithAnyGrantWhereItWasToldTo(Grant grant) {
        answers.add(status(503, Duration.ofSeconds(2)));
        answers.add(GRANTED);

        grant.call.apply(client()).orThrow();
        assertThat(sent).hasSize(2);
    }

    /** The server may have taken the refresh token, and a proxy before it may have lost the answer. */
    @ParameterizedTest
    @EnumSource(Grant.class)
    void sendsNothingThatMayBeUsedUpAfterA503WithoutATime(Grant grant) {
        answers.add(status(503, null));
        answers.add(GRANTED);

        TokenResult result = grant.call.apply(client());
        assertThat(sent).hasSize(grant.usedUp ? 1 : 2);
        assertThat(result instanceof TokenResult.Granted).isEqualTo(!grant.usedUp);
    }

    @ParameterizedTest
    @EnumSource(Grant.class)
    void triesAgainWhereNoConnectionStood(Grant grant) {
        answers.add(NO_CONNECTION);
        answers.add(NO_CONNECTION);
        answers.add(GRANTED);

        grant.call.apply(client()).orThrow();
        assertThat(sent).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(Grant.class)
    void sendsNothingAgainThatTheServerMayHaveSeen(Grant grant) {
        answers.add(new FetchResult.Unreachable("connection ended without a whole, valid HTTP answer", true));
        answers.add(GRANTED);

        assertThat(failed(grant.call.apply(client()))).isInstanceOf(TokenResult.Unreachable.class);
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 401, 403, 404, 500, 502, 504})
    void takesAnyOtherAnswerForAnAnswer(int status) {
        answers.add(status(status, Duration.ofSeconds(1)));

        failed(client().clientCredentials(NOTHING_MORE));
        assertThat(sent).hasSize(1);
    }

    @Test
    void saysWhenToComeBackWhereThatIsTooLate() {
        answers.add(status(429, Duration.ofSeconds(15)));

        Failed failed = failed(client().clientCredentials(NOTHING_MORE));
        assertThat(failed.retryAfter()).hasValue(Duration.ofSeconds(15));
        assertThat(failed.problem()).isEqualTo("the token endpoint at https://as.example answered 429");
        assertThat(pauses).isEmpty();
    }

    @Test
    void keepsToTheTimeOfTheRequest() {
        answers.add(status(429, Duration.ofSeconds(5)));

        failed(client().clientCredentials(NOTHING_MORE.withTimeout(Duration.ofSeconds(12))));
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void givesUpAfterFiveAttempts() {
        answers.add(NO_CONNECTION);

        Failed failed = failed(client().clientCredentials(NOTHING_MORE));
        assertThat(sent).hasSize(5);
        assertThat(failed.problem()).isEqualTo("the token endpoint at https://as.example: connection refused");
    }

    @Test
    void hurriesForNobody() {
        answers.add(status(429, Duration.ZERO));
        answers.add(status(429, Duration.ZERO));
        answers.add(GRANTED);

        client().clientCredentials(NOTHING_MORE).orThrow();
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void endsItsPauseWhereItsThreadIsToEnd() {
        answers.add(NO_CONNECTION);
        EndpointCaller caller = new EndpointCaller(
                TokenEndpoints.at(URI.create("https://as.example/token")),
                secret,
                (uri, request, wanted) -> answer(request),
                new Attempts(
                        clock,
                        pause -> {
                            throw new InterruptedException();
                        },
                        () -> 1.0),
                clock);
        TokenClientSettings settings =
                TokenClientSettings.of(TokenEndpoints.at(URI.create("https://as.example/token")), secret);

        failed(new HttpTokenClient(settings, caller, clock, Runnable::run).clientCredentials(NOTHING_MORE));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).hasSize(1);
    }

    @Test
    void makesAProofForEachAttempt() {
        AtomicInteger made = new AtomicInteger();
        answers.add(NO_CONNECTION);
        answers.add(status(429, Duration.ofSeconds(1)));
        answers.add(GRANTED);

        client(new PrivateKeyJwt("id", () -> "assertion-" + made.incrementAndGet()))
                .clientCredentials(NOTHING_MORE)
                .orThrow();
        assertThat(sent)
                .extracting(request -> request.form().values().get("client_assertion"))
                .containsExactly(List.of("assertion-1"), List.of("assertion-2"), List.of("assertion-3"));
    }

    @Test
    void countsTheLifetimeFromTheAttemptThatBroughtTheToken() {
        answers.add(status(429, Duration.ofSeconds(7)));
        answers.add(GRANTED);
        var start = clock.instant();

        TokenResponse response = client().clientCredentials(NOTHING_MORE).orThrow();
        assertThat(response.requestedAt()).isEqualTo(start.plusSeconds(7));
        assertThat(response.expiresAt()).hasValue(start.plusSeconds(67));
    }

    @Test
    void tellsWhoeverSendsThatItsTimeIsOver() {
        List<Boolean> wanted = new ArrayList<>();
        TokenClientSettings settings =
                TokenClientSettings.of(TokenEndpoints.at(URI.create("https://as.example/token")), secret);
        EndpointCaller caller = new EndpointCaller(
                settings.endpoints(),
                secret,
                (uri, request, stillWanted) -> {
                    wanted.add(stillWanted.getAsBoolean());
                    clock.advance(Duration.ofSeconds(15));
                    wanted.add(stillWanted.getAsBoolean());
                    return new FetchResult.Unreachable("given up while no answer came");
                },
                new Attempts(clock, this::pass, () -> 1.0),
                clock);

        failed(new HttpTokenClient(settings, caller, clock, Runnable::run).clientCredentials(NOTHING_MORE));
        assertThat(wanted).containsExactly(true, false);
    }
}
