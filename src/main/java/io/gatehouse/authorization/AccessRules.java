package io.gatehouse.authorization;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.Refusal;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a resource method, or a sub-resource locator, asks of its callers, in the order of asking. Immutable. */
record AccessRules(List<AccessRule> rules) {

    private static final System.Logger LOG = ApplicationLog.of(AccessRules.class);

    /** Roles first: what no other token of the same caller would change. The login last: it is the most trouble. */
    private static final List<Function<AnnotatedElement, @Nullable AccessRule>> READERS =
            List.of(RoleRule::of, ScopeRule::of, ReadWriteScopeRule::of, AuthenticationRule::of);

    AccessRules {
        rules = List.copyOf(rules);
    }

    /** What the annotations of this module and of Jakarta ask. One that makes no sense lets nobody pass. */
    static AccessRules of(ResourceMethod method) {
        List<AccessRule> rules = new ArrayList<>();
        for (Function<AnnotatedElement, @Nullable AccessRule> reader : READERS) {
            try {
                method.nearest(reader).ifPresent(rules::add);
            } catch (MisdeclaredException mistaken) {
                LOG.log(
                        ERROR,
                        "GATE0702 nobody may call {0}, because of an annotation there: {1}",
                        method,
                        mistaken.getMessage());
                return new AccessRules(List.of(RoleRule.DENY_ALL));
            }
        }
        return new AccessRules(rules);
    }

    /** These rules, and then what the checks ask. */
    AccessRules and(List<ResourceCheck> checks, ResourceMethod method) {
        Stream<AccessRule> further =
                checks.stream().map(check -> check.ruleFor(method)).flatMap(Optional::stream);
        return new AccessRules(Stream.concat(rules.stream(), further).toList());
    }

    /** The first refusal; empty where all rules let the caller pass. */
    Optional<Refusal> refusal(AccessRequest request) {
        for (AccessRule rule : rules) {
            Optional<Refusal> refusal = rule.refusal(request);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
