package io.gatehouse.token;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer calls itself in {@code iss} (RFC 7519 §4.1.1): one exact value, or a template that one claim of the
 * same token completes, such as {@code https://login.example.com/v1/clients/{sub}}.
 *
 * <p>Both are compared character by character: no case is folded, no slash forgiven. The claim's value stands in the
 * template as one percent-encoded path segment (RFC 3986 §3.3), so that no claim can lead to another path. Immutable.
 */
public final class IssuerIdentifier {

    /** RFC 3986 §3.3 gives these segments a meaning: they lead to another path, however they are written. */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    /** As long as a subject may be (OpenID Connect Core 1.0 §2): whoever invents issuers does not fill memory and log. */
    private static final int MAXIMUM_SEGMENT = 255;

    private static final Pattern TEMPLATE = Pattern.compile("([^{}]*)\\{([^{}]+)\\}([^{}]*)");

    private final String text;
    private final String prefix;
    private final @Nullable String claim;
    private final String suffix;

    private IssuerIdentifier(String text, String prefix, @Nullable String claim, String suffix) {
        this.text = text;
        this.prefix = prefix;
        this.claim = claim;
        this.suffix = suffix;
    }

    /** This very value and no other, whatever characters it has. */
    public static IssuerIdentifier exactly(String issuer) {
        return new IssuerIdentifier(issuer, issuer, null, "");
    }

    /**
     * Reads a value, or a template with the name of a claim in braces.
     *
     * @return empty where the braces are not one pair with something in it, or nothing stands before them: such a template
     *     would let a token choose who its issuer is
     */
    public static Optional<IssuerIdentifier> parse(String text) {
        if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
            return Optional.of(exactly(text));
        }
        Matcher template = TEMPLATE.matcher(text);
        return template.matches() && endsInsideOfAPath(template.group(1))
                ? Optional.of(new IssuerIdentifier(text, template.group(1), template.group(2), template.group(3)))
                : Optional.empty();
    }

    /** A host that a claim completes would be a host of the token's choice. */
    private static boolean endsInsideOfAPath(String prefix) {
        int authority = prefix.indexOf("://");
        return authority > 0 && prefix.indexOf('/', authority + 3) > 0;
    }

    /** Whether a claim of the token completes it. */
    public boolean isTemplate() {
        return claim != null;
    }

    /** What comes before the claim; the whole value where there is none. */
    String prefix() {
        return prefix;
    }

    /** Whether a token with these claims names this issuer. */
    boolean isNamedBy(ClaimsView claims) {
        if (!(claims.get("iss") instanceof String issuer)) {
            return false;
        }
        if (claim == null) {
            return issuer.equals(text);
        }
        return claims.get(claim) instanceof String value
                && !value.isEmpty()
                && value.length() <= MAXIMUM_SEGMENT
                && !DOT_SEGMENTS.contains(value)
                && issuer.equals(prefix + segment(value) + suffix);
    }

    /** As ECMAScript's {@code encodeURIComponent} writes it, and with it the servers that have such issuers. */
    private static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }

    /** Whether there could be an {@code iss} that completes both of these different templates. */
    public boolean overlaps(IssuerIdentifier other) {
        return isTemplate()
                && other.isTemplate()
                && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
    }

    /** The value or the template, as configured. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IssuerIdentifier that && text.equals(that.text) && isTemplate() == that.isTemplate();
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
