package io.gatehouse.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One token for each user: got when his call comes, kept as long as what it was got for.
 *
 * <p>Thread-safe. Bounded in count and in time; threads with calls of the same user share one request.
 */
final class TokensByUser implements Authorizer {

    /**
     * Whose token it is, and how it is got.
     *
     * @param key the same for calls that may share a token: no secret, so a hash where a secret tells users apart
     * @param end no token is used beyond; null where it is not known
     */
    record User(
            Object key,
            Function<TokenRequest, TokenResult> grant,
            @Nullable Instant end) {
        @Override
        public String toString() {
            return "User[hidden]";
        }
    }

    /**
     * Whose calls these are.
     *
     * @param found what tells users apart; looked up on the thread of the call
     * @param user whose token that stands for; empty where the call goes without a header
     */
    record Users<T>(Supplier<Optional<T>> found, Function<Optional<T>, Optional<User>> user) {

        Optional<User> get() {
            return user.apply(found.get());
        }

        /** Whose call it is on this thread now, for any thread. */
        Users<T> now() {
            Optional<T> one = found.get();
            return new Users<>(() -> one, user);
        }

        @Override
        public String toString() {
            return "Users[hidden]";
        }
    }

    static final int MOST_USERS = 10_000;

    /** Without an end of its own, what a token was got for may be worth nothing at any time. */
    static final Duration WITHOUT_END = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofDays(1);

    private record Entry(RenewableToken token, Duration life) {}

    private final Users<?> users;
    private final AuthorizerSettings settings;
    private final Clock clock;
    private final Executor executor;
    private final Cache<Object, Entry> tokens;
    private final AtomicBoolean failing;

    TokensByUser(Users<?> users, AuthorizerSettings settings, Clock clock, Executor executor) {
        this.users = users;
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.failing = new AtomicBoolean();
        this.tokens = Caffeine.newBuilder()
                .maximumSize(MOST_USERS)
                .expireAfter(Expiry.<Object, Entry>creating((key, entry) -> entry.life()))
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    /** The same tokens, for other users. */
    private TokensByUser(Users<?> users, TokensByUser all) {
        this.users = users;
        this.settings = all.settings;
        this.clock = all.clock;
        this.executor = all.executor;
        this.failing = all.failing;
        this.tokens = all.tokens;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Override
    public Optional<String> authorization(URI target) {
        return users.get()
                .map(this::token)
                .map(token -> BearerHeader.of(token.get().orThrow().accessToken()));
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return users.get()
                .map(this::token)
                .flatMap(token -> BearerHeader.token(refused).map(token::renewAfterRefusal))
                .orElse(false);
    }

    @Override
    public Authorizer forCaller() {
        return new TokensByUser(users.now(), this);
    }

    long size() {
        return tokens.estimatedSize();
    }

    private RenewableToken token(User user) {
        return tokens.get(user.key(), key -> entry(user)).token();
    }

    private Entry entry(User user) {
        RenewableToken token = new RenewableToken(
                new GrantSource(user.grant(), settings),
                new RenewableToken.Rules(settings.renewBefore(), settings.timeout(), Backoff.growing(), user.end()),
                new ClientLog(settings.name()).amongMany(failing),
                null,
                clock,
                executor);
        return new Entry(token, life(user.end()));
    }

    private Duration life(@Nullable Instant end) {
        Duration left = end == null ? WITHOUT_END : Duration.between(clock.instant(), end);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    @Override
    public String toString() {
        return "TokensByUser[" + settings.name() + "]";
    }
}
