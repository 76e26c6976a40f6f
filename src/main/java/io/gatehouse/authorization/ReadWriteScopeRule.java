package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link ReadWriteScope}: scopes by the method of the request. Immutable. */
record ReadWriteScopeRule(ScopeRule read, ScopeRule write) implements AccessRule {

    /** RFC 9110 §9.2.1, but for TRACE: nothing that JAX-RS is asked for. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** The rule of a method or a type; null where it has none of its own. */
    static @Nullable AccessRule of(AnnotatedElement element) {
        ReadWriteScope scopes = element.getDeclaredAnnotation(ReadWriteScope.class);
        return scopes == null ? null : new ReadWriteScopeRule(all(scopes.read()), all(scopes.write()));
    }

    private static ScopeRule all(String... scopes) {
        return new ScopeRule(List.of(List.of(scopes)));
    }

    @Override
    public Optional<Refusal> refusal(AccessRequest request) {
        return (SAFE.contains(request.context().getMethod()) ? read : write).refusal(request);
    }
}
