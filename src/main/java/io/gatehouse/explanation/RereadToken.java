package io.gatehouse.explanation;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonParser;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token that was refused, read once more by somebody who decides nothing: as much of it as can be read. Immutable.
 *
 * @param hash the beginning of its SHA-256: who has the token can tell that it is this one, and nobody else learns of it
 * @param parts how many there are between the dots
 * @param header its members; none where it cannot be read
 * @param claims those of a signed token
 */
record RereadToken(String hash, int length, int parts, Map<String, Object> header, Optional<ClaimsSet> claims) {

    private static final int SIGNED_PARTS = 3;
    private static final int MAXIMUM_PARTS = 6;
    private static final int HASH_BYTES = 4;

    /** Reads nothing but the length of a token that is longer than the limit. */
    static RereadToken of(AccessToken token, int maximumLength) {
        String text = token.value();
        String hash = hash(text);
        if (text.length() > maximumLength) {
            return new RereadToken(hash, text.length(), 0, Map.of(), Optional.empty());
        }
        String[] parts = text.split("\\.", MAXIMUM_PARTS);
        boolean signed = parts.length == SIGNED_PARTS;
        return new RereadToken(
                hash,
                text.length(),
                parts.length,
                parts.length == 1 ? Map.of() : object(parts[0]).orElse(Map.of()),
                signed ? object(parts[1]).map(ClaimsSet::of) : Optional.empty());
    }

    private static Optional<Map<String, Object>> object(String segment) {
        return Base64Url.decode(segment)
                .map(JsonParser::parseObject)
                .flatMap(
                        result -> result.match(parsed -> Optional.of(parsed.members()), malformed -> Optional.empty()));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    boolean isEncrypted() {
        return parts == SIGNED_PARTS + 2;
    }

    Optional<String> header(String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<String> issuer() {
        return claims.flatMap(all -> all.string("iss"));
    }

    /** Which token it was, as far as may be told. */
    String describe() {
        List<String> words = new ArrayList<>();
        for (String name : List.of("alg", "kid", "typ")) {
            header(name).ifPresent(value -> words.add(name + " " + Quoted.of(value)));
        }
        claims.ifPresent(all -> {
            all.string("iss").ifPresent(issuer -> words.add("iss " + Quoted.of(issuer)));
            if (all.value("aud").isPresent()) {
                words.add("aud " + Quoted.all(all.strings("aud")));
            }
            all.instant("exp").ifPresent(exp -> words.add("exp " + exp));
        });
        words.add("sha256 " + hash);
        return String.join(", ", words);
    }
}
