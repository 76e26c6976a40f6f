package io.gatehouse.authorization;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link RequiresScope}: one of several lists of scopes, the whole of it. Immutable.
 *
 * @param alternatives at least one; the first is what the challenge names
 */
record ScopeRule(List<List<String>> alternatives) implements AccessRule {

    ScopeRule {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        alternatives.forEach(ScopeRule::requireScopes);
    }

    /** The rule of a method or a type; null where it has none of its own. */
    static @Nullable AccessRule of(AnnotatedElement element) {
        RequiresScope[] alternatives = element.getDeclaredAnnotationsByType(RequiresScope.class);
        return alternatives.length == 0
                ? null
                : new ScopeRule(Stream.of(alternatives)
                        .map(each -> List.of(each.value()))
                        .toList());
    }

    private static void requireScopes(List<String> scopes) {
        if (scopes.isEmpty() || !scopes.stream().allMatch(BearerChallenge::isWord)) {
            throw new MisdeclaredException("a list of scopes that is empty, or what cannot be a scope");
        }
    }

    @Override
    public Optional<Refusal> refusal(AccessRequest request) {
        List<String> first = alternatives.get(0);
        if (request.caller().isEmpty()) {
            return Optional.of(Refusal.credentialsNeeded(request.challenge(), first));
        }
        Set<String> granted =
                request.token().map(token -> token.claims().scopes()).orElse(Set.of());
        return alternatives.stream().anyMatch(granted::containsAll)
                ? Optional.empty()
                : Optional.of(Refusal.scopeMissing(request.challenge(), first));
    }
}
