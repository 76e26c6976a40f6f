package io.gatehouse.demo.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes the tokens, and owns the key that signs them. */
@ApplicationScoped
public class AccessTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    @Inject
    EmbeddedIssuer issuer;

    @Inject
    OpaqueTokens opaqueTokens;

    private final SigningKey key = SigningKey.generate();

    JsonObject jwkSet() {
        return Json.createObjectBuilder()
                .add("keys", Json.createArrayBuilder().add(key.publicJwk()))
                .build();
    }

    /** A successful answer of the token endpoint (RFC 6749 §5.1); an opaque token says nothing by itself. */
    JsonObject issue(Account account, List<String> scopes, boolean opaque) {
        JsonObject claims = claims(account, scopes);
        return Json.createObjectBuilder()
                .add("access_token", opaque ? opaqueTokens.issue(claims) : key.sign(claims))
                .add("token_type", "Bearer")
                .add("expires_in", LIFETIME.toSeconds())
                .add("scope", String.join(" ", scopes))
                .build();
    }

    private JsonObject claims(Account account, List<String> scopes) {
        Instant now = Instant.now();
        JsonObjectBuilder claims = Json.createObjectBuilder()
                .add("iss", issuer.issuer())
                .add("aud", issuer.audience())
                .add("iat", now.getEpochSecond())
                .add("exp", now.plus(LIFETIME).getEpochSecond())
                .add("jti", UUID.randomUUID().toString())
                .add("sub", account.name())
                .add("client_id", Account.CLIENT.name())
                .add("groups", Json.createArrayBuilder(account.groups()))
                .add("scope", String.join(" ", scopes));
        // MicroProfile JWT §4.1: a name for people. A client that acts for itself has none.
        return (account.user() ? claims.add("upn", account.name()) : claims).build();
    }
}
