package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.ISSUER_DISCOVERY;
import static io.gatehouse.config.ConfigProperty.ISSUER_JWKS_URI;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;

import io.gatehouse.http.HttpSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where the metadata of one issuer are. For one thread. */
final class DiscoveryConfigReader {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final PropertyValues values;

    DiscoveryConfigReader(PropertyValues values) {
        this.values = values;
    }

    /**
     * What the configuration says about the metadata: as it says, or, for a named issuer whose keys it does not place,
     * {@code true}. Empty where they are not to be read.
     */
    Optional<String> wanted() {
        boolean byDefault = !values.isOfDefaultIssuer()
                && Stream.of(PUBLIC_KEY, PUBLIC_KEY_LOCATION, ISSUER_JWKS_URI)
                        .allMatch(property -> values.text(property).isEmpty());
        return values.text(ISSUER_DISCOVERY)
                .or(() -> byDefault ? Optional.of("true") : Optional.empty())
                .filter(text -> !text.equals("false"));
    }

    /**
     * Where to look.
     *
     * @param text {@code true} for the places below the issuer, or the URL of the metadata themselves
     * @return null after a problem was noted
     */
    KeySource.@Nullable Discovered read(String text, HttpSettings http) {
        List<String> issuers = values.list(ISSUER).orElse(List.of());
        if (!text.equals("true")) {
            URI document = values.url(ISSUER_DISCOVERY, http);
            return document == null ? null : new KeySource.Discovered(List.of(document), Set.copyOf(issuers));
        }
        if (issuers.size() != 1 || issuers.get(0).contains("{")) {
            values.problem(
                    ISSUER_DISCOVERY,
                    "\"true\" looks for the metadata below the issuer, and " + values.name(ISSUER)
                            + (issuers.isEmpty() ? " is not set" : " is not one exact URL")
                            + ": set that, or set this to the URL of the metadata, or "
                            + values.name(ISSUER_JWKS_URI) + " to that of the keys");
            return null;
        }
        URI issuer = values.url(ISSUER, http);
        return issuer == null ? null : new KeySource.Discovered(documents(issuer), Set.copyOf(issuers));
    }

    /**
     * OpenID Connect Discovery 1.0 §4 appends to the issuer; RFC 8414 §3 puts itself between the host and the path, for
     * both kinds of metadata; and some servers append RFC 8414's name.
     */
    static List<URI> documents(URI issuer) {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceAll("/$", "");
        String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return List.of(origin + path + OPENID, origin + OAUTH + path, origin + path + OAUTH, origin + OPENID + path)
                .stream()
                .distinct()
                .map(URI::create)
                .toList();
    }
}
