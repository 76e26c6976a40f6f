package io.gatehouse.outbound;

import static io.gatehouse.outbound.TokenAnswers.INVALID_GRANT;
import static io.gatehouse.outbound.TokenAnswers.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gatehouse.outbound.TokenStorage.StoredTokens;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefreshTokenTest {

    private static final URI TARGET = URI.create("https://api.example/orders");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NAME = "orders";

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(ClientLog.class);
    private final RotatingServer server = new RotatingServer();
    private final FakeTokenClient client = new FakeTokenClient(asked -> server.refresh(asked.with()));
    private final TokenStorage storage = TokenStorages.memory();
    private final AuthorizerSettings settings =
            AuthorizerSettings.named(NAME).withStorage(storage).withStorageNamespace(NAME);

    @AfterEach
    void close() {
        log.close();
    }

    /** Gives out {@code r1}, then {@code r2} for it, and so on; each is good once. */
    private final class RotatingServer {
        private int current = 1;

        synchronized TokenResult refresh(String sent) {
            if (!sent.equals("r" + current)) {
                return INVALID_GRANT;
            }
            current++;
            return TokenAnswers.granted("a" + current, clock.instant(), HOUR, "r" + current);
        }
    }

    private Authorizer authorizer(AuthorizerSettings with) {
        return authorizer("r1", with);
    }

    private Authorizer authorizer(String refreshToken, AuthorizerSettings with) {
        return Authorizers.refreshToken(client, refreshToken, with, clock, Runnable::run);
    }

    private List<String> sent() {
        return client.asked().stream().map(FakeTokenClient.Asked::with).toList();
    }

    private StoredTokens stored(@Nullable String accessToken, @Nullable String refreshToken, Duration left) {
        return new StoredTokens(null, Set.of(), accessToken, clock.instant().plus(left), refreshToken);
    }

    private static void assertFails(Authorizer authorizer, TokenResult.Failed failure) {
        assertThatThrownBy(() -> authorizer.authorization(TARGET))
                .asInstanceOf(type(TokenException.class))
                .extracting(TokenException::failure)
                .isEqualTo(failure);
    }

    @Nested
    class TheNextRequest {

        private final Authorizer authorizer = authorizer(settings);

        @Test
        void isMadeWithTheNewRefreshToken() {
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a2");
            clock.advance(HOUR);
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a3");
            clock.advance(HOUR);
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a4");

            assertThat(sent()).containsExactly("r1", "r2", "r3");
        }

        @Test
        void isMadeWithTheOldOneWhereThereIsNoNew() {
            client.answerWith(asked -> TokenAnswers.granted("a", clock.instant(), HOUR));
            authorizer.authorization(TARGET);
            clock.advance(HOUR);
            authorizer.authorization(TARGET);

            assertThat(sent()).containsExactly("r1", "r1");
            assertThat(storage.load(NAME))
                    .get()
                    .extracting(StoredTokens::refreshToken)
                    .isEqualTo("r1");
        }

        @Test
        void isMadeWithTheNewOneAlsoWhereOurTokenIsOneOfTheOthersAndHasNone() {
            TokenResponse ours = new TokenResponse(
                    "o", "Bearer", clock.instant(), HOUR, Set.of(), null, null, "ours", Map.of(), List.of());
            client.answerWith(
                    asked -> new TokenResult.Granted(TokenAnswers.of("other", "x", clock.instant(), Set.of(), ours)));
            Authorizer choosy = authorizer(settings.withResourceServer("ours"));

            assertThat(choosy.authorization(TARGET)).hasValue("Bearer o");
            assertThat(storage.load(NAME))
                    .get()
                    .extracting(StoredTokens::refreshToken)
                    .isEqualTo("refresh-of-x");
        }

        @Test
        void isMadeWithTheNewOneAlsoWhereTheAccessTokenIsNoneOfOurs() {
            client.answerWith(
                    asked -> new TokenResult.Granted(TokenAnswers.of("other", "x", clock.instant(), Set.of())));
            Authorizer choosy = authorizer(settings.withResourceServer("ours"));
            assertThatThrownBy(() -> choosy.authorization(TARGET))
                    .isInstanceOf(TokenException.class)
                    .hasMessageContaining("no token for the resource server ours")
                    .hasMessageContaining("other")
                    .hasMessageNotContaining("refresh-of-x");

            clock.advance(Duration.ofHours(1));
            assertThatThrownBy(() -> choosy.authorization(TARGET)).isInstanceOf(TokenException.class);
            assertThat(sent()).containsExactly("r1", "refresh-of-x");
        }
    }

    @Nested
    class ANewToken {

        @Test
        void isStoredAndToldBeforeAnybodyGetsIt() {
            List<String> order = new ArrayList<>();
            TokenStorage watched = new TokenStorage() {
                @Override
                public Optional<StoredTokens> load(String namespace) {
                    return storage.load(namespace);
                }

                @Override
                public void store(String namespace, StoredTokens tokens) {
                    order.add("stored " + namespace + " " + tokens.refreshToken() + " " + tokens.accessToken() + " "
                            + Duration.between(clock.instant(), tokens.expiresAt())
                                    .toSeconds());
                }

                @Override
                public void remove(String namespace) {
                    order.add("removed");
                }
            };
            Authorizer authorizer = authorizer(
                    settings.withStorage(watched).withOnRefresh(answer -> order.add("told " + answer.refreshToken())));

            order.add("got " + authorizer.authorization(TARGET).orElseThrow());

            assertThat(order).containsExactly("stored orders r2 a2 3600", "told r2", "got Bearer a2");
        }

        /** 64 threads meet an expired token; a watcher looks all the while at what is handed out. */
        @Test
        void isGotByOneRequestForAllAndNobodySeesTheOldAgain() throws Exception {
            Authorizer authorizer = authorizer(settings);
            authorizer.authorization(TARGET);
            clock.advance(HOUR);
            CountDownLatch release = new CountDownLatch(1);
            client.answerWith(asked -> {
                await(release);
                return server.refresh(asked.with());
            });
            List<String> got = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Thread thread = new Thread(
                        () -> got.add(authorizer.authorization(TARGET).orElseThrow()));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            assertThat(got).as("nobody gets the expired one").isEmpty();
            release.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(got).isEqualTo(Collections.nCopies(64, "Bearer a3"));
            assertThat(sent()).containsExactly("r1", "r2");
        }

        /** Many threads, many lives of a token: each refresh token is sent once, and headers only ever go forward. */
        @Test
        void isNeverFollowedByAnOlderOne() throws Exception {
            Authorizer authorizer = authorizer(settings);
            List<Thread> threads = new ArrayList<>();
            List<String> backwards = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 16; i++) {
                Thread thread = new Thread(() -> {
                    int last = 0;
                    for (int call = 0; call < 500; call++) {
                        int now = number(header(authorizer).orElse("Bearer a" + last));
                        if (now < last) {
                            backwards.add(last + " then " + now);
                        }
                        last = now;
                        if (call % 50 == 0) {
                            clock.advance(HOUR);
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(backwards).isEmpty();
            assertThat(sent())
                    .as("one for each hour that passed, and the first")
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(2, 16 * 10 + 1);
        }

        /** Empty where another thread let an hour pass while the request was under way. */
        private static Optional<String> header(Authorizer authorizer) {
            try {
                return authorizer.authorization(TARGET);
            } catch (TokenException over) {
                return Optional.empty();
            }
        }

        private static int number(String header) {
            return Integer.parseInt(header.substring("Bearer a".length()));
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException ending) {
                throw new AssertionError(ending);
            }
        }
    }

    @Nested
    class AfterInvalidGrant {

        @Test
        void nothingIsSentAgainForAWhileAndWhatIsStoredIsKept() {
            storage.store(NAME, stored(null, "dead", HOUR));
            Authorizer authorizer = authorizer("dead", settings);
            for (int i = 0; i < 100; i++) {
                assertFails(authorizer, INVALID_GRANT);
                assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer x")).isFalse();
            }

            assertThat(sent()).containsExactly("dead");
            assertThat(storage.load(NAME)).isPresent();
        }

        @Test
        void whatAnotherProcessHasStoredMeanwhileIsTaken() {
            client.answerWith(asked -> {
                storage.store(NAME, stored("theirs", "r9", HOUR));
                return INVALID_GRANT;
            });

            assertThat(authorizer(settings).authorization(TARGET)).hasValue("Bearer theirs");
            assertThat(sent()).containsExactly("r1");
            assertThat(storage.load(NAME))
                    .get()
                    .extracting(StoredTokens::refreshToken)
                    .isEqualTo("r9");
        }

        @Test
        void theirRefreshTokenIsTriedWhereTheirAccessTokenIsOver() {
            client.answerWith(asked -> {
                if (asked.with().equals("r9")) {
                    return TokenAnswers.granted("a10", clock.instant(), HOUR, "r10");
                }
                storage.store(NAME, stored("theirs", "r9", Duration.ofSeconds(60)));
                return INVALID_GRANT;
            });

            assertThat(authorizer(settings).authorization(TARGET)).hasValue("Bearer a10");
            assertThat(sent()).containsExactly("r1", "r9");
        }

        @Test
        void whatAnotherProcessStoresAtTheLastMomentIsTriedASecondLater() {
            client.answerWith(asked -> {
                storage.store(NAME, stored(null, asked.with().equals("r1") ? "r9" : "r11", HOUR));
                return INVALID_GRANT;
            });
            Authorizer authorizer = authorizer(settings);
            assertFails(authorizer, INVALID_GRANT);
            assertThat(sent()).containsExactly("r1", "r9");

            client.answerWith(asked -> TokenAnswers.granted("a12", clock.instant(), HOUR, "r12"));
            clock.advance(Duration.ofSeconds(1));
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a12");
            assertThat(sent()).containsExactly("r1", "r9", "r11");
        }

        @Test
        void whatAnotherProcessStoresWhileTheRefusalRestsIsTakenWithoutARequest() {
            client.answerWith(asked -> INVALID_GRANT);
            Authorizer authorizer = authorizer(settings);
            assertFails(authorizer, INVALID_GRANT);
            storage.store(NAME, stored("theirs", "r9", HOUR));

            clock.advance(Duration.ofSeconds(1));
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer theirs");
            assertThat(sent()).containsExactly("r1");
        }

        @Test
        void theStorageIsLookedAtOnceASecondWhileTheRefusalRests() {
            AtomicInteger looks = new AtomicInteger();
            Authorizer authorizer = authorizer(settings.withStorage(counted(looks)));
            client.answerWith(asked -> INVALID_GRANT);
            assertFails(authorizer, INVALID_GRANT);
            int before = looks.get();
            for (int i = 0; i < 1000; i++) {
                clock.advance(Duration.ofMillis(10));
                assertFails(authorizer, INVALID_GRANT);
            }

            assertThat(looks.get() - before).isEqualTo(10);
            assertThat(sent()).containsExactly("r1");
        }

        @Test
        void theStorageIsNotLookedAtWhileAnOutageRests() {
            AtomicInteger looks = new AtomicInteger();
            Authorizer authorizer = authorizer(settings.withStorage(counted(looks)));
            client.answerWith(asked -> OUTAGE);
            assertFails(authorizer, OUTAGE);
            int before = looks.get();
            clock.advance(Duration.ofMillis(400));
            assertFails(authorizer, OUTAGE);

            assertThat(looks).hasValue(before);
        }

        private TokenStorage counted(AtomicInteger looks) {
            return new Broken() {
                @Override
                public Optional<StoredTokens> load(String namespace) {
                    looks.incrementAndGet();
                    return storage.load(namespace);
                }
            };
        }

        @Test
        void theStoredOneIsTriedAgainLaterAndTheConfiguredOneThatIsSpentNever() {
            storage.store(NAME, stored(null, "r5", HOUR));
            client.answerWith(asked -> INVALID_GRANT);
            Authorizer authorizer = authorizer(settings);
            assertFails(authorizer, INVALID_GRANT);

            client.answerWith(asked -> TokenAnswers.granted("a6", clock.instant(), HOUR, "r6"));
            clock.advance(Duration.ofMinutes(5));
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a6");
            assertThat(sent()).containsExactly("r5", "r5");
        }

        @Test
        void theNextRequestHasTheTimeThatIsLeft() {
            client.answerWith(asked -> {
                clock.advance(Duration.ofSeconds(4));
                storage.store(NAME, stored(null, "r9", HOUR));
                return INVALID_GRANT;
            });
            assertFails(authorizer(settings.withTimeout(Duration.ofSeconds(10))), INVALID_GRANT);

            assertThat(client.asked())
                    .extracting(asked -> asked.request().timeout())
                    .containsExactly(Optional.empty(), Optional.of(Duration.ofSeconds(6)));
        }

        @Test
        void thereIsNoNextRequestWhereNoTimeIsLeft() {
            client.answerWith(asked -> {
                clock.advance(Duration.ofSeconds(10));
                storage.store(NAME, stored(null, "r9", HOUR));
                return INVALID_GRANT;
            });
            assertFails(authorizer(settings.withTimeout(Duration.ofSeconds(10))), INVALID_GRANT);

            assertThat(sent()).containsExactly("r1");
        }
    }

    @Nested
    class TheNamespace {

        private final AuthorizerSettings unnamed =
                AuthorizerSettings.named(NAME).withStorage(storage);

        @Test
        void isAnotherForAnotherConfiguredRefreshToken() {
            authorizer("r1", unnamed).authorization(TARGET);
            client.answerWith(asked -> TokenAnswers.granted("new", clock.instant(), HOUR, "n2"));

            assertThat(authorizer("n1", unnamed).authorization(TARGET)).hasValue("Bearer new");
            assertThat(sent()).containsExactly("r1", "n1");
        }

        @Test
        void isTheSameForTheSame() {
            authorizer("r1", unnamed).authorization(TARGET);
            clock.advance(HOUR);

            assertThat(authorizer("r1", unnamed).authorization(TARGET)).hasValue("Bearer a3");
            assertThat(sent()).containsExactly("r1", "r2");
        }

        private static final TokenRequest REQUEST =
                TokenRequest.empty().withScopes("a", "b").withParameter("audience", "x");

        private static StorageNamespace base() {
            return new StorageNamespace(NAME, "https://as.example/token", "shop", REQUEST, null, "s3cret");
        }

        @Test
        void isAnotherForEachThingThatMakesTheTokensOthers() {
            List<StorageNamespace> all = List.of(
                    base(),
                    new StorageNamespace("other", "https://as.example/token", "shop", REQUEST, null, "s3cret"),
                    new StorageNamespace(NAME, "https://other.example/token", "shop", REQUEST, null, "s3cret"),
                    new StorageNamespace(NAME, "https://as.example/token", "other", REQUEST, null, "s3cret"),
                    with(REQUEST.withScopes("a")),
                    with(REQUEST.withParameter("audience", "y")),
                    with(REQUEST.withParameter("resource", "x")),
                    new StorageNamespace(NAME, "https://as.example/token", "shop", REQUEST, "rs", "s3cret"),
                    new StorageNamespace(NAME, "https://as.example/token", "shop", REQUEST, null, "other"));

            assertThat(all).extracting(StorageNamespace::value).doesNotHaveDuplicates();
            assertThat(base().value()).matches("orders-[0-9a-f]{16}");
            assertThat(base().toString()).doesNotContain("s3cret");
        }

        @Test
        void isTheSameForTheSameScopesInAnotherOrderAndOtherHeaders() {
            assertThat(with(REQUEST.withScopes("b", "a").withHeader("X-A", "1")).value())
                    .isEqualTo(base().value());
        }

        private static StorageNamespace with(TokenRequest request) {
            return new StorageNamespace(NAME, "https://as.example/token", "shop", request, null, "s3cret");
        }
    }

    @Nested
    class TheStorage {

        @Test
        void isWhatARestartBeginsWith() {
            authorizer(settings).authorization(TARGET);
            assertThat(authorizer(settings).authorization(TARGET))
                    .as("the access token is good yet")
                    .hasValue("Bearer a2");
            assertThat(sent()).containsExactly("r1");

            clock.advance(HOUR);
            assertThat(authorizer(settings).authorization(TARGET)).hasValue("Bearer a3");
            assertThat(sent()).containsExactly("r1", "r2");
        }

        @Test
        void isWhereAnotherProcessLeavesItsTokens() {
            Authorizer one = authorizer(settings);
            Authorizer other = authorizer(settings);
            one.authorization(TARGET);
            other.authorization(TARGET);
            clock.advance(HOUR);

            assertThat(one.authorization(TARGET)).hasValue("Bearer a3");
            assertThat(other.authorization(TARGET)).hasValue("Bearer a3");
            assertThat(sent()).as("and nobody sends what the other has used").containsExactly("r1", "r2");
        }

        @Test
        void isNoWayRoundARefusal() {
            Authorizer authorizer = authorizer(settings);
            authorizer.authorization(TARGET);

            assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer a2")).isTrue();
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a3");
        }

        @Test
        void isDoneWithoutWhereItCannotBeReadOrWritten() {
            Authorizer authorizer = authorizer(settings.withStorage(new Broken()));

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a2");
            clock.advance(HOUR);
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a3");
            assertThat(log.messages(Level.WARNING))
                    .anyMatch(line -> line.startsWith("GATE0422"))
                    .anyMatch(line -> line.startsWith("GATE0423"));
        }

        /** A disk that is full: what lies there is the dead predecessor of what we hold. */
        @Test
        void isNotReadAgainWhileItIsBehind() {
            boolean[] full = {false};
            TokenStorage filling = new Broken() {
                @Override
                public Optional<StoredTokens> load(String namespace) {
                    return storage.load(namespace);
                }

                @Override
                public void store(String namespace, StoredTokens tokens) {
                    if (full[0]) {
                        super.store(namespace, tokens);
                    }
                    storage.store(namespace, tokens);
                }
            };
            Authorizer authorizer = authorizer(settings.withStorage(filling));
            authorizer.authorization(TARGET);
            full[0] = true;
            clock.advance(HOUR);
            authorizer.authorization(TARGET);
            clock.advance(HOUR);

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a4");
            assertThat(sent()).containsExactly("r1", "r2", "r3");
        }
    }

    private static class Broken implements TokenStorage {
        private static <T> T fail(Supplier<String> secret) {
            throw new UncheckedIOException(new IOException(secret.get()));
        }

        @Override
        public Optional<StoredTokens> load(String namespace) {
            return fail(() -> "s3cret");
        }

        @Override
        public void store(String namespace, StoredTokens tokens) {
            fail(tokens::refreshToken);
        }

        @Override
        public void remove(String namespace) {
            fail(() -> "s3cret");
        }
    }

    @Nested
    class AnOutage {

        @Test
        void losesNoRefreshToken() {
            Authorizer authorizer = authorizer(settings);
            authorizer.authorization(TARGET);
            clock.advance(HOUR);
            client.answerWith(asked -> OUTAGE);
            assertFails(authorizer, OUTAGE);

            client.answerWith(asked -> server.refresh(asked.with()));
            clock.advance(Duration.ofSeconds(1));
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer a3");
        }
    }

    @Test
    void nothingOfItIsLogged() {
        Authorizer authorizer = authorizer(settings.withStorage(new Broken()).withOnRefresh(answer -> {
            throw new IllegalStateException(answer.refreshToken());
        }));
        authorizer.authorization(TARGET);
        clock.advance(HOUR);
        client.answerWith(asked -> INVALID_GRANT);
        assertFails(authorizer, INVALID_GRANT);

        assertThat(log.everything()).contains("GATE0420", "GATE0421", "GATE0422", "GATE0423", "GATE0424");
        String settingsWithoutAddresses = settings.toString().replaceAll("\\$\\$Lambda[^,\\]]*", "");
        assertThat(log.everything() + authorizer + settingsWithoutAddresses)
                .doesNotContain("r1", "r2", "a2", "s3cret", "Bearer");
    }
}
