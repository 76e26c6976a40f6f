package io.gatehouse.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsFileTest {

    private static Map<String, Set<String>> granted(String text) {
        return GroupsFile.parse(text).match(GroupsFile.Granted::roles, unusable -> {
            throw new AssertionError(unusable.problems());
        });
    }

    private static List<String> problems(String text) {
        return GroupsFile.parse(text).match(granted -> List.of(), GroupsFile.Unusable::problems);
    }

    @Test
    void grantsThePermissionsOfEachRole() {
        String text = """
                // Who may do what.
                {
                    "OAuth": { // roles of Entra ID
                        "Users": ["(time_series, read)", "(model, read)"],
                        /* Everything,
                           "(nothing, else)" */
                        "Admins": ["(time_series, create)", "(time_series,delete)", " ( model , update ) "],
                        "Guests": []
                    },
                    "Kerberos": { "OAuth": ["whatever // is \\" here"], "Users": 1 }
                } // end""";

        assertThat(granted(text))
                .isEqualTo(Map.of(
                        "Users",
                        Set.of("time_series:read", "model:read"),
                        "Admins",
                        Set.of("time_series:create", "time_series:delete", "model:update"),
                        "Guests",
                        Set.of()));
    }

    @Test
    void mayKnowAreasAndOperationsOfTomorrow() {
        assertThat(granted("{\"OAuth\":{\"r\":[\"(hydro-sim.v2, run)\"]}}"))
                .isEqualTo(Map.of("r", Set.of("hydro-sim.v2:run")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"// \"", "/* \" { */", "//", "/**/", "/* // */", "// /*\n", "/*/ */", "\ufeff", "//\u00e9\n\r\n"
            })
    void mayHaveComments(String comment) {
        String text = comment + "\n{\"OAuth\":{\"r\":[\"(a, b)\"]}}";
        assertThat(granted(text)).isEqualTo(Map.of("r", Set.of("a:b")));
    }

    @Test
    void hasNoCommentsInItsTexts() {
        assertThat(granted("{\"OAuth\":{\"a//b\":[\"(a, b)\"],\"/*c*/\":[], \"\\\"//d\":[]}}"))
                .containsOnlyKeys("a//b", "/*c*/", "\"//d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is not JSON, nor JSON with comments: no JSON object at byte 0",
                "[]|is not JSON, nor JSON with comments: no JSON object at byte 0",
                "/* {}|has a comment that does not end",
                "/*/|has a comment that does not end",
                "{\"OAuth\":{}/|is not JSON, nor JSON with comments:",
                "{\"OAuth\":{\"a|is not JSON, nor JSON with comments:",
                "{\"OAuth\":{\"a\\|is not JSON, nor JSON with comments:",
                "/* c */ {\"OAuth\":{},\"OAuth\":{}}|is not JSON, nor JSON with comments: ",
                "{}|has no object \"OAuth\" that lists roles and their permissions",
                "{\"oauth\":{}}|has no object \"OAuth\" that lists roles and their permissions",
                "{\"OAuth\":[]}|has no object \"OAuth\" that lists roles and their permissions",
                "{\"OAuth\":{\"r\":\"(a, b)\"}}|the permissions of \"r\" are not in an array",
                "{\"OAuth\":{\"r\":[1]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"a:b\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"(a)\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"(a, b, c)\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"(a:b, c)\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"(*, *)\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"r\":[\"(, )\"]}}|a permission of \"r\" does not look like \"(time_series, read)\"",
                "{\"OAuth\":{\"**\":[]}}|\"**\" cannot be the name of a role",
                "{\"OAuth\":{\"\":[]}}|\"\" cannot be the name of a role",
                "{\"OAuth\":{\"a\\n\":[]}}|\"a?\" cannot be the name of a role"
            })
    void saysWhatIsWrong(String text, String problem) {
        assertThat(problems(text)).singleElement().asString().startsWith(problem);
    }

    @Test
    void saysAllThatIsWrongAndGrantsNothing() {
        assertThat(problems("{\"OAuth\":{\"*\":[\"x\"],\"r\":{},\"good\":[\"(a, b)\"]}}"))
                .hasSize(3);
    }
}
