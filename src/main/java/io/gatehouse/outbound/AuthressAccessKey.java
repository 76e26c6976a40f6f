package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.keys.UnusableKeyException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * The access key of an Authress service client, in either of its forms: {@code client.key.account.privateKey}, or the
 * older one, base64 of a JSON object. {@link #toString()} hides it.
 *
 * @param account the first label of the account's host names
 */
record AuthressAccessKey(String clientId, String account, String audience, SigningKey key) {

    private static final String AUDIENCE_SUFFIX = ".accounts.authress.io";

    /**
     * Reads the key.
     *
     * @throws IllegalArgumentException where it is none; the message holds nothing of it
     */
    static AuthressAccessKey parse(String text) {
        String trimmed = text.strip();
        try {
            return trimmed.indexOf('.') >= 0 ? ofParts(trimmed.split("\\.", -1)) : ofJson(trimmed);
        } catch (UnusableKeyException unusable) {
            throw invalid("its private key cannot be used: " + unusable.getMessage());
        }
    }

    private static AuthressAccessKey ofParts(String[] parts) throws UnusableKeyException {
        if (parts.length != 4 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw invalid("it has not the four parts client, key, account and private key");
        }
        String pem = "-----BEGIN PRIVATE KEY-----\n" + parts[3] + "\n-----END PRIVATE KEY-----";
        SigningKey key = SigningKey.parse(pem, parts[1]);
        if (!(key.privateKey() instanceof EdECPrivateKey edwards)
                || !edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            throw invalid("its private key is none of Ed25519");
        }
        return new AuthressAccessKey(parts[0], parts[2], parts[2] + AUDIENCE_SUFFIX, key);
    }

    private static AuthressAccessKey ofJson(String text) throws UnusableKeyException {
        Map<String, Object> members = JsonParser.parseObject(decode(text))
                .match(JsonParseResult.Parsed::members, malformed -> {
                    throw invalid("it is neither of four parts nor base64 of a JSON object");
                });
        String audience = member(members, "audience");
        SigningKey key = SigningKey.parse(member(members, "privateKey"), member(members, "keyId"));
        if (key.algorithm() != SignatureAlgorithm.RS256) {
            throw invalid("its private key is no RSA key");
        }
        String account = audience.split("\\.", 2)[0];
        return new AuthressAccessKey(member(members, "clientId"), account, audience, key);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.getBytes(UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw invalid("it is neither of four parts nor base64");
        }
    }

    private static String member(Map<String, Object> members, String name) {
        if (members.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw invalid("its JSON object has no \"" + name + "\"");
    }

    private static IllegalArgumentException invalid(String problem) {
        return new IllegalArgumentException("the access key cannot be used: " + problem);
    }

    @Override
    public String toString() {
        return "AuthressAccessKey[hidden]";
    }
}
