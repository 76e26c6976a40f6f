package io.gatehouse.authorization;

import java.util.Optional;

/**
 * Reads a rule from the annotations of a resource method. Every CDI bean of this type takes part: its rule is asked after
 * roles, scopes and the login, for the resource method and for each sub-resource locator on the way to it.
 */
@FunctionalInterface
public interface ResourceCheck {

    /** The rule for all calls of the method; empty where it asks nothing. Asked once, before the first call. */
    Optional<AccessRule> ruleFor(ResourceMethod method);
}
