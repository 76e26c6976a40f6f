package io.gatehouse.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with a grant: scopes, further form parameters, headers and a bound in time. Immutable; begin with {@link
 * #empty()}.
 *
 * <p>What is set here is added to what is configured for the client; a parameter or header of the same name replaces the
 * configured one, scopes replace the configured scopes.
 */
public final class TokenRequest {

    /** A form parameter; {@code resource} and {@code audience} may come more than once (RFC 8693 §2.1, RFC 8707 §2). */
    public record Parameter(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final TokenRequest EMPTY = new TokenRequest(List.of(), List.of(), Map.of(), null);

    private final List<String> scopes;
    private final List<Parameter> parameters;
    private final Map<String, String> headers;
    private final @Nullable Duration timeout;

    private TokenRequest(
            List<String> scopes, List<Parameter> parameters, Map<String, String> headers, @Nullable Duration timeout) {
        this.scopes = scopes;
        this.parameters = parameters;
        this.headers = headers;
        this.timeout = timeout;
    }

    /** Nothing beyond what is configured for the client. */
    public static TokenRequest empty() {
        return EMPTY;
    }

    /** This request with these scopes, in this order. */
    public TokenRequest withScopes(String... values) {
        return new TokenRequest(List.of(values), parameters, headers, timeout);
    }

    /** This request and one more form parameter, such as {@code purpose}, {@code audience} or {@code resource}. */
    public TokenRequest withParameter(String name, String value) {
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.add(new Parameter(name, value));
        return new TokenRequest(scopes, List.copyOf(longer), headers, timeout);
    }

    /** This request and one more header, such as {@code X-Correlator}. */
    public TokenRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TokenRequest(scopes, parameters, Map.copyOf(more), timeout);
    }

    /** This request with another bound for the whole exchange, attempts after a {@code Retry-After} included. */
    public TokenRequest withTimeout(Duration total) {
        return new TokenRequest(scopes, parameters, headers, total);
    }

    /** The scopes; empty for those of the configuration. */
    public List<String> scopes() {
        return scopes;
    }

    /** The further parameters, in the order in which they were added. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The headers by name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The bound in time; empty for that of the configuration. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "TokenRequest" + parameters;
    }
}
