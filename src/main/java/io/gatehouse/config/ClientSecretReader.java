package io.gatehouse.config;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads how an id and a secret are sent, whichever properties that is said by. No secret gets into a problem. */
final class ClientSecretReader {

    private final PropertyValues values;
    private final ConfigProperty method;
    private final ConfigProperty encoding;

    ClientSecretReader(PropertyValues values, ConfigProperty method, ConfigProperty encoding) {
        this.values = values;
        this.method = method;
        this.encoding = encoding;
    }

    /** Null after a problem was noted. */
    @Nullable ClientAuthentication read(String clientId, String secret) {
        String chosen = values.text(method).orElse("client_secret_basic");
        CredentialsEncoding encoded = encoding();
        return switch (chosen) {
            case "client_secret_basic" -> new ClientAuthentication.ClientSecretBasic(clientId, secret, encoded);
            case "client_secret_post" -> new ClientAuthentication.ClientSecretPost(clientId, secret);
            default -> {
                values.problem(
                        method,
                        "\"" + chosen + "\" does not go with a secret; use client_secret_basic or client_secret_post");
                yield null;
            }
        };
    }

    CredentialsEncoding encoding() {
        String text = values.text(encoding).orElse("form");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "raw" -> CredentialsEncoding.RAW;
            case "form" -> CredentialsEncoding.FORM;
            default -> {
                values.problem(encoding, "\"" + text + "\" is not form or raw");
                yield CredentialsEncoding.FORM;
            }
        };
    }

    /** A setting that is of use only beside another, and would silently not be in force. */
    void requires(ConfigProperty property, ConfigProperty partner) {
        if (values.text(property).isPresent() && values.text(partner).isEmpty()) {
            values.problem(property, "is of use only with " + values.name(partner) + ", which is not set");
        }
    }

    void requireMethod(String fitting) {
        values.text(method)
                .filter(text -> !text.equals(fitting))
                .ifPresent(text -> values.problem(
                        method, "\"" + text + "\" does not go with what is configured, which is " + fitting));
    }
}
