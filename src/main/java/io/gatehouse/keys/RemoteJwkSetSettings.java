package io.gatehouse.keys;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a remote JWK Set is kept.
 *
 * @param refreshAfter a set older than this is renewed behind the requests' back, where its issuer does not say how long
 *     it may be kept; what he says counts between a fifth and twelve times this, and never so far that the set would be
 *     distrusted before it is renewed. A set older by a quarter is waited for, if the issuer is within reach
 * @param usableFor a set older than this (because its issuer was out of reach that long) is no longer trusted
 * @param cooldown least time between two fetches, counted from the end of the last attempt
 * @param reserve fetches for unknown key ids that may come sooner than the cooldown allows, so that invented ids cannot
 *     hold up a real rotation; one is regained per idle cooldown
 */
public record RemoteJwkSetSettings(Duration refreshAfter, Duration usableFor, Duration cooldown, int reserve) {

    private static final int SHORTEST = 5;
    private static final int LONGEST = 12;
    private static final int GRACE = 4;

    /** Five minutes, 24 hours, one second, three. */
    public static RemoteJwkSetSettings defaults() {
        return new RemoteJwkSetSettings(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(1), 3);
    }

    /**
     * The age at which a set is renewed.
     *
     * @param maxAge what its issuer says; null or zero where he says nothing or "never": signed tokens are checked with
     *     the set, and to fetch it for each of them serves nobody
     */
    Duration renewalAge(@Nullable Duration maxAge) {
        if (maxAge == null || maxAge.isZero() || maxAge.isNegative()) {
            return refreshAfter;
        }
        Duration least = refreshAfter.dividedBy(SHORTEST);
        return longer(least, shorter(maxAge, longestRenewalAge()));
    }

    /** What its issuer says may be long, but must not stretch the time after which whoever configured trusts no set. */
    private Duration longestRenewalAge() {
        Duration renewedInTime = usableFor.minus(usableFor.dividedBy(GRACE + 1));
        return longer(refreshAfter, shorter(refreshAfter.multipliedBy(LONGEST), renewedInTime));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The age from which on a set is not used before its issuer was asked for another. */
    static Duration longestAge(Duration renewalAge) {
        return renewalAge.plus(renewalAge.dividedBy(GRACE));
    }
}
