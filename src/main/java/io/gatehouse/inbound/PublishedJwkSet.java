package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that this application signs with, for everybody, at a path of the application's choice (RFC 7517 §5).
 * Immutable; whether the keys change is up to their supplier.
 */
public final class PublishedJwkSet {

    private final @Nullable String path;
    private final Supplier<List<Map<String, Object>>> keys;
    private final Duration maximumAge;

    private PublishedJwkSet(@Nullable String path, Supplier<List<Map<String, Object>>> keys, Duration maximumAge) {
        this.path = path;
        this.keys = keys;
        this.maximumAge = maximumAge;
    }

    /**
     * Answers at this path.
     *
     * @param path below the context path, with a slash before it
     * @param keys asked for each request: JWKs of public keys
     * @param maximumAge how long others may keep the answer
     */
    public static PublishedJwkSet at(String path, Supplier<List<Map<String, Object>>> keys, Duration maximumAge) {
        return new PublishedJwkSet(path, keys, maximumAge);
    }

    /** Answers nowhere. */
    public static PublishedJwkSet nowhere() {
        return new PublishedJwkSet(null, List::of, Duration.ZERO);
    }

    /** Whether the request is for us; all other methods are the application's. */
    boolean isAskedBy(HttpServletRequest request) {
        return path != null
                && path.equals(PathInApplication.of(request))
                && (request.getMethod().equals("GET") || isHead(request));
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] json = JsonWriter.write(Map.of("keys", keys.get())).getBytes(UTF_8);
        response.setStatus(HttpServletResponse.SC_OK);
        // Not application/jwk-set+json: there are readers that take JSON by its own name only.
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "public, max-age=" + maximumAge.toSeconds());
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Readers in a browser come from another origin; it is public.
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setContentLength(json.length);
        if (!isHead(request)) {
            response.getOutputStream().write(json);
        }
    }
}
