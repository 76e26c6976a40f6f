package io.gatehouse.it;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token to change one thing of. Immutable. */
record TestToken(Map<String, Object> header, Map<String, Object> claims, TestKey key) {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    TestToken {
        header = Collections.unmodifiableMap(new LinkedHashMap<>(header));
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    TestToken header(String name, Object value) {
        return new TestToken(with(header, name, value), claims, key);
    }

    TestToken withoutHeader(String name) {
        return new TestToken(without(header, name), claims, key);
    }

    TestToken claim(String name, Object value) {
        return new TestToken(header, with(claims, name, value), key);
    }

    TestToken without(String name) {
        return new TestToken(header, without(claims, name), key);
    }

    /** With the header that fits the key. */
    TestToken signedBy(TestKey other) {
        return new TestToken(header, claims, other)
                .header("alg", other.algorithm())
                .header("kid", other.id());
    }

    /** Signed with the key, whatever the header says. */
    String text() {
        return text(key.sign(bytes(signingInput())));
    }

    /** With an HMAC, whatever the header says. */
    String text(String hmac, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(hmac);
            mac.init(new SecretKeySpec(secret, hmac));
            return text(mac.doFinal(bytes(signingInput())));
        } catch (GeneralSecurityException unknown) {
            throw new IllegalArgumentException(hmac, unknown);
        }
    }

    String text(byte[] signature) {
        return signingInput() + '.' + BASE64URL.encodeToString(signature);
    }

    private String signingInput() {
        return base64url(header) + '.' + base64url(claims);
    }

    private static String base64url(Map<String, Object> members) {
        return BASE64URL.encodeToString(
                bytes(Json.createObjectBuilder(members).build().toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> members, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.remove(name);
        return changed;
    }
}
