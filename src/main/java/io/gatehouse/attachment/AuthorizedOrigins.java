package io.gatehouse.attachment;

import java.net.IDN;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the header of an authorizer may go: to these origins, scheme, host and port alike, and nowhere else. Names of other
 * hosts below the same domain, other ports and plain http are other origins. Immutable.
 */
public final class AuthorizedOrigins {

    private static final AuthorizedOrigins NONE = new AuthorizedOrigins(Set.of());

    private final Set<Origin> origins;

    private AuthorizedOrigins(Set<Origin> origins) {
        this.origins = origins;
    }

    /** No origin: no header goes anywhere. */
    public static AuthorizedOrigins none() {
        return NONE;
    }

    /**
     * These origins, such as {@code https://orders.example.com} or {@code https://[2001:db8::1]:8443}. A host may be written
     * in Unicode; calls to it are made by its ASCII form, since no {@link URI} has another.
     *
     * @param plainHttpAllowed whether other hosts than this one may be called over plain http, where all on the way read the
     *     token
     * @throws IllegalArgumentException where one of them is no origin; see {@link #problemOf}
     */
    public static AuthorizedOrigins of(List<String> targets, boolean plainHttpAllowed) {
        Set<Origin> origins = new LinkedHashSet<>();
        for (String target : targets) {
            problemOf(target, plainHttpAllowed).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            parse(target).ifPresent(origins::add);
        }
        return new AuthorizedOrigins(origins);
    }

    /** Why this is no origin that a token may go to, as the end of a sentence; empty where it is one. */
    public static Optional<String> problemOf(String target, boolean plainHttpAllowed) {
        Optional<Origin> origin = parse(target);
        if (origin.isEmpty()) {
            return Optional.of("is no origin: a scheme, a host and, where it is not the usual one, a port, such as"
                    + " https://orders.example.com:8443, without a path and without a name before the host");
        }
        boolean overheard = !origin.get().isEncrypted() && !origin.get().isLoopback();
        return overheard && !plainHttpAllowed
                ? Optional.of("is not https: whoever listens on the way would get the token")
                : Optional.empty();
    }

    /** Whether a header may go to this target. */
    public boolean contains(URI target) {
        return Origin.of(target).filter(origins::contains).isPresent();
    }

    boolean isEmpty() {
        return origins.isEmpty();
    }

    /** The origin, where there is exactly one. */
    public Optional<URI> single() {
        return origins.size() == 1
                ? origins.stream().findFirst().map(origin -> URI.create(origin.toString()))
                : Optional.empty();
    }

    private static Optional<Origin> parse(String target) {
        try {
            URI uri = URI.create(ascii(target.strip()));
            boolean more = uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || (uri.getRawPath() != null && uri.getRawPath().length() > 1);
            return more ? Optional.empty() : Origin.of(uri);
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    /** Unicode can only be in the host: whatever else is refused anyway. */
    private static String ascii(String target) {
        int from = target.indexOf("://");
        boolean plain = target.chars().allMatch(character -> character < 0x80);
        if (plain || from < 0) {
            return target;
        }
        String authority = target.substring(from + 3).replaceFirst("/$", "");
        int port = authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        return target.substring(0, from + 3)
                + IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES)
                + (port < 0 ? "" : authority.substring(port));
    }

    /** The origins, for a log. */
    @Override
    public String toString() {
        return origins.stream().map(Origin::toString).collect(Collectors.joining(", "));
    }
}
