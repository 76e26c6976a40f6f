package io.gatehouse.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleMapperTest {

    private static Set<String> roles(RoleSettings settings, Map<String, String> claims) {
        return RoleMapper.of(settings, TestTokens.CLOCK).roles(TestTokens.validated(claims));
    }

    /** The roles of a token with this claim and no groups, where the paths say so. */
    private static Set<String> roles(List<String> paths, String claim, String json) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.remove("groups");
        if (!json.equals("absent")) {
            claims.put(claim, json);
        }
        return roles(new RoleSettings(paths, Map.of()), claims);
    }

    private static Set<String> groups(String json) {
        return roles(RoleSettings.DEFAULT_CLAIM_PATHS, "groups", json);
    }

    @Nested
    class Groups {

        @ParameterizedTest
        @CsvSource(
                value = {
                    "[\"a\"];a",
                    "[\"b\",\"a\"];b,a",
                    "[\"a\",\"a\"];a",
                    "[\"a b\"];a b",
                    "[\"\u00e9\"];\u00e9",
                    "[\"A\",\"a\"];A,a",
                    "[\"ROLE_a\"];ROLE_a"
                },
                delimiter = ';',
                quoteCharacter = '`')
        void areRolesAsTheyAre(String json, String expected) {
            assertThat(groups(json)).containsExactlyInAnyOrder(expected.split(","));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "1",
                    "true",
                    "\"admin\"",
                    "\"admin,user\"",
                    "{}",
                    "{\"admin\":true}",
                    "{\"roles\":[\"admin\"]}",
                    "[]",
                    "[1]",
                    "[null]",
                    "[[\"admin\"]]",
                    "[{\"name\":\"admin\"}]",
                    "[\"admin\",1]",
                    "[\"admin\",null]",
                    "[\"admin\",[\"x\"]]"
                })
        void thatAreNoArrayOfStringsAreNoRoles(String json) {
            assertThat(groups(json)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "**", "", " ", "\\t", "\\u2003", "a\\u0000", "a\\n", "\\u007f", "\\u0085"})
        void thatMeanAnybodyOrNothingAreLeftOut(String role) {
            assertThat(groups("[\"" + role + "\",\"user\"]")).containsExactly("user");
        }

        @Test
        void areUnmodifiable() {
            Set<String> roles = groups("[\"a\"]");
            assertThatThrownBy(() -> roles.add("admin")).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Paths {

        private static final String REALM = "{\"roles\":[\"admin\"]}";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "realm_access",
                    "roles",
                    "scope",
                    "scp",
                    "authorities",
                    "Groups",
                    "GROUPS",
                    "group",
                    "cognito:groups"
                })
        void thatAreNotConfiguredCount(String claim) {
            assertThat(groups("absent")).isEmpty();
            assertThat(roles(List.of("groups"), claim, "[\"admin\"]")).isEmpty();
        }

        @Test
        void leadIntoObjects() {
            assertThat(roles(List.of("realm_access.roles"), "realm_access", REALM))
                    .containsExactly("admin");
            assertThat(roles(List.of("a.b.c"), "a", "{\"b\":{\"c\":[\"x\"]}}")).containsExactly("x");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "realm_access",
                    "realm_access.role",
                    "realm_access.roles.admin",
                    "realm_access.",
                    ".roles",
                    "roles",
                    "..",
                    ""
                })
        void thatLeadNowhereHoldNoRoles(String path) {
            assertThat(roles(List.of(path), "realm_access", REALM)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "[]", "[{\"roles\":[\"admin\"]}]", "\"roles\"", "{\"roles\":1}"})
        void throughSomethingElseHoldNoRoles(String json) {
            assertThat(roles(List.of("realm_access.roles"), "realm_access", json))
                    .isEmpty();
        }

        @Test
        void mayBeTheNameOfAClaimWithDotsInIt() {
            String url = "https://example.com/claims/roles";
            assertThat(roles(List.of(url), url, "[\"admin\"]")).containsExactly("admin");
        }

        @Test
        void preferTheClaimOfThatName() {
            Map<String, String> claims = TestTokens.validClaims();
            claims.put("a", "{\"b\":[\"nested\"]}");
            claims.put("a.b", "[\"named\"]");
            assertThat(roles(new RoleSettings(List.of("a.b"), Map.of()), claims))
                    .containsExactly("named");
        }

        @Test
        void areAllRead() {
            Map<String, String> claims = TestTokens.validClaims();
            claims.put("groups", "[\"a\",\"b\"]");
            claims.put("roles", "[\"b\",\"c\"]");
            assertThat(roles(new RoleSettings(List.of("groups", "roles"), Map.of()), claims))
                    .containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Nested
    class Granted {

        private final RoleSettings settings =
                new RoleSettings(List.of("groups"), Map.of("boss", Set.of("admin", "user"), "admin", Set.of("root")));

        private Set<String> granted(String groups) {
            Map<String, String> claims = TestTokens.validClaims();
            claims.put("groups", groups);
            return roles(settings, claims);
        }

        @Test
        void comeBesidesTheRoleThatGivesThem() {
            assertThat(granted("[\"boss\"]")).containsExactlyInAnyOrder("boss", "admin", "user");
        }

        @Test
        void giveNothingFurther() {
            assertThat(granted("[\"boss\"]")).doesNotContain("root");
            assertThat(granted("[\"admin\"]")).containsExactlyInAnyOrder("admin", "root");
        }

        @Test
        void areNotForOtherRoles() {
            assertThat(granted("[\"BOSS\",\"bos\",\"boss \"]")).containsExactlyInAnyOrder("BOSS", "bos", "boss ");
        }
    }

    @Nested
    class TakeLittleMemory {

        private final RoleMapper mapper =
                RoleMapper.of(new RoleSettings(List.of("groups"), Map.of()), new MutableClock());

        private Set<String> read(String groups) {
            Map<String, String> claims = TestTokens.validClaims();
            claims.put("groups", groups);
            return mapper.roles(TestTokens.validated(claims));
        }

        @Test
        void becauseCallersWithTheSameRolesShareThem() {
            Set<String> roles = read("[\"orders-reader\",\"orders-writer\"]");
            assertThat(read("[\"orders-writer\",\"orders-reader\"]")).isSameAs(roles);
            assertThat(read("[\"orders-reader\"]")).containsExactly("orders-reader");
        }

        /** Ever so many sets, so that many meet in one place. */
        @Test
        void andHaveNoneOfOthers() {
            for (int i = 0; i < 2_000; i++) {
                assertThat(read("[\"team-" + i + "\",\"user\"]")).containsExactlyInAnyOrder("team-" + i, "user");
            }
        }

        @Test
        void andCannotBeChanged() {
            Set<String> roles = read("[\"user\"]");
            assertThatThrownBy(() -> roles.add("admin")).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
