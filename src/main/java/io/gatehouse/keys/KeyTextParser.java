package io.gatehouse.keys;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by content what a key text is: PEM, a JWK, a JWK Set, or base64 of one of the JSON forms or of a DER key
 * (MicroProfile JWT 2.1 §9.2). Pure and thread-safe.
 */
final class KeyTextParser {

    /** More keys than any issuer has; a longer list costs its reader more than it can be worth. */
    static final int MAXIMUM_KEYS = 1000;

    private static final Pattern OPENSSH = Pattern.compile("(ssh-|ecdsa-sha2-|sk-)[a-z0-9@.-]+\\s");

    private final JwkParser jwkParser;
    private final KeyPolicy policy;

    KeyTextParser(KeyPolicy policy) {
        this.policy = policy;
        this.jwkParser = new JwkParser(policy);
    }

    /**
     * What a text held.
     *
     * @param keys the usable keys
     * @param skipped for each other entry of a set, its kid and the reason, ready for a log
     */
    record Parsed(List<VerificationKey> keys, List<String> skipped) {
        Parsed {
            keys = List.copyOf(keys);
            skipped = List.copyOf(skipped);
        }
    }

    /** Reads a text in any of the forms, or throws with the reason; a set may come back with no usable key. */
    Parsed parse(String text) throws UnusableKeyException {
        String trimmed = text.strip();
        if (PemParser.looksLikePem(trimmed)) {
            return single(PemParser.publicKey(trimmed));
        }
        if (trimmed.startsWith("{")) {
            return json(trimmed.getBytes(StandardCharsets.UTF_8));
        }
        byte[] decoded = requireBase64(trimmed);
        return isJson(decoded) ? json(decoded) : single(DerParser.parse(decoded).key());
    }

    static byte[] requireBase64(String text) throws UnusableKeyException {
        if (OPENSSH.matcher(text).lookingAt()) {
            throw new UnusableKeyException("it is an OpenSSH public key; \"ssh-keygen -e -m PKCS8\" makes PEM of it");
        }
        if (text.startsWith("<")) {
            throw new UnusableKeyException("it is HTML or XML, and no PEM, JWK or JWK Set");
        }
        return base64(text).orElseThrow(() -> new UnusableKeyException("it is no PEM, JWK or JWK Set"));
    }

    private Parsed single(PublicKey key) throws UnusableKeyException {
        return new Parsed(List.of(verificationKey(key, null)), List.of());
    }

    /** The key with the algorithms of the policy, if it is sound. */
    VerificationKey verificationKey(PublicKey key, @Nullable String name) throws UnusableKeyException {
        Set<SignatureAlgorithm> algorithms = policy.algorithmsFor(KeySoundness.requireSound(key, policy), null);
        if (algorithms.isEmpty()) {
            throw new UnusableKeyException("its type fits none of the configured algorithms (gatehouse.algorithms)");
        }
        return new VerificationKey(name, key, algorithms, policy.provider());
    }

    Parsed json(byte[] utf8) throws UnusableKeyException {
        if (!(JsonParser.parseObject(utf8) instanceof JsonParseResult.Parsed parsed)) {
            throw new UnusableKeyException("it is no valid JSON");
        }
        Map<String, Object> members = parsed.members();
        return members.get("keys") instanceof List<?> entries
                ? keySet(entries)
                : new Parsed(List.of(jwkParser.parse(members)), List.of());
    }

    /** RFC 7517 §5: entries that cannot be used are left out, and the others work. */
    private Parsed keySet(List<?> entries) throws UnusableKeyException {
        if (entries.size() > MAXIMUM_KEYS) {
            throw new UnusableKeyException("its JWK Set has more than " + MAXIMUM_KEYS + " keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Object entry : entries) {
            try {
                keys.add(jwkParser.parse(members(entry)));
            } catch (UnusableKeyException unusable) {
                skipped.add(kidForLog(entry) + ": " + unusable.getMessage());
            }
        }
        return new Parsed(keys, skipped);
    }

    static Map<String, Object> members(Object entry) throws UnusableKeyException {
        if (entry instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // the parser makes no other maps
            Map<String, Object> members = (Map<String, Object>) entry;
            return members;
        }
        throw new UnusableKeyException("it is no JSON object");
    }

    static String kidForLog(Object entry) {
        Object kid = entry instanceof Map<?, ?> members ? members.get("kid") : null;
        if (!(kid instanceof String text)) {
            return "key without kid";
        }
        return "key " + printable(text);
    }

    /** Fit for a log: one line, and not a long one. */
    static String printable(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > 64 ? printable.substring(0, 64) + "…" : printable;
    }

    static boolean isJson(byte[] decoded) {
        return new String(decoded, StandardCharsets.UTF_8).strip().startsWith("{");
    }

    /** MicroProfile JWT says base64url; padding, line breaks and the other alphabet are common and harmless here. */
    static Optional<byte[]> base64(String text) {
        String urlAlphabet =
                withoutPadding(text.replaceAll("\\s", "")).replace('+', '-').replace('/', '_');
        try {
            return urlAlphabet.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getUrlDecoder().decode(urlAlphabet));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** No regular expression: one looking for the end takes quadratic time where padding stands in the middle. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return text.substring(0, end);
    }
}
