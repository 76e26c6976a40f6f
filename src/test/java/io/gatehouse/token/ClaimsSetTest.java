package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.json.JsonNull;
import io.gatehouse.testing.TestJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsSetTest {

    private static ClaimsSet claims(String json) {
        return ClaimsSet.of(TestJson.parse(json));
    }

    @Test
    void tellsAnAbsentClaimFromNull() {
        assertThat(claims("{\"a\":null}").value("a")).contains(JsonNull.NULL);
        assertThat(claims("{}").value("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[\"x\"]", "{}"})
    void seesNoStringInAnotherType(String json) {
        assertThat(claims("{\"a\":" + json + "}").string("a")).isEmpty();
    }

    @Test
    void seesAString() {
        assertThat(claims("{\"a\":\"x\"}").string("a")).contains("x");
    }

    @Test
    void readsStringsOfAnArrayOrALoneOne() {
        ClaimsSet claims = claims("{\"one\":\"x\",\"more\":[\"x\",1,null,[\"y\"],\"z\"],\"none\":1}");

        assertThat(claims.strings("one")).containsExactly("x");
        assertThat(claims.strings("more")).containsExactly("x", "z");
        assertThat(claims.strings("none")).isEqualTo(List.of());
        assertThat(claims.strings("absent")).isEqualTo(List.of());
    }

    @Test
    void keepsTheOrderOfTheToken() {
        ClaimsSet claims = claims("{\"c\":1,\"a\":2,\"b\":3}");

        assertThat(claims.names()).containsExactly("c", "a", "b");
        assertThat(claims.asMap()).containsEntry("c", 1L);
    }

    @Test
    void givesStringsThatCannotBeChanged() {
        ClaimsSet claims = claims("{\"all\":[\"x\",\"y\"],\"some\":[\"x\",1]}");

        assertThat(claims.strings("all")).containsExactly("x", "y");
        for (String name : List.of("all", "some")) {
            assertThatThrownBy(() -> claims.strings(name).add("z")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.strings(name).set(0, "z"))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
