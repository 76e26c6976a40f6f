package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CASE;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIM_PREFIXES;
import static io.gatehouse.config.ConfigProperty.ROLE_DEFAULTS;
import static io.gatehouse.config.ConfigProperty.ROLE_GROUPS_FILE;
import static io.gatehouse.config.ConfigProperty.ROLE_MAP;
import static io.gatehouse.config.ConfigProperty.ROLE_MAPPED_ONLY;
import static io.gatehouse.config.ConfigProperty.ROLE_PREFIX;
import static io.gatehouse.config.ConfigProperty.ROLE_STRIPPED_PREFIXES;

import io.gatehouse.roles.GroupsFile;
import io.gatehouse.roles.LetterCase;
import io.gatehouse.roles.RoleSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the tokens of one issuer say about roles. For one thread. */
final class RoleConfigReader {

    /** An introspection answer has no roles by the standard, but scopes. */
    static final List<String> DEFAULT_ANSWER_CLAIMS = List.of("groups", "scope");

    private final PropertyValues values;
    private final ResourceReader resources;
    private final List<String> claimsOfSignedTokens;
    private final List<String> claimsOfAnswers;
    private final RoleSettings settings;

    RoleConfigReader(PropertyValues values, ResourceReader resources) {
        this.values = values;
        this.resources = resources;
        this.claimsOfSignedTokens = values.list(ROLE_CLAIMS).orElse(RoleSettings.DEFAULT_CLAIM_PATHS);
        this.claimsOfAnswers = values.list(INTROSPECTION_ROLE_CLAIMS).orElse(DEFAULT_ANSWER_CLAIMS);
        this.settings = settings();
    }

    RoleSettings ofSignedTokens() {
        return settings.withClaimPaths(claimsOfSignedTokens);
    }

    RoleSettings ofAnswers() {
        return settings.withClaimPaths(claimsOfAnswers);
    }

    private RoleSettings settings() {
        return new RoleSettings(
                List.of(),
                granted(),
                strippedPrefixes(),
                letterCase(),
                values.chosen(ROLE_CLAIM_PREFIXES),
                values.text(ROLE_PREFIX).orElse(""),
                values.flag(ROLE_MAPPED_ONLY),
                defaults());
    }

    private Set<String> defaults() {
        List<String> roles = values.list(ROLE_DEFAULTS).orElse(List.of());
        roles.stream()
                .filter(role -> !RoleSettings.isRoleName(role))
                .forEach(role -> values.problem(ROLE_DEFAULTS, noRole(role)));
        return Set.copyOf(roles);
    }

    /** The map and the groups file together: who has a role has what either gives. */
    private Map<String, Set<String>> granted() {
        Map<String, Set<String>> granted = new HashMap<>(groupsFile());
        values.chosen(ROLE_MAP).forEach((role, text) -> {
            List<String> further = PropertyValues.split(text);
            further.stream()
                    .filter(name -> !RoleSettings.isRoleName(name))
                    .forEach(name -> values.problem(ROLE_MAP, role, noRole(name)));
            if (!RoleSettings.isRoleName(role)) {
                values.problem(ROLE_MAP, role, "nobody can have the role");
            }
            granted.merge(role, Set.copyOf(further), RoleConfigReader::union);
        });
        return granted;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static String noRole(String name) {
        return "\"" + name + "\" cannot be the name of a role";
    }

    private Map<String, Set<String>> groupsFile() {
        String location = values.text(ROLE_GROUPS_FILE).orElse(null);
        String text = location == null ? null : readGroupsFile(location);
        return text == null
                ? Map.of()
                : GroupsFile.parse(text).match(GroupsFile.Granted::roles, unusable -> {
                    unusable.problems().forEach(problem -> values.problem(ROLE_GROUPS_FILE, problem));
                    return Map.of();
                });
    }

    private @Nullable String readGroupsFile(String location) {
        if (ResourceReader.isRemote(location)) {
            values.problem(ROLE_GROUPS_FILE, "is a file or a class path resource; nothing is fetched");
            return null;
        }
        return resources.read(ROLE_GROUPS_FILE, location, values);
    }

    private Map<String, List<String>> strippedPrefixes() {
        Map<String, List<String>> prefixes = new HashMap<>();
        values.chosen(ROLE_STRIPPED_PREFIXES).forEach((claim, text) -> {
            if (!claimsOfSignedTokens.contains(claim) && !claimsOfAnswers.contains(claim)) {
                values.problem(
                        ROLE_STRIPPED_PREFIXES,
                        claim,
                        "is about a claim that lists no roles: see " + values.name(ROLE_CLAIMS));
            }
            prefixes.put(claim, PropertyValues.split(text));
        });
        return prefixes;
    }

    private LetterCase letterCase() {
        String text = values.text(ROLE_CASE).orElse("as-is");
        return switch (text) {
            case "as-is" -> LetterCase.AS_IS;
            case "upper" -> LetterCase.UPPER;
            case "lower" -> LetterCase.LOWER;
            default -> {
                values.problem(ROLE_CASE, "\"" + text + "\" is not as-is, upper or lower");
                yield LetterCase.AS_IS;
            }
        };
    }
}
