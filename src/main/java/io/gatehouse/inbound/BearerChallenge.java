package io.gatehouse.inbound;

import io.gatehouse.token.InvalidTokenReason;
import java.util.regex.Pattern;

/**
 * Writes the value of {@code WWW-Authenticate} for the scheme {@code Bearer} (RFC 6750 §3). Immutable and thread-safe.
 */
public final class BearerChallenge {

    /** RFC 6750 §3: printable ASCII but the quote and the backslash. */
    private static final Pattern ALLOWED = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final String realm;

    /**
     * A challenge for one realm.
     *
     * @throws IllegalArgumentException if the realm has characters that need escaping
     */
    public BearerChallenge(String realm) {
        this.realm = requireAllowed(realm);
    }

    /** Whether a text can stand in a challenge as it is. */
    public static boolean isAllowed(String text) {
        return ALLOWED.matcher(text).matches();
    }

    /** For a request without a credential: no error code (RFC 6750 §3.1). */
    public String plain() {
        return "Bearer realm=\"" + realm + "\"";
    }

    /** For a token that is refused. */
    public String invalidToken(InvalidTokenReason reason) {
        return withError("invalid_token", reason.description());
    }

    String invalidRequest(String description) {
        return withError("invalid_request", description);
    }

    private String withError(String error, String description) {
        return plain() + ", error=\"" + error + "\", error_description=\"" + requireAllowed(description) + "\"";
    }

    private static String requireAllowed(String text) {
        if (!isAllowed(text)) {
            throw new IllegalArgumentException("not allowed in a challenge");
        }
        return text;
    }
}
