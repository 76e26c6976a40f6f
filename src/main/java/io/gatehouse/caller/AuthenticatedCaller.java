package io.gatehouse.caller;

import io.gatehouse.token.ClaimPath;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ValidatedToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of one caller. Immutable. */
final class AuthenticatedCaller implements Caller {

    static final Caller NOBODY = new AuthenticatedCaller("", null, Set.of());

    private static final List<String> CLIENT_CLAIMS = List.of("client_id", "azp", "appid", "cid");

    private final String name;
    private final @Nullable ValidatedToken token;
    private final Set<String> roles;
    private final ClaimsSet claims;

    AuthenticatedCaller(String name, @Nullable ValidatedToken token, Set<String> roles) {
        this.name = name;
        this.token = token;
        this.roles = Set.copyOf(roles);
        this.claims = token == null ? ClaimsSet.of(Map.of()) : token.claims();
    }

    /** A caller always has a name. */
    @Override
    public boolean isAuthenticated() {
        return !name.isEmpty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String displayName() {
        return firstOf("name").orElse(name);
    }

    @Override
    public String identifier() {
        return firstOf("oid", "sub").orElse(name);
    }

    @Override
    public Optional<String> issuerName() {
        return Optional.ofNullable(token).map(taken -> taken.issuer().name());
    }

    @Override
    public Optional<String> clientId() {
        return CLIENT_CLAIMS.stream().flatMap(this::notBlank).findFirst();
    }

    private Optional<String> firstOf(String... names) {
        return Stream.of(names).flatMap(this::notBlank).findFirst();
    }

    private Stream<String> notBlank(String claim) {
        return claims.string(claim).filter(text -> !text.isBlank()).stream();
    }

    @Override
    public boolean isClient() {
        return token != null && CallerKind.of(token, clientId().orElse(null)) == CallerKind.CLIENT;
    }

    @Override
    public boolean isUser() {
        return token != null && CallerKind.of(token, clientId().orElse(null)) == CallerKind.USER;
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public Set<String> scopes() {
        return claims.scopes();
    }

    @Override
    public Optional<String> acr() {
        return claims.string("acr");
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return claims.value("auth_time").flatMap(value -> ClaimValue.as(Instant.class, value));
    }

    @Override
    public <T> Optional<T> claim(String path, Class<T> type) {
        List<Object> values = ClaimPath.of(path).values(claims);
        return values.size() == 1 ? ClaimValue.as(type, values.get(0)) : Optional.empty();
    }

    @Override
    public List<String> strings(String path) {
        List<String> strings = new ArrayList<>();
        for (Object value : ClaimPath.of(path).values(claims)) {
            if (value instanceof String text) {
                strings.add(text);
            } else if (value instanceof List<?> elements && elements.stream().allMatch(String.class::isInstance)) {
                elements.forEach(element -> strings.add((String) element));
            }
        }
        return List.copyOf(strings);
    }

    @Override
    public String toString() {
        return "Caller[" + (isAuthenticated() ? "authenticated" : "anonymous") + "]";
    }
}
