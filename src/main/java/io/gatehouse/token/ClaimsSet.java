package io.gatehouse.token;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token (RFC 7519 §4) as strictly parsed JSON: see {@code io.gatehouse.json} for the types of values.
 *
 * <p>Immutable. A claims set says nothing about who made it: only a {@link ValidatedToken} does.
 */
public final class ClaimsSet {

    private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

    private final Map<String, Object> members;

    private ClaimsSet(Map<String, Object> members) {
        this.members = members;
    }

    /** Wraps the unmodifiable members that {@code JsonParser} made. */
    public static ClaimsSet of(Map<String, Object> members) {
        return new ClaimsSet(members);
    }

    /** The names of all claims, in the order of the token. */
    public Set<String> names() {
        return members.keySet();
    }

    /** All claims; unmodifiable. */
    public Map<String, Object> asMap() {
        return members;
    }

    /** The claim's value, whatever its type. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The claim's value if it is a string. */
    public Optional<String> string(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The strings of an array claim, or a lone string as a list of one; anything else in the array is left out. */
    public List<String> strings(String name) {
        Object value = members.get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return List.of();
    }

    /** The claim's value if it is a time, in seconds since the epoch (RFC 7519 §2). */
    public Optional<Instant> instant(String name) {
        return Optional.ofNullable(NumericDate.parse(members.get(name)));
    }

    /** The scopes of the token: the words of {@code scope} (RFC 6749 §3.3) and {@code scp} (Entra, Okta), or their elements. */
    public Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (String claim : SCOPE_CLAIMS) {
            for (String words : strings(claim)) {
                scopes.addAll(List.of(words.split(" ", -1)));
            }
        }
        scopes.remove("");
        return Collections.unmodifiableSet(scopes);
    }

    @Nullable Object get(String name) {
        return members.get(name);
    }

    /** Claims are about a person: none of them belongs into a log by accident. */
    @Override
    public String toString() {
        return "ClaimsSet[" + members.size() + " claims]";
    }
}
