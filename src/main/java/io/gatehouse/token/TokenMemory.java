package io.gatehouse.token;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found to be valid a short while ago: whoever brings one of them again, need not have it verified again.
 *
 * <p>What is remembered is bounded in count, in characters and in time, and what a token says about time holds to the
 * millisecond. It is the whole token that is compared, character by character or by its SHA-256. Whether the basis of the
 * decision still holds - the key is not withdrawn, say - is for the asker to find out, with each answer.
 *
 * <p>Thread-safe. Finding takes no lock, keeps no books and, where the tokens themselves are kept, makes nothing: a text can be
 * looked for as it came.
 *
 * @param <B> what the decision about a token rests on
 */
public final class TokenMemory<B> {

    /** Together, the tokens are no longer than so many of twice the usual length. */
    private static final long CHARACTERS_PER_TOKEN = 3000;

    private final TokenMemorySettings settings;
    private final Clock clock;
    private final TokenTable<Remembered<B>> remembered =
            new TokenTable<>(ThreadLocalRandom.current().nextInt());

    /** Each a text, or a digest. */
    private final Queue<Object> oldestFirst = new ArrayDeque<>();

    private long characters;

    public TokenMemory(TokenMemorySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A token that was found to be valid, and why. Immutable. */
    public static final class Remembered<B> {

        private final TokenValidationResult.Valid result;
        private final B basis;
        private final long until;

        private Remembered(TokenValidationResult.Valid result, B basis, long until) {
            this.result = result;
            this.basis = basis;
            this.until = until;
        }

        /** What was decided. */
        public TokenValidationResult.Valid result() {
            return result;
        }

        /** What that rested on, and has to be asked about again. */
        public B basis() {
            return basis;
        }

        private boolean isGoodAt(long now) {
            return now < until && result.token().isAcceptedAt(now);
        }
    }

    /** What was decided about this very token; null where that is not known any more, or not for sure. */
    public @Nullable Remembered<B> find(AccessToken token) {
        if (settings.tokensKept()) {
            return find(token.value());
        }
        TokenDigest digest = TokenDigest.of(token);
        Remembered<B> known = good(remembered.get(digest.hashCode(), digest));
        return known == null
                ? null
                : new Remembered<>(valid(known.result().token().presentedAs(token)), known.basis(), known.until);
    }

    /**
     * What was decided about the token with these characters, which may be any; null also where the characters of tokens
     * are not kept.
     */
    public @Nullable Remembered<B> find(String characters) {
        return settings.tokensKept() ? good(remembered.get(AccessToken.hashOf(characters), characters)) : null;
    }

    private @Nullable Remembered<B> good(@Nullable Remembered<B> known) {
        return known != null && known.isGoodAt(clock.millis()) ? known : null;
    }

    /** Remembers a decision, unless the token is of a kind that would take much memory. */
    public void remember(TokenValidationResult.Valid result, B basis) {
        ValidatedToken token = result.token();
        if (settings.lifetime().isZero() || !token.holdsItsClaims()) {
            return;
        }
        Object key = key(token.accessToken());
        TokenValidationResult.Valid kept = settings.tokensKept() ? result : valid(token.withoutText());
        long now = clock.millis();
        put(key, new Remembered<>(kept, basis, now + settings.lifetime().toMillis()), now);
    }

    private synchronized void put(Object key, Remembered<B> entry, long now) {
        long length = length(key);
        makeRoom(length, now);
        if (!remembered.put(hash(key), key, entry)) {
            oldestFirst.add(key);
            characters += length;
        }
    }

    /** The oldest goes where there is no room for another; and so does what time has passed over. */
    private void makeRoom(long length, long now) {
        for (Object oldest = oldestFirst.peek(); oldest != null; oldest = oldestFirst.peek()) {
            Remembered<B> entry = remembered.get(hash(oldest), oldest);
            boolean full = oldestFirst.size() >= settings.maximumSize()
                    || characters + length > CHARACTERS_PER_TOKEN * settings.maximumSize();
            if (!full && entry != null && entry.isGoodAt(now)) {
                return;
            }
            oldestFirst.remove();
            remembered.remove(hash(oldest), oldest);
            characters -= length(oldest);
        }
    }

    /** What was decided about this token holds no more. */
    public synchronized void forget(AccessToken token) {
        Object key = key(token);
        remembered.remove(hash(key), key);
    }

    private Object key(AccessToken token) {
        return settings.tokensKept() ? token.value() : TokenDigest.of(token);
    }

    private static int hash(Object key) {
        return key instanceof String characters ? AccessToken.hashOf(characters) : key.hashCode();
    }

    private static long length(Object key) {
        return key instanceof String characters ? characters.length() : 0;
    }

    private static TokenValidationResult.Valid valid(ValidatedToken token) {
        return new TokenValidationResult.Valid(token);
    }

    /** How many tokens are remembered; among them such as are not good any more, until others need their place. */
    public synchronized int size() {
        return remembered.size();
    }
}
