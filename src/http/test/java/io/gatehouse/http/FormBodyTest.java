package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormBodyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a&b   | a%26b",
                "a=b   | a%3Db",
                "a+b   | a%2Bb",
                "a%b   | a%25b",
                "a b   | a+b",
                "é     | %C3%A9",
                "€     | %E2%82%AC",
                "🔑    | %F0%9F%94%91",
                "\"    | %22",
                "a;b#? | a%3Bb%23%3F",
                "-._*9 | -._*9",
            })
    void encodesNamesAndValues(String text, String encoded) {
        assertThat(encoding(FormBody.empty().with(text, text))).isEqualTo(encoded + "=" + encoded);
    }

    @Test
    void encodesLineBreaks() {
        assertThat(encoding(FormBody.empty().with("a", "\r\nb"))).isEqualTo("a=%0D%0Ab");
    }

    /** The example of RFC 6749 appendix B. */
    @Test
    void encodesTheExampleOfTheStandard() {
        assertThat(FormBody.encode(" %&+£€")).isEqualTo("+%25%26%2B%C2%A3%E2%82%AC");
    }

    @Test
    void keepsOrderAndRepetitions() {
        FormBody form = FormBody.empty().with("resource", "a").with("scope", "").with("resource", "b");

        assertThat(encoding(form)).isEqualTo("resource=a&scope=&resource=b");
    }

    @Test
    void leavesTheFormItStartsFromAsItWas() {
        FormBody form = FormBody.empty().with("a", "1");
        form.with("b", "2");

        assertThat(encoding(form)).isEqualTo("a=1");
    }

    @Test
    void showsNamesButNoValues() {
        FormBody form = FormBody.empty().with("client_secret", "s3cret").with("token", "t0ken");

        assertThat(form).hasToString("FormBody[client_secret, token]");
    }

    private static String encoding(FormBody form) {
        return new String(form.bytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void tellsItsValuesByName() {
        FormBody form = FormBody.empty().with("b", "1 &").with("a", "2").with("b", "3");

        assertThat(form.values()).containsExactly(entry("b", List.of("1 &", "3")), entry("a", List.of("2")));
    }
}
