package io.gatehouse.attachment;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scheme, host and port in one form each (RFC 6454 §4): lower case, the port always there, IPv6 addresses written one way.
 * Nothing is looked up: two names of one machine are two origins.
 */
record Origin(String scheme, String host, int port) {

    /** The written address only: a name that resolves to it is somebody else's word. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[0:0:0:0:0:0:0:1]|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private static final int HIGHEST_PORT = 65_535;

    /** Empty where this is no absolute http(s) URL, where somebody's name stands before the host, or the host is in doubt. */
    static Optional<Origin> of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        int defaultPort = defaultPort(scheme);
        if (defaultPort < 0 || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
        return port < 1 || port > HIGHEST_PORT
                ? Optional.empty()
                : host(uri.getHost()).map(host -> new Origin(scheme, host, port));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            default -> -1;
        };
    }

    private static Optional<String> host(String host) {
        return host.startsWith("[") ? address(host) : Optional.of(host.toLowerCase(Locale.ROOT));
    }

    /** An interface ({@code %eth0}) is of this machine, and no part of an origin. */
    private static Optional<String> address(String literal) {
        if (literal.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            // A literal in brackets is parsed, never asked for.
            return Optional.of("[" + InetAddress.getByName(literal).getHostAddress() + "]");
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /** As a browser writes it. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }
}
