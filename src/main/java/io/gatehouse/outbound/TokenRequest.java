package io.gatehouse.outbound;

import io.gatehouse.http.JsonHttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** Each may come only once (RFC 6749 §3.2), and the grant or our proof sends it. */
    private static final Set<String> RESERVED = Set.of(
            "assertion",
            "client_assertion",
            "client_assertion_type",
            "client_id",
            "client_secret",
            "code",
            "grant_type",
            "redirect_uri",
            "refresh_token",
            "scope",
            "subject_token",
            "token");

    private static final Set<String> RESERVED_HEADERS = Set.of("authorization", "content-type");

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

    /**
     * This request and one more form parameter, such as {@code purpose}, {@code audience} or {@code resource}.
     *
     * @throws IllegalArgumentException for one that the client sends itself
     */
    public TokenRequest withParameter(String name, String value) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("the client sends \"" + name + "\" itself");
        }
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.add(new Parameter(name, value));
        return new TokenRequest(scopes, List.copyOf(longer), headers, timeout);
    }

    /**
     * This request and one more header, such as {@code X-Correlator}; it replaces one of the same name, in any case.
     *
     * @throws IllegalArgumentException for one that the client sends itself, or that no request can carry; the message holds
     *     nothing of the value
     */
    public TokenRequest withHeader(String name, String value) {
        if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the client sends the header \"" + name + "\" itself");
        }
        if (!JsonHttpClient.takesHeader(name, value)) {
            throw new IllegalArgumentException("no request can carry this header: its name must be a token, its value"
                    + " printable ASCII, and it must not say how requests are transferred");
        }
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.remove(name);
        more.put(name, value);
        return new TokenRequest(scopes, parameters, Collections.unmodifiableMap(more), timeout);
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

    /** This request with what it leaves open taken from another: that of the configuration. */
    TokenRequest over(TokenRequest defaults) {
        Set<String> own = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
        List<Parameter> all = new ArrayList<>(defaults.parameters.stream()
                .filter(parameter -> !own.contains(parameter.name()))
                .toList());
        all.addAll(parameters);
        Map<String, String> allHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        allHeaders.putAll(defaults.headers);
        allHeaders.keySet().removeAll(headers.keySet());
        allHeaders.putAll(headers);
        return new TokenRequest(
                scopes.isEmpty() ? defaults.scopes : scopes,
                List.copyOf(all),
                Collections.unmodifiableMap(allHeaders),
                timeout == null ? defaults.timeout : timeout);
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "TokenRequest" + parameters;
    }
}
