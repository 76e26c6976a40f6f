package io.gatehouse.refusal;

import io.gatehouse.token.InvalidTokenReason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of {@code WWW-Authenticate} for the scheme {@code Bearer} (RFC 6750 §3). Immutable and thread-safe.
 */
public final class BearerChallenge {

    /** RFC 6750 §3: printable ASCII but the quote and the backslash. */
    private static final Pattern ALLOWED = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** RFC 6749 §3.3 for one scope; RFC 9470 lists values of {@code acr} between spaces as well. */
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final String beginning;

    /**
     * A challenge for one realm.
     *
     * @throws IllegalArgumentException if the realm has characters that need escaping
     */
    public BearerChallenge(String realm) {
        this(realm, null);
    }

    /**
     * A challenge for one realm.
     *
     * @param resourceMetadata where the metadata of this resource are (RFC 9728 §5.1); null where they are nowhere
     * @throws IllegalArgumentException if one of them has characters that need escaping
     */
    public BearerChallenge(String realm, @Nullable URI resourceMetadata) {
        String metadata =
                resourceMetadata == null ? "" : parameter("resource_metadata", resourceMetadata.toASCIIString());
        this.beginning = "Bearer realm=\"" + requireAllowed(realm) + "\"" + metadata;
    }

    /** Whether a text can stand in a challenge as it is. */
    public static boolean isAllowed(String text) {
        return ALLOWED.matcher(text).matches();
    }

    /** Whether a text can stand in a challenge as one of several words: a scope, or a value of {@code acr}. */
    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    /** For a request without a credential: no error code (RFC 6750 §3.1). */
    String plain() {
        return beginning;
    }

    /** For a request without a credential, where a token will need these scopes. */
    String plain(List<String> scopes) {
        return beginning + words("scope", scopes);
    }

    /** For a token that is refused. */
    String invalidToken(InvalidTokenReason reason) {
        return withError("invalid_token", reason.description());
    }

    String invalidRequest(String description) {
        return withError("invalid_request", description);
    }

    /** For a caller who may not do this; with the scopes that would do, where it is scopes that are missing. */
    String insufficientScope(String description, List<String> scopes) {
        return withError("insufficient_scope", description) + words("scope", scopes);
    }

    /** For a login that is too weak or too long ago (RFC 9470 §3). */
    String insufficientAuthentication(String description, List<String> acrValues, @Nullable Duration maximumAge) {
        return withError("insufficient_user_authentication", description)
                + words("acr_values", acrValues)
                + (maximumAge == null ? "" : parameter("max_age", Long.toString(maximumAge.toSeconds())));
    }

    private String withError(String error, String description) {
        return beginning + parameter("error", error) + parameter("error_description", description);
    }

    private static String words(String name, List<String> words) {
        if (!words.stream().allMatch(BearerChallenge::isWord)) {
            throw new IllegalArgumentException("not allowed in a challenge");
        }
        return words.isEmpty() ? "" : parameter(name, String.join(" ", words));
    }

    private static String parameter(String name, String value) {
        return ", " + name + "=\"" + requireAllowed(value) + "\"";
    }

    private static String requireAllowed(String text) {
        if (!isAllowed(text)) {
            throw new IllegalArgumentException("not allowed in a challenge");
        }
        return text;
    }
}
