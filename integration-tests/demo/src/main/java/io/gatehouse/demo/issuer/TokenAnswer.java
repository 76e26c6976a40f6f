package io.gatehouse.demo.issuer;

import jakarta.json.JsonObject;
import java.util.Locale;

/** What the token endpoint answers. */
sealed interface TokenAnswer {

    /** RFC 6749 §5.1. */
    record Issued(JsonObject body) implements TokenAnswer {}

    /** RFC 6749 §5.2. */
    enum Refused implements TokenAnswer {
        INVALID_REQUEST("a form in the body, each parameter once, is expected"),
        INVALID_CLIENT("the client is unknown or its secret is wrong"),
        INVALID_GRANT("the user is unknown or the password is wrong"),
        INVALID_SCOPE("a scope was asked for that this account does not have"),
        UNSUPPORTED_GRANT_TYPE("password and client_credentials are supported");

        private final String description;

        Refused(String description) {
            this.description = description;
        }

        String error() {
            return name().toLowerCase(Locale.ROOT);
        }

        String description() {
            return description;
        }
    }
}
