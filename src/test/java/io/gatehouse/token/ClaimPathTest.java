package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimPathTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    groups               ; {"groups":["a"]}                                     ; [[a]]
                    groups               ; {"Groups":["a"]}                                     ; []
                    groups               ; {}                                                   ; []
                    groups               ; {"groups":null}                                      ; [null]
                    a.b                  ; {"a":{"b":1}}                                        ; [1]
                    a.b                  ; {"a.b":2,"a":{"b":1}}                                ; [2]
                    a.b                  ; {"a":1}                                              ; []
                    a.b                  ; {"a":[{"b":1}]}                                      ; []
                    a.b                  ; {"b":1}                                              ; []
                    a.b.c                ; {"a":{"b.c":1,"b":{"c":2}}}                          ; [1]
                    a.b.c                ; {"a.b":{"c":3},"a":{"b":{"c":2}}}                    ; [3]
                    a.b.c                ; {"a":{"b":{"c":2}}}                                  ; [2]
                    a[].b                ; {"a":[{"b":1},{"c":0},7,{"b":2}]}                    ; [1, 2]
                    a[].b                ; {"a":{"b":1}}                                        ; []
                    a[].b                ; {"a[]":{"b":3},"a":[{"b":1}]}                        ; [3]
                    a[].b[].c            ; {"a":[{"b":[{"c":1}]},{"b":[{"c":2},{"c":3}]}]}      ; [1, 2, 3]
                    a[]                  ; {"a":["x",{"y":1}]}                                  ; [x, {y=1}]
                    https://x.example/r  ; {"https://x.example/r":["a"]}                        ; [[a]]
                    """)
    void leadsTo(String path, String claims, String values) {
        assertThat(ClaimPath.of(path).values(ClaimsSet.of(TestJson.parse(claims))))
                .hasToString(values);
    }

    @Test
    void ofMoreThanSixteenNamesIsOneName() {
        String sixteen = "a" + ".a".repeat(15);
        String json = "{\"a\":".repeat(16) + "1" + "}".repeat(16);
        assertThat(ClaimPath.of(sixteen).values(ClaimsSet.of(TestJson.parse(json))))
                .hasToString("[1]");

        String seventeen = sixteen + ".a";
        String deeper = "{\"a\":".repeat(17) + "1" + "}".repeat(17);
        assertThat(ClaimPath.of(seventeen).values(ClaimsSet.of(TestJson.parse(deeper))))
                .isEmpty();
        assertThat(ClaimPath.of(seventeen).values(ClaimsSet.of(TestJson.parse("{\"" + seventeen + "\":2}"))))
                .hasToString("[2]");
    }

    @Test
    void isWrittenAsItWas() {
        assertThat(ClaimPath.of("a.b[].c").text()).isEqualTo("a.b[].c");
        assertThat(ClaimPath.of("a.b[].c")).hasToString("a.b[].c");
    }
}
