package io.gatehouse.inbound;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one token of a request, in the {@code Authorization} header (RFC 6750 §2.1) or, if so configured, in a
 * cookie (MicroProfile JWT 2.1 §9.2.6); never in the query or the body. Immutable and thread-safe.
 */
public final class BearerTokenResolver {

    static final String SCHEME = "Bearer";

    /** By character: one look each, because there are a thousand of them in most requests. */
    private static final boolean[] OF_TOKEN = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"
                .chars()
                .forEach(c -> OF_TOKEN[c] = true);
    }

    private static final PresentedCredential ABSENT = new PresentedCredential.Absent();

    private final TokenTransport transport;

    public BearerTokenResolver(TokenTransport transport) {
        this.transport = transport;
    }

    PresentedCredential resolve(HttpServletRequest request) {
        return resolve(request, characters -> null);
    }

    /**
     * The same, without a look at the characters of a token that is remembered.
     *
     * @param memory the decision about a token that was here before; asked with whatever stands in its place
     */
    PresentedCredential resolve(HttpServletRequest request, Function<String, @Nullable TokenValidationResult> memory) {
        return transport instanceof TokenTransport.Cookie cookie
                ? fromCookie(request, cookie.name(), memory)
                : fromAuthorization(request, memory);
    }

    private static PresentedCredential fromAuthorization(
            HttpServletRequest request, Function<String, @Nullable TokenValidationResult> memory) {
        List<String> values = headers(request, "Authorization");
        if (values.isEmpty()) {
            return ABSENT;
        }
        // RFC 9110 §5.3: the field is not a list, so two lines are two opinions about who is calling.
        return values.size() > 1
                ? new PresentedCredential.Malformed("more than one Authorization header")
                : fromAuthorization(OptionalWhitespace.removedFrom(values.get(0)), memory);
    }

    private static PresentedCredential fromAuthorization(
            String value, Function<String, @Nullable TokenValidationResult> memory) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return ABSENT;
        }
        if (value.length() > SCHEME.length() && value.charAt(SCHEME.length()) > ' ') {
            return ABSENT; // another scheme whose name begins like ours
        }
        String token = value.substring(behindSpaces(value, SCHEME.length()));
        return token.isEmpty() ? new PresentedCredential.Malformed("the token is empty") : present(token, memory);
    }

    /** Spaces only: a tab is no separator between scheme and token (RFC 9110 §11.4). */
    private static int behindSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static PresentedCredential present(String token, Function<String, @Nullable TokenValidationResult> memory) {
        TokenValidationResult known = memory.apply(token);
        return known != null || isToken(token)
                ? new PresentedCredential.Present(AccessToken.of(token), known)
                : new PresentedCredential.Malformed("the token has characters that no token has, or there are two");
    }

    /** {@code b64token} of RFC 6750 §2.1. No regular expression: it would take longer than all else with most requests. */
    private static boolean isToken(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!isOfToken(text.charAt(i))) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isOfToken(char c) {
        return c < OF_TOKEN.length && OF_TOKEN[c];
    }

    private static PresentedCredential fromCookie(
            HttpServletRequest request, String name, Function<String, @Nullable TokenValidationResult> memory) {
        List<String> values = new ArrayList<>();
        for (String header : headers(request, "Cookie")) {
            CookieHeader.collect(header, name, values);
        }
        values.removeIf(String::isEmpty); // how a browser is told to forget a cookie
        if (values.isEmpty()) {
            return ABSENT;
        }
        return values.size() > 1
                ? new PresentedCredential.Malformed("more than one token cookie")
                : present(values.get(0), memory);
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        var values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }
}
