package io.gatehouse.demo.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/** Who the demo's issuer is, where it answers, and whether the application wants it at all. */
@ApplicationScoped
public class EmbeddedIssuer {

    @Inject
    Config config;

    /** The value of {@code iss}; the endpoints are beneath it. */
    public String issuer() {
        return config.getValue("demo.issuer", String.class);
    }

    public String jwkSetLocation() {
        return issuer() + "/jwks";
    }

    public String tokenEndpoint() {
        return issuer() + "/token";
    }

    /** The first of the audiences that the application accepts. */
    public String audience() {
        return config.getValue("mp.jwt.verify.audiences", String[].class)[0];
    }

    /** Whether the application trusts this issuer and fetches its keys here. */
    public boolean isTrusted() {
        return isConfigured("mp.jwt.verify.issuer", issuer())
                && isConfigured("mp.jwt.verify.publickey.location", jwkSetLocation());
    }

    private boolean isConfigured(String property, String value) {
        return config.getOptionalValue(property, String.class)
                .filter(value::equals)
                .isPresent();
    }
}
