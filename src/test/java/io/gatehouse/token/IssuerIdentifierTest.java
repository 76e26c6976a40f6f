package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerIdentifierTest {

    private static final String CLIENTS = "https://login.example.com/v1/clients/{sub}";

    private static IssuerIdentifier parse(String text) {
        return IssuerIdentifier.parse(text).orElseThrow();
    }

    /** Names and JSON values in turn. */
    private static ClaimsSet claims(String... namesAndValues) {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ClaimsSet.of(TestJson.parse(TestJson.object(members)));
    }

    private static boolean isNamed(IssuerIdentifier issuer, String iss, String sub) {
        return issuer.isNamedBy(claims("iss", TestJson.quote(iss), "sub", TestJson.quote(sub)));
    }

    @Nested
    class ThatIsExact {

        @ParameterizedTest
        @CsvSource({
            "https://login.example.com/main, true",
            "https://login.example.com/main/, false",
            "https://login.example.com/Main, false",
            "https://LOGIN.example.com/main, false",
            "https://login.example.com:443/main, false",
            "https://login.example.com/mai, false",
            "https://login.example.com/main/more, false",
            "https://login.example.com/%6Dain, false",
            "http://login.example.com/main, false",
            "login.example.com/main, false",
            "'', false"
        })
        void isComparedCharacterByCharacter(String iss, boolean named) {
            assertThat(isNamed(parse("https://login.example.com/main"), iss, "alice"))
                    .isEqualTo(named);
        }

        @Test
        void keepsItsSlash() {
            IssuerIdentifier issuer = parse("https://sts.windows.net/4a1f/");

            assertThat(isNamed(issuer, "https://sts.windows.net/4a1f/", "a")).isTrue();
            assertThat(isNamed(issuer, "https://sts.windows.net/4a1f", "a")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "null", "true", "{}", "[\"https://issuer.example\"]"})
        void isNoOtherJsonThanAString(String json) {
            assertThat(parse("https://issuer.example").isNamedBy(claims("iss", json)))
                    .isFalse();
        }

        @Test
        void needNotBeAUrl() {
            assertThat(isNamed(parse("accounts.google.com"), "accounts.google.com", "1"))
                    .isTrue();
        }

        @Test
        void mayHaveBracesIfNobodyReadsThemAsATemplate() {
            IssuerIdentifier exact = IssuerIdentifier.exactly(CLIENTS);

            assertThat(exact.isTemplate()).isFalse();
            assertThat(isNamed(exact, CLIENTS, "alice")).isTrue();
            assertThat(isNamed(exact, "https://login.example.com/v1/clients/alice", "alice"))
                    .isFalse();
            assertThat(exact).isNotEqualTo(parse(CLIENTS));
        }
    }

    @Nested
    class ThatIsATemplate {

        private static final String PREFIX = "https://login.example.com/v1/clients/";

        @ParameterizedTest
        @CsvSource({
            "sc_abc, sc_abc, true",
            "sc_abc, sc_abd, false",
            "sc_abc, SC_ABC, false",
            "sc_abc/, sc_abc, false",
            "sc_abc/more, sc_abc, false",
            "sc_abc, sc_abc/, false",
            "'', sc_abc, false",
            "'', '', false",
            "' ', ' ', false",
            "%20, ' ', true",
            "a/b, a/b, false",
            "a%2Fb, a/b, true",
            "a%2fb, a/b, false",
            "a%2Fb, a%2Fb, false",
            "a%252Fb, a%2Fb, true",
            ".., .., false",
            "%2E%2E, .., false",
            "., ., false",
            "..., ..., true",
            "../evil, ../evil, false",
            "..%2Fevil, ../evil, true",
            "a%3Fb, a?b, true",
            "a?b, a?b, false",
            "a%23b, a#b, true",
            "a#b, a#b, false",
            "{sub}, {sub}, false",
            "%7Bsub%7D, {sub}, true",
            "{sub}, x, false",
            "a%2Bb, a+b, true",
            "a+b, a b, false",
            "a%20b, a b, true",
            "a~(b)!*, a~(b)!*, true",
            "auth0%7C1, auth0|1, true",
            "j%C3%BCrgen, jürgen, true"
        })
        void isCompletedByItsOwnSubjectAsOneSegment(String end, String sub, boolean named) {
            assertThat(isNamed(parse(CLIENTS), PREFIX + end, sub)).isEqualTo(named);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "true", "null", "[\"1\"]", "{\"1\":1}"})
        void isCompletedByNoClaimThatIsNoString(String sub) {
            assertThat(parse(CLIENTS).isNamedBy(claims("iss", TestJson.quote(PREFIX + "1"), "sub", sub)))
                    .isFalse();
            assertThat(parse(CLIENTS).isNamedBy(claims("iss", TestJson.quote(PREFIX + "null"), "sub", sub)))
                    .isFalse();
        }

        @Test
        void isNotCompletedByAClaimThatIsLongerThanASubject() {
            assertThat(isNamed(parse(CLIENTS), PREFIX + "a".repeat(255), "a".repeat(255)))
                    .isTrue();
            assertThat(isNamed(parse(CLIENTS), PREFIX + "a".repeat(256), "a".repeat(256)))
                    .isFalse();
        }

        @Test
        void isNotCompletedByAClaimThatIsMissing() {
            assertThat(parse(CLIENTS).isNamedBy(claims("iss", TestJson.quote(PREFIX + "null"))))
                    .isFalse();
            assertThat(parse(CLIENTS).isNamedBy(claims("sub", "\"a\""))).isFalse();
            assertThat(parse(CLIENTS).isNamedBy(claims())).isFalse();
        }

        @Test
        void hasThatHostAndNoOther() {
            assertThat(isNamed(parse(CLIENTS), "https://login.example.com.evil.example/v1/clients/a", "a"))
                    .isFalse();
            assertThat(isNamed(parse(CLIENTS), "https://evil.example/v1/clients/a", "a"))
                    .isFalse();
        }

        @Test
        void isCompletedByWhateverClaimItNames() {
            IssuerIdentifier issuer = parse("https://login.example.com/{https://example.com/tenant}/v2.0");
            String tenant = "https://example.com/tenant";

            assertThat(issuer.isNamedBy(claims("iss", "\"https://login.example.com/t1/v2.0\"", tenant, "\"t1\"")))
                    .isTrue();
            assertThat(issuer.isNamedBy(claims("iss", "\"https://login.example.com/t1/v2.0\"", tenant, "\"t2\"")))
                    .isFalse();
            assertThat(issuer.isNamedBy(claims("iss", "\"https://login.example.com/t1/v2.0\"", "sub", "\"t1\"")))
                    .isFalse();
            assertThat(issuer.isNamedBy(claims("iss", "\"https://login.example.com/t1\"", tenant, "\"t1\"")))
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{iss}",
                    "{sub}",
                    "https://{sub}",
                    "https://{sub}/",
                    "https://{sub}.example.com/",
                    "https://example.com{sub}",
                    "https://example.com:{port}/",
                    "{scheme}://example.com/",
                    "://example.com/{sub}",
                    "example.com/{sub}",
                    "/{sub}",
                    "https://example.com/{}",
                    "https://example.com/{sub",
                    "https://example.com/sub}",
                    "https://example.com/}sub{",
                    "https://example.com/{{sub}}",
                    "{https://example.com/sub",
                    "}https://example.com/sub",
                    "https://example.com/{a}/{b}",
                    "https://example.com/{a}{b}"
                })
        void isNoneWhereATokenCouldChooseMoreThanOneSegment(String text) {
            assertThat(IssuerIdentifier.parse(text)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/{sub}, https://h/{client_id}, true",
        "https://h/{sub}, https://h/{sub}/v2, true",
        "https://h/a{sub}, https://h/{sub}, true",
        "https://h/a{sub}, https://h/{client_id}a, true",
        "https://h/a/{sub}, https://h/b/{sub}, false",
        "https://h/{sub}/v1, https://h/{client_id}/v2, false",
        "https://h/{sub}, https://other/{sub}, false",
        "https://h/{sub}, https://h/a, false",
        "https://h/a, https://h/{sub}, false",
        "https://h/a, https://h/a, false"
    })
    void overlapsWithATemplateThatOneIssuerCouldCompleteToo(String one, String other, boolean overlaps) {
        assertThat(parse(one).overlaps(parse(other))).isEqualTo(overlaps);
        assertThat(parse(other).overlaps(parse(one))).isEqualTo(overlaps);
    }

    @Test
    void isWrittenAsItWasConfigured() {
        assertThat(parse(CLIENTS))
                .hasToString(CLIENTS)
                .isEqualTo(parse(CLIENTS))
                .hasSameHashCodeAs(parse(CLIENTS));
        assertThat(parse(CLIENTS).text()).isEqualTo(CLIENTS);
    }
}
