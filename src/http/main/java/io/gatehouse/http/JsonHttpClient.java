package io.gatehouse.http;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP to authorization servers, within bounds: of time ({@link HttpSettings#totalTimeout()}, whatever the peer
 * does), of bytes, and of where it goes (no redirects, no plain http off this host). Asks for JSON unless a header says
 * otherwise, but reads none: what the bytes mean is the caller's business.
 *
 * <p>Each exchange has a connection of its own, which is closed after it. An HTTP proxy that the JVM names
 * ({@link java.net.ProxySelector}) is used if it asks for no credentials; a SOCKS proxy is not.
 *
 * <p>Thread-safe; calls block the calling thread, at most for the total timeout. Nothing that a peer does makes them
 * throw. Making one costs no thread and no I/O; up to {@value ExchangeWorkers#MAXIMUM} exchanges run at once, further
 * ones come back as {@link FetchResult.Unreachable}. Logs nothing.
 */
public final class JsonHttpClient implements AutoCloseable {

    private final HttpSettings settings;
    private final JerseyTransport transport;
    private final ExchangeWorkers workers;
    private final ExchangeObserver observer;

    private JsonHttpClient(
            HttpSettings settings, JerseyTransport transport, ExchangeWorkers workers, ExchangeObserver observer) {
        this.settings = settings;
        this.transport = transport;
        this.workers = workers;
        this.observer = observer;
    }

    /** A client that keeps to these bounds; close it when the application ends. */
    public static JsonHttpClient create(HttpSettings settings) {
        return create(settings, Clock.systemUTC());
    }

    static JsonHttpClient create(HttpSettings settings, Clock clock) {
        return new JsonHttpClient(
                settings,
                new JerseyTransport(settings, clock),
                new ExchangeWorkers(settings.totalTimeout()),
                ExchangeObserver.none());
    }

    /** This client, in place of any earlier observer seen by this one; to close either closes both. */
    public JsonHttpClient observedBy(ExchangeObserver another) {
        return new JsonHttpClient(settings, transport, workers, another);
    }

    /**
     * Whether a request can carry this header: its name is a token and its value printable ASCII (RFC 9110 §5.1, §5.5), and
     * it does not say how the request is transferred. With any other, a request is not sent.
     */
    public static boolean takesHeader(String name, String value) {
        return RequestHead.takes(name, value);
    }

    /** {@code GET} without further headers. */
    public FetchResult get(URI uri) {
        return get(uri, Map.of());
    }

    /** {@code GET} with these headers. */
    public FetchResult get(URI uri, Map<String, String> headers) {
        return get(uri, headers, () -> true);
    }

    /** The same, and given up soon after the caller does not want the answer any more: asked now and then. */
    public FetchResult get(URI uri, Map<String, String> headers, BooleanSupplier wanted) {
        return fetch(uri, null, headers, wanted);
    }

    /** {@code POST} of a form with these headers; sent once, never again. */
    public FetchResult post(URI uri, FormBody form, Map<String, String> headers) {
        return post(uri, form, headers, () -> true);
    }

    /** The same, and given up soon after the caller does not want the answer any more: asked now and then. */
    public FetchResult post(URI uri, FormBody form, Map<String, String> headers, BooleanSupplier wanted) {
        return fetch(uri, RequestBody.of(form), headers, wanted);
    }

    /** {@code POST} of JSON with these headers; sent once, never again, and given up as the others are. */
    public FetchResult post(URI uri, JsonBody json, Map<String, String> headers, BooleanSupplier wanted) {
        return fetch(uri, RequestBody.of(json), headers, wanted);
    }

    private FetchResult fetch(
            URI uri, @Nullable RequestBody body, Map<String, String> headers, BooleanSupplier wanted) {
        Fault fault = Target.faultIn(uri, settings.plainHttpAllowed());
        Map<String, String> ownHeaders = Map.copyOf(headers);
        return fault != null
                ? fault.result()
                : observer.observe(further -> {
                    Map<String, String> all = withFurther(ownHeaders, further);
                    return workers.run(() -> transport.exchange(uri, body, all), wanted);
                });
    }

    private static Map<String, String> withFurther(Map<String, String> own, Map<String, String> further) {
        if (further.isEmpty()) {
            return own;
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        further.forEach((name, value) -> {
            if (takesHeader(name, value)) {
                all.put(name, value);
            }
        });
        all.putAll(own);
        return all;
    }

    /**
     * The certificate of the server at this URL; empty without TLS, or where no connection comes about that would be used for
     * an exchange. Makes a connection for that, and sends nothing over it.
     */
    public Optional<ServerCertificate> certificate(URI uri) {
        if (!"https".equalsIgnoreCase(uri.getScheme()) || !settings.permits(uri)) {
            return Optional.empty();
        }
        AtomicReference<@Nullable ServerCertificate> shown = new AtomicReference<>();
        workers.run(
                () -> {
                    try (Connection connection = Connection.open(Route.to(uri), settings)) {
                        shown.set(connection.certificate());
                    } catch (IOException | RuntimeException none) {
                        shown.set(null); // whoever fetches something there says what is wrong
                    }
                    return Fault.GIVEN_UP.result();
                },
                () -> true);
        return Optional.ofNullable(shown.get());
    }

    /** Ends exchanges that still run (they come back as {@link FetchResult.Unreachable}) and refuses further ones. */
    @Override
    public void close() {
        transport.close(); // first, so that what is interrupted knows why
        workers.close();
    }
}
