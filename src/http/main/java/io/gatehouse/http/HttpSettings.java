package io.gatehouse.http;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of an exchange.
 *
 * @param connectTimeout how long a TCP connection may take to stand; positive, default 5 s
 * @param readTimeout how long the head of the answer may take, counted from the moment the TCP connection
 *     stands, the TLS handshake included; positive, default 5 s
 * @param totalTimeout how long the whole exchange may take, the last byte of the body included, whatever the peer does;
 *     positive, default 10 s
 * @param maximumResponseSize how many bytes of body are read before the answer is given up; positive, default 1 MiB
 * @param plainHttpAllowed whether {@code http} URLs are taken; default false. To {@code localhost}, {@code 127.0.0.0/8}
 *     and {@code [::1]} they always are
 * @param sslContext the trust and key material for {@code https}, or null for the default of the JVM
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout,
        int maximumResponseSize,
        boolean plainHttpAllowed,
        @Nullable SSLContext sslContext) {

    private static final int MEBIBYTE = 1 << 20;

    public HttpSettings {
        requirePositive(connectTimeout, "connectTimeout");
        requirePositive(readTimeout, "readTimeout");
        requirePositive(totalTimeout, "totalTimeout");
        if (maximumResponseSize < 1 || maximumResponseSize == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maximumResponseSize has to lie between 1 and 2147483646");
        }
    }

    /** The defaults named above. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), MEBIBYTE, false, null);
    }

    /** Whether a request to this URL would be sent at all: https, or http as {@link #plainHttpAllowed} says. */
    public boolean permits(URI uri) {
        return Target.faultIn(uri, plainHttpAllowed) == null;
    }

    /** These settings with other time bounds. */
    public HttpSettings withTimeouts(Duration connect, Duration read, Duration total) {
        return new HttpSettings(connect, read, total, maximumResponseSize, plainHttpAllowed, sslContext);
    }

    /** These settings with another bound in bytes. */
    public HttpSettings withMaximumResponseSize(int bytes) {
        return new HttpSettings(connectTimeout, readTimeout, totalTimeout, bytes, plainHttpAllowed, sslContext);
    }

    /** These settings with {@code http} allowed to every host: tokens and secrets can then be read on the way. */
    public HttpSettings withPlainHttpAllowed() {
        return new HttpSettings(connectTimeout, readTimeout, totalTimeout, maximumResponseSize, true, sslContext);
    }

    /** These settings with other trust and key material. */
    public HttpSettings withSslContext(SSLContext context) {
        return new HttpSettings(
                connectTimeout, readTimeout, totalTimeout, maximumResponseSize, plainHttpAllowed, context);
    }

    private static void requirePositive(Duration duration, String name) {
        if (Objects.requireNonNull(duration, name).isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " has to be positive");
        }
    }
}
