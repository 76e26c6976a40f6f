package io.gatehouse.outbound;

import io.gatehouse.http.ClientAuthentication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * As which client of which authorization server tokens are asked for. Begin with {@link #of}.
 *
 * @param endpoints where the server takes requests
 * @param authentication how we prove who we are; {@link ClientAuthentication.PublicClient} where there is no proof
 * @param defaults scopes, parameters and headers of every request that does not say otherwise. Parameters go to the token
 *     endpoint only; scopes not along with a refresh token or a code, which have theirs
 * @param assertions how user assertions are made; null where {@code jwtBearer} is not used
 * @param signingKeys the keys that we sign with; null where we sign nothing
 * @param format how requests to the token endpoint are written
 * @param timeout how long a call may take with all its attempts, and the look-up of the endpoint; the bounds of one
 *     exchange are those of the HTTP client. Default 15 s
 */
public record TokenClientSettings(
        TokenEndpoints endpoints,
        ClientAuthentication authentication,
        TokenRequest defaults,
        @Nullable Assertions assertions,
        @Nullable SigningKeys signingKeys,
        Format format,
        Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    /** How a request to the token endpoint is written. */
    public enum Format {
        /** {@code application/x-www-form-urlencoded}: the standard (RFC 6749 appendix B). */
        FORM,
        /** One JSON object with the same members: what Authress takes. */
        JSON
    }

    /** What a user assertion looks like besides what it says of the user. */
    public enum AssertionForm {
        /** RFC 7523 §3, short-lived. */
        STANDARD,
        /** As the Baikal SDK makes it: good for an hour, with {@code active: true}; scopes and purposes inside it only. */
        BAIKAL
    }

    /**
     * How user assertions are made (RFC 7523 §3).
     *
     * @param issuer our name, as the server knows it: {@code iss}
     * @param audience {@code aud}; null for the issuer that the metadata or the configuration name, or else the URL of the
     *     token endpoint. Always one text: servers refuse a list
     * @param lifetime 60 to 300 s; not used for {@link AssertionForm#BAIKAL}, which lasts 3600 s
     */
    public record Assertions(String issuer, @Nullable String audience, Duration lifetime, AssertionForm form) {

        /** 120 s. */
        public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(2);

        private static final Duration SHORTEST = Duration.ofSeconds(60);
        private static final Duration LONGEST = Duration.ofMinutes(5);

        public Assertions {
            if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("an assertion lasts between 60 s and 300 s");
            }
        }

        /** By the standard, of this issuer, for the default lifetime. */
        public static Assertions of(String issuer) {
            return new Assertions(issuer, null, DEFAULT_LIFETIME, AssertionForm.STANDARD);
        }
    }

    public TokenClientSettings {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout has to be positive");
        }
    }

    /** A client with nothing but its endpoints and its proof. */
    public static TokenClientSettings of(TokenEndpoints endpoints, ClientAuthentication authentication) {
        return new TokenClientSettings(
                endpoints, authentication, TokenRequest.empty(), null, null, Format.FORM, DEFAULT_TIMEOUT);
    }

    /** These settings with scopes, parameters and headers for every request; a timeout in it counts as well. */
    public TokenClientSettings withDefaults(TokenRequest request) {
        return new TokenClientSettings(endpoints, authentication, request, assertions, signingKeys, format, timeout);
    }

    /** These settings with user assertions, signed with these keys. */
    public TokenClientSettings withAssertions(Assertions made, SigningKeys keys) {
        return new TokenClientSettings(endpoints, authentication, defaults, made, keys, format, timeout);
    }

    /** These settings with keys that we sign with, and whose public halves are to be published. */
    public TokenClientSettings withSigningKeys(SigningKeys keys) {
        return new TokenClientSettings(endpoints, authentication, defaults, assertions, keys, format, timeout);
    }

    /** These settings with requests written in another way. */
    public TokenClientSettings withFormat(Format other) {
        return new TokenClientSettings(endpoints, authentication, defaults, assertions, signingKeys, other, timeout);
    }

    /** These settings with another bound for a whole call. */
    public TokenClientSettings withTimeout(Duration total) {
        return new TokenClientSettings(endpoints, authentication, defaults, assertions, signingKeys, format, total);
    }

    /** No keys. */
    @Override
    public String toString() {
        return "TokenClientSettings[" + endpoints + ", " + authentication + ", " + defaults + "]";
    }
}
