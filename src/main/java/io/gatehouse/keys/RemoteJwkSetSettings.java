package io.gatehouse.keys;

import java.time.Duration;

/**
 * How a remote JWK Set is kept.
 *
 * @param refreshAfter a set older than this is renewed behind the requests' back
 * @param usableFor a set older than this (because its issuer was out of reach that long) is no longer trusted
 * @param cooldown least time between two fetches, counted from the last attempt
 * @param reserve fetches for unknown key ids that may come sooner than the cooldown allows, so that invented ids cannot
 *     hold up a real rotation; one is regained per cooldown
 */
public record RemoteJwkSetSettings(Duration refreshAfter, Duration usableFor, Duration cooldown, int reserve) {

    /** Five minutes, 24 hours, ten seconds, three. */
    public static RemoteJwkSetSettings defaults() {
        return new RemoteJwkSetSettings(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10), 3);
    }
}
