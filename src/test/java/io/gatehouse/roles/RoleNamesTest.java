package io.gatehouse.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ClaimPath;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ValidatedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the names that a token gives to roles: stripped, in another case, prefixed, mapped; and odd ones. */
class RoleNamesTest {

    private static RoleSettings settings(List<String> stripped, LetterCase letterCase, String prefix) {
        return new RoleSettings(
                List.of("roles"),
                Map.of("admin", Set.of("root")),
                Map.of("roles", stripped),
                letterCase,
                Map.of("roles", prefix),
                "",
                false,
                Set.of());
    }

    private static ValidatedToken token(String claim, String json) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.remove("groups");
        claims.put(claim, json);
        return TestTokens.validated(claims);
    }

    private static Set<String> mapped(RoleSettings settings, String... roles) {
        String json = Stream.of(roles).map(TestJson::quote).collect(Collectors.joining(",", "[", "]"));
        return RoleMapper.of(settings, TestTokens.CLOCK).roles(token("roles", json));
    }

    private static String[] words(String text) {
        return text == null ? new String[0] : text.split(" ");
    }

    @Nested
    class Stripped {

        @ParameterizedTest
        @CsvSource({
            "ROLE_user, user",
            "ROLE_, ",
            "ROLE_ROLE_user, ROLE_user",
            "role_user, role_user",
            "xROLE_user, xROLE_user",
            "/user, user",
            "//user, /user",
            "/org/user, org/user",
            "/ROLE_user, ROLE_user",
            "user, user",
            "ROLE_admin, admin root",
            "/admin, admin root",
            "ROLE_*, ",
            "ROLE_**, ",
            "/**, ",
            "'ROLE_ ', "
        })
        void loseThePrefixOnceAndMayThenBeMapped(String role, String expected) {
            RoleSettings settings = settings(List.of("ROLE_", "/"), LetterCase.AS_IS, "");
            assertThat(mapped(settings, role)).containsExactlyInAnyOrder(words(expected));
        }

        @Test
        void loseThePrefixOfTheirClaimOnly() {
            RoleSettings settings = new RoleSettings(
                    List.of("roles", "scope"),
                    Map.of(),
                    Map.of("roles", List.of("x-")),
                    LetterCase.AS_IS,
                    Map.of(),
                    "",
                    false,
                    Set.of());
            assertThat(RoleMapper.of(settings, TestTokens.CLOCK).roles(token("scope", "\"x-a x-b\"")))
                    .containsExactlyInAnyOrder("x-a", "x-b");
        }
    }

    @Nested
    class InAnotherCase {

        @ParameterizedTest
        @CsvSource({
            "Admin, ADMIN, admin",
            "ADMIN, ADMIN, admin",
            "time_series:read, TIME_SERIES:READ, time_series:read",
            "\u00c9t\u00e9, \u00c9T\u00c9, \u00e9t\u00e9",
            "title, TITLE, title",
            // Letters whose other case is another letter's as well stay what they are.
            "adm\u0131n, ADM\u0131N, adm\u0131n",
            "\u0130D, \u0130D, \u0130d",
            "\u212aelvin, \u212aELVIN, \u212aelvin",
            "\u017fuper, \u017fUPER, \u017fuper",
            "stra\u00dfe, STRA\u00dfE, stra\u00dfe",
            "\ud801\udc28, \ud801\udc00, \ud801\udc28"
        })
        void areTheSameWhateverTheLocale(String role, String upper, String lower) {
            Locale before = Locale.getDefault();
            try {
                for (Locale locale : List.of(Locale.ROOT, new Locale("tr"), new Locale("lt"))) {
                    Locale.setDefault(locale);
                    assertThat(mapped(settings(List.of(), LetterCase.UPPER, ""), role))
                            .containsExactlyInAnyOrder(upper);
                    assertThat(mapped(settings(List.of(), LetterCase.LOWER, ""), role))
                            .contains(lower);
                    assertThat(mapped(settings(List.of(), LetterCase.AS_IS, ""), role))
                            .contains(role);
                }
            } finally {
                Locale.setDefault(before);
            }
        }

        @Test
        void changeAfterThePrefixIsGoneAndBeforeTheNewOneComes() {
            assertThat(mapped(settings(List.of("ROLE_"), LetterCase.LOWER, "Realm:"), "ROLE_ADMIN", "role_ADMIN"))
                    .containsExactlyInAnyOrder("Realm:admin", "Realm:role_admin");
        }

        @Test
        void areMappedAsTheyThenAre() {
            assertThat(mapped(settings(List.of(), LetterCase.LOWER, ""), "ADMIN"))
                    .containsExactlyInAnyOrder("admin", "root");
            assertThat(mapped(settings(List.of(), LetterCase.UPPER, ""), "admin"))
                    .containsExactlyInAnyOrder("ADMIN");
        }
    }

    @Nested
    class ThatAreOdd {

        static Stream<String> names() {
            return Stream.of(
                    "*",
                    "**",
                    "",
                    " ",
                    "\t",
                    "\n",
                    "\u0000",
                    "a\u0000",
                    "admin\n",
                    "a\u001b[0m",
                    "\u007f",
                    "\u0085",
                    "\u00a0",
                    "\u2003",
                    "\u3000",
                    "\u200b",
                    "\u200b\u2060",
                    "\ufeff",
                    "a\u2028b",
                    "a\u2029b",
                    "\ud800",
                    "a\udc00",
                    "x".repeat(1025));
        }

        private static RoleSettings wherever(String odd, List<String> claims) {
            return new RoleSettings(
                    claims,
                    Map.of("user", Set.of(odd, "mapped"), odd, Set.of("gained")),
                    Map.of("roles", List.of("x-")),
                    LetterCase.LOWER,
                    Map.of(),
                    "",
                    false,
                    Set.of(odd, "default"));
        }

        @ParameterizedTest
        @MethodSource("names")
        void areNobodysRolesWhereverTheyComeFrom(String odd) {
            ValidatedToken token = token("roles", "[\"user\",\"x-user\"]");
            CallerRoles roles = CallerRoles.of(
                    RoleMapper.of(wherever(odd, List.of("roles")), TestTokens.CLOCK),
                    () -> List.of(any -> Set.of(odd, "own")),
                    TestTokens.CLOCK);
            assertThat(roles.roles(token)).containsExactlyInAnyOrder("default", "user", "mapped", "own");
        }

        @ParameterizedTest
        @MethodSource("names")
        void cannotBeMadeOfOrdinaryOnes(String odd) {
            RoleClaim claim = new RoleClaim(ClaimPath.of("roles"), List.of("x-"), LetterCase.UPPER, "");
            List<String> found = new ArrayList<>();
            Map<String, Object> members = Map.of("roles", Arrays.asList(odd, "x-" + odd, "ok"));
            claim.read(ClaimsSet.of(members), found::add);

            assertThat(found).containsExactlyInAnyOrder("OK");
        }

        @Test
        void areNotMadeByAPrefix() {
            assertThat(mapped(settings(List.of(), LetterCase.AS_IS, "*"), "*", "**", "", "a"))
                    .containsExactlyInAnyOrder("*a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "user\u00a0admin",
                    "user\u2003admin",
                    "user\uff0cadmin",
                    "user\u060cadmin",
                    "user;admin",
                    "user\u3001admin"
                })
        void areNotTakenApartAtWhatOnlyLooksLikeASeparator(String words) {
            assertThat(RoleMapper.of(settings(List.of(), LetterCase.AS_IS, ""), TestTokens.CLOCK)
                            .roles(token("roles", TestJson.quote(words))))
                    .containsExactlyInAnyOrder(words);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u0430dmin", "admin\u200b", " admin", "admin ", "\uff41dmin", "admi\u0301n", "ADMIN"})
        void areNotTheNamesThatTheyResemble(String role) {
            assertThat(mapped(settings(List.of("ROLE_"), LetterCase.AS_IS, ""), role, "ROLE_" + role))
                    .containsExactlyInAnyOrder(role)
                    .doesNotContain("admin", "root");
        }

        @Test
        void mayBeLong() {
            String longest = "x".repeat(1024);
            assertThat(mapped(settings(List.of(), LetterCase.AS_IS, ""), longest))
                    .containsExactlyInAnyOrder(longest);
        }
    }

    @Nested
    class OfClaims {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"'a b'|a b", "'a,b'|a b", "' a, ,b '|a b", "'a  b,,c'|a b c", "','|", "'** a *'|a", "''|"})
        void areTheWordsOfAString(String words, String expected) {
            assertThat(RoleMapper.of(settings(List.of(), LetterCase.AS_IS, ""), TestTokens.CLOCK)
                            .roles(token("roles", TestJson.quote(words))))
                    .containsExactlyInAnyOrder(words(expected));
        }

        @ParameterizedTest
        @ValueSource(strings = {"scope", "scp"})
        void areNotHiddenInTheNameOfAScopeThatHasACommaInIt(String claim) {
            RoleSettings settings = new RoleSettings(
                    List.of(claim), Map.of(), Map.of(), LetterCase.AS_IS, Map.of(), "", false, Set.of());
            assertThat(RoleMapper.of(settings, TestTokens.CLOCK).roles(token(claim, "\"pay:7,admin read\"")))
                    .containsExactlyInAnyOrder("pay:7,admin", "read");
        }
    }
}
