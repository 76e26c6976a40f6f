package io.gatehouse.token;

import io.gatehouse.json.EncodedObject;
import io.gatehouse.json.JsonMembers;
import java.time.Instant;
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
public final class ClaimsSet implements ClaimsView {

    static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

    private final JsonMembers members;

    private ClaimsSet(JsonMembers members) {
        this.members = members;
    }

    /** Wraps the unmodifiable members that {@code JsonParser} made. */
    public static ClaimsSet of(Map<String, Object> members) {
        return new ClaimsSet(JsonMembers.of(members));
    }

    /** The claims that a token carries, each of them read when it is asked for. */
    public static ClaimsSet of(EncodedObject payload) {
        return new ClaimsSet(payload);
    }

    /** The names of all claims, in the order of the token. */
    public Set<String> names() {
        return members.names();
    }

    /** All claims; unmodifiable. */
    public Map<String, Object> asMap() {
        return members.asMap();
    }

    @Override
    public @Nullable Object get(String name) {
        return members.value(name);
    }

    /** The claim's value, whatever its type. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(get(name));
    }

    /** The claim's value if it is a string. */
    public Optional<String> string(String name) {
        return get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The claim's value if it is a time, in seconds since the epoch (RFC 7519 §2). */
    public Optional<Instant> instant(String name) {
        return Optional.ofNullable(NumericDate.parse(get(name)));
    }

    /** Whether the claims are nowhere but in this text. */
    boolean standIn(String text) {
        return members instanceof EncodedObject payload && payload.standsIn(text);
    }

    /** The same claims in the same text, or one that is equal; only for those that {@link #standIn} one. */
    ClaimsSet in(String text) {
        return of(((EncodedObject) members).in(text));
    }

    @Override
    public ClaimsSet kept() {
        return this;
    }

    /** Claims are about a person: none of them belongs into a log by accident. */
    @Override
    public String toString() {
        return "ClaimsSet[" + members.names().size() + " claims]";
    }
}
