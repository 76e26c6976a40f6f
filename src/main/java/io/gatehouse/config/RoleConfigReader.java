package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIM_PREFIXES;
import static io.gatehouse.config.ConfigProperty.ROLE_DEFAULTS;
import static io.gatehouse.config.ConfigProperty.ROLE_MAP;
import static io.gatehouse.config.ConfigProperty.ROLE_MAPPED_ONLY;
import static io.gatehouse.config.ConfigProperty.ROLE_PREFIX;

import io.gatehouse.roles.RoleSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what the tokens of one issuer say about roles. For one thread. */
final class RoleConfigReader {

    /** An introspection answer has no roles by the standard, but scopes. */
    static final List<String> DEFAULT_ANSWER_CLAIMS = List.of("groups", "scope");

    private final PropertyValues values;

    RoleConfigReader(PropertyValues values) {
        this.values = values;
    }

    RoleSettings ofSignedTokens() {
        return settings(values.list(ROLE_CLAIMS).orElse(RoleSettings.DEFAULT_CLAIM_PATHS));
    }

    RoleSettings ofAnswers() {
        return settings(values.list(INTROSPECTION_ROLE_CLAIMS).orElse(DEFAULT_ANSWER_CLAIMS));
    }

    private RoleSettings settings(List<String> claimPaths) {
        Map<String, Set<String>> granted = new HashMap<>();
        values.chosen(ROLE_MAP).forEach((role, roles) -> granted.put(role, Set.copyOf(PropertyValues.split(roles))));
        return new RoleSettings(
                claimPaths,
                granted,
                values.chosen(ROLE_CLAIM_PREFIXES),
                values.text(ROLE_PREFIX).orElse(""),
                values.flag(ROLE_MAPPED_ONLY),
                Set.copyOf(values.list(ROLE_DEFAULTS).orElse(List.of())));
    }
}
