package io.gatehouse.demo.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what the opaque tokens stand for, the latest thousand of them. Thread-safe. */
@ApplicationScoped
public class OpaqueTokens {

    private static final int MAXIMUM = 1000;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, JsonObject> claimsByToken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
            return size() > MAXIMUM;
        }
    };

    synchronized String issue(JsonObject claims) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        claimsByToken.put(token, claims);
        return token;
    }

    synchronized void revoke(String token) {
        claimsByToken.remove(token);
    }

    /** The answer of RFC 7662 §2.2. */
    synchronized JsonObject introspect(String token) {
        JsonObject claims = claimsByToken.get(token);
        if (claims == null || claims.getInt("exp") <= Instant.now().getEpochSecond()) {
            return Json.createObjectBuilder().add("active", false).build();
        }
        return Json.createObjectBuilder(claims)
                .add("active", true)
                .add("token_type", "Bearer")
                .add("username", claims.getString("sub"))
                .build();
    }
}
