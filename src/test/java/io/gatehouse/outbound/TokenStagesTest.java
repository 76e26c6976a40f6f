package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.PrivateKeyJwt;
import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TokenStagesTest {

    private static final TokenRequest NOTHING_MORE = TokenRequest.empty();
    private static final URI PLACE = URI.create("https://as.example/token");

    private final MutableClock clock = new MutableClock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<BooleanSupplier> wanted = new ArrayList<>();
    private Function<BooleanSupplier, FetchResult> answer =
            stillWanted -> new FetchResult.Ok("{\"access_token\":\"at\",\"active\":true}".getBytes(UTF_8), "", null);

    private TokenClient client(ClientAuthentication authentication, Executor executor) {
        TokenEndpoints endpoints =
                TokenEndpoints.at(PLACE).withIntrospectionEndpoint(PLACE).withRevocationEndpoint(PLACE);
        EndpointCaller caller = new EndpointCaller(
                endpoints,
                authentication,
                (uri, request, stillWanted) -> {
                    wanted.add(stillWanted);
                    return answer.apply(stillWanted);
                },
                new Attempts(clock, clock::advance, () -> 1.0),
                clock);
        return new HttpTokenClient(TokenClientSettings.of(endpoints, authentication), caller, clock, executor);
    }

    private TokenClient client(Executor executor) {
        return client(new PublicClient("n"), executor);
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().getNow(null);
    }

    /** All of them. */
    private static List<CompletionStage<?>> calls(TokenClient client) {
        return List.of(
                client.clientCredentialsAsync(NOTHING_MORE),
                client.jwtBearerAsync(UserAssertion.forSubject("u"), NOTHING_MORE),
                client.refreshAsync("r", NOTHING_MORE),
                client.exchangeAsync("s", NOTHING_MORE),
                client.dependentTokensAsync("t", NOTHING_MORE),
                client.codeAsync("c", PLACE, NOTHING_MORE),
                client.introspectAsync("t", NOTHING_MORE),
                client.revokeAsync("t", NOTHING_MORE));
    }

    @Test
    void bringTheAnswerWhenTheExecutorHasBeenThere() {
        CompletionStage<TokenResult> stage = client(waiting::add).clientCredentialsAsync(NOTHING_MORE);
        assertThat(now(stage)).isNull();
        assertThat(wanted).isEmpty();

        waiting.remove().run();
        assertThat(now(stage).orThrow().accessToken()).isEqualTo("at");
    }

    @Test
    void bringAnAnswerToEachQuestion() {
        assertThat(calls(client(Runnable::run))).allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                .isCompletedWithValueMatching(result -> result != null));
        assertThat(wanted).as("no key, no user grant").hasSize(7);
    }

    @Test
    void neverFailThemselvesWhereThereIsNoThread() {
        Executor full = work -> {
            throw new RejectedExecutionException();
        };

        assertThat(calls(client(full))).allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                .isCompletedWithValueMatching(result -> result.toString().contains("there is no thread")));
    }

    @Test
    void neverFailThemselvesWhereWeDo() {
        answer = stillWanted -> {
            throw new IllegalStateException("s3cret");
        };

        assertThat(calls(client(Runnable::run))).allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                .isCompletedWithValueMatching(result -> !result.toString().contains("s3cret")));
    }

    @Test
    void saySoWhereNoAssertionCanBeMade() {
        TokenClient client = client(
                new PrivateKeyJwt("id", () -> {
                    throw new IllegalStateException("s3cret");
                }),
                Runnable::run);

        assertThat(client.clientCredentials(NOTHING_MORE))
                .isEqualTo(new TokenResult.Unreachable(
                        "the token endpoint at https://as.example: our own assertion cannot be made:"
                                + " IllegalStateException",
                        null));
    }

    @Test
    void askNobodyWhereTheAnswerIsNotWantedAnyMore() {
        CompletableFuture<TokenResult> stage =
                client(waiting::add).clientCredentialsAsync(NOTHING_MORE).toCompletableFuture();
        stage.cancel(true);

        waiting.remove().run();
        assertThat(wanted).isEmpty();
    }

    @Test
    void giveUpWhatIsNotWantedAnyMore() {
        List<CompletableFuture<TokenResult>> stages = new ArrayList<>();
        answer = stillWanted -> {
            stages.get(0).cancel(true);
            return new FetchResult.Unreachable("connection refused", true, false);
        };
        stages.add(client(waiting::add).clientCredentialsAsync(NOTHING_MORE).toCompletableFuture());

        waiting.remove().run();
        assertThat(wanted).as("one attempt").hasSize(1);
        assertThat(wanted.get(0).getAsBoolean()).isFalse();
        assertThat(stages.get(0)).isCancelled();
    }
}
