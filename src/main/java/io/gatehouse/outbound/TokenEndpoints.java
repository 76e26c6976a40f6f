package io.gatehouse.outbound;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.FetchResult;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an authorization server takes requests: at URLs that are configured, or at those that its metadata name. What is
 * configured counts before what is discovered. Immutable and thread-safe; no I/O before the first request.
 */
public final class TokenEndpoints {

    /** What a request can be sent to, each named in the metadata as {@code …_endpoint} (RFC 8414 §2). */
    enum Endpoint {
        TOKEN,
        INTROSPECTION,
        REVOCATION;

        /** As it is called in a sentence. */
        String title() {
            return name().toLowerCase(Locale.ROOT) + " endpoint";
        }

        private String member() {
            return name().toLowerCase(Locale.ROOT) + "_endpoint";
        }
    }

    /**
     * An endpoint as it turned out.
     *
     * @param issuer what the server calls itself; null where neither metadata nor configuration say so
     */
    record Target(URI uri, @Nullable String issuer) {
        @Override
        public String toString() {
            return "Target[" + shown(uri) + "]";
        }
    }

    private final Map<Endpoint, URI> configured;
    private final @Nullable IssuerMetadata metadata;
    private final @Nullable String issuer;

    private TokenEndpoints(Map<Endpoint, URI> configured, @Nullable IssuerMetadata metadata, @Nullable String issuer) {
        this.configured = Map.copyOf(configured);
        this.metadata = metadata;
        this.issuer = issuer;
    }

    /** A token endpoint at this URL, and no other endpoint yet. */
    public static TokenEndpoints at(URI tokenEndpoint) {
        return new TokenEndpoints(Map.of(Endpoint.TOKEN, tokenEndpoint), null, null);
    }

    /** The endpoints that these metadata name; they are read when an endpoint is first needed. */
    public static TokenEndpoints discovered(IssuerMetadata metadata) {
        return new TokenEndpoints(Map.of(), metadata, null);
    }

    /** These endpoints with the token endpoint at this URL. */
    public TokenEndpoints withTokenEndpoint(URI uri) {
        return with(Endpoint.TOKEN, uri);
    }

    /** These endpoints with the introspection endpoint at this URL. */
    public TokenEndpoints withIntrospectionEndpoint(URI uri) {
        return with(Endpoint.INTROSPECTION, uri);
    }

    /** These endpoints with the revocation endpoint at this URL. */
    public TokenEndpoints withRevocationEndpoint(URI uri) {
        return with(Endpoint.REVOCATION, uri);
    }

    private TokenEndpoints with(Endpoint endpoint, URI uri) {
        Map<Endpoint, URI> more = new EnumMap<>(Endpoint.class);
        more.putAll(configured);
        more.put(endpoint, uri);
        return new TokenEndpoints(more, metadata, issuer);
    }

    /** These endpoints as those of this issuer, where no metadata say whose they are: the audience of assertions. */
    public TokenEndpoints withIssuer(String identifier) {
        return new TokenEndpoints(configured, metadata, identifier);
    }

    /**
     * Makes an exchange with an endpoint: what comes of it, or why it is not known where that is.
     *
     * @param wanted asked now and then while metadata are read: false gives that up
     */
    FetchResult use(Endpoint endpoint, BooleanSupplier wanted, Function<Target, FetchResult> exchange) {
        URI uri = configured.get(endpoint);
        if (uri != null) {
            return exchange.apply(new Target(uri, issuer));
        }
        return metadata == null
                ? new FetchResult.Unreachable("none is configured, and no issuer whose metadata could name it")
                : metadata.useOfIssuer(
                        endpoint.member(), wanted, (found, named) -> exchange.apply(new Target(found, named)));
    }

    /** Origin and path: what stands in a query, or before the host, may be nobody's business. */
    static String shown(URI uri) {
        if (uri.getHost() == null) {
            return "an unusable URL";
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }

    @Override
    public String toString() {
        Map<Endpoint, String> at = new EnumMap<>(Endpoint.class);
        configured.forEach((endpoint, uri) -> at.put(endpoint, shown(uri)));
        return "TokenEndpoints" + at + (metadata == null ? "" : " and those of the metadata");
    }
}
