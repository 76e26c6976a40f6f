package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.outbound.TokenStorage.StoredTokens;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stored tokens as JSON, with the member names that Globus's storages use. Pure. */
final class StoredTokensJson {

    private static final String RESOURCE_SERVER = "resource_server";
    private static final String SCOPE = "scope";
    private static final String ACCESS_TOKEN = "access_token";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String EXPIRES_AT = "expires_at_seconds";
    private static final String TOKEN_TYPE = "token_type";

    /** Later than any token ends, and within what an {@link Instant} holds. */
    private static final long LATEST = 253_402_300_799L;

    private StoredTokensJson() {}

    static byte[] write(StoredTokens tokens) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, RESOURCE_SERVER, tokens.resourceServer());
        members.put(SCOPE, String.join(" ", new TreeSet<>(tokens.scopes())));
        put(members, ACCESS_TOKEN, tokens.accessToken());
        put(members, REFRESH_TOKEN, tokens.refreshToken());
        Instant expiresAt = tokens.expiresAt();
        put(members, EXPIRES_AT, expiresAt == null ? null : expiresAt.getEpochSecond());
        members.put(TOKEN_TYPE, "Bearer");
        return JsonWriter.write(members).getBytes(UTF_8);
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** What {@link #write} wrote; empty where it is something else. */
    static Optional<StoredTokens> read(byte[] json) {
        return JsonParser.parseObject(json)
                .match(
                        (JsonParseResult.Parsed parsed) -> Optional.of(tokens(parsed.members())),
                        malformed -> Optional.empty());
    }

    private static StoredTokens tokens(Map<String, Object> members) {
        return new StoredTokens(
                text(members, RESOURCE_SERVER),
                scopes(text(members, SCOPE)),
                text(members, ACCESS_TOKEN),
                members.get(EXPIRES_AT) instanceof Long seconds && seconds >= 0 && seconds <= LATEST
                        ? Instant.ofEpochSecond(seconds)
                        : null,
                text(members, REFRESH_TOKEN));
    }

    private static @Nullable String text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    private static Set<String> scopes(@Nullable String words) {
        List<String> all = words == null ? List.of() : Arrays.asList(words.split(" "));
        return all.stream().filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
