package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerIndexTest {

    private static IssuerIndex<String> index(String... issuersAndValues) {
        Map<IssuerIdentifier, String> issuers = new HashMap<>();
        for (int i = 0; i < issuersAndValues.length; i += 2) {
            issuers.put(IssuerIdentifier.parse(issuersAndValues[i]).orElseThrow(), issuersAndValues[i + 1]);
        }
        return new IssuerIndex<>(issuers);
    }

    private static ClaimsSet claims(String iss, String sub) {
        return ClaimsSet.of(
                TestJson.parse(TestJson.object(Map.of("iss", TestJson.quote(iss), "sub", TestJson.quote(sub)))));
    }

    /** Claims that count how often they are looked at. */
    private static final class CountedClaims extends AbstractMap<String, Object> {
        private final Map<String, Object> members;
        private int reads;

        private CountedClaims(Map<String, Object> members) {
            this.members = members;
        }

        @Override
        public Object get(Object name) {
            reads++;
            return members.get(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new AssertionError("all claims were gone through");
        }
    }

    private static int readsToFind(IssuerIndex<String> index, Map<String, Object> members, String expected) {
        CountedClaims claims = new CountedClaims(members);
        assertThat(index.find(ClaimsSet.of(claims))).isEqualTo(Optional.ofNullable(expected));
        return claims.reads;
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, x, a",
        "https://b.example, x, b",
        "https://a.example/, x, ",
        "https://c.example/clients/x, x, template",
        "https://c.example/clients/x, y, ",
        "https://c.example/clients/special, special, exact",
        "https://c.example/clients/special, x, exact",
        "https://c.example/clients/x/v2, x, longer",
        "https://c.example/clients/ax, x, deeper",
        "https://c.example/clients/ax, ax, template",
        "https://c.example/clients/, x, ",
        "https://c.example, x, ",
        "'', x, "
    })
    void findsWhatBelongsToTheIssuer(String iss, String sub, String expected) {
        IssuerIndex<String> index = index(
                "https://a.example", "a",
                "https://b.example", "b",
                "https://c.example/clients/special", "exact",
                "https://c.example/clients/{sub}", "template",
                "https://c.example/clients/{sub}/v2", "longer",
                "https://c.example/clients/a{sub}", "deeper");

        assertThat(index.find(claims(iss, sub))).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"iss\":null}", "{\"iss\":1}", "{\"iss\":[\"https://a.example\"]}", "{\"iss\":{}}"})
    void findsNothingForATokenWithoutAnIssuer(String json) {
        assertThat(index("https://a.example", "a").find(ClaimsSet.of(TestJson.parse(json))))
                .isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNoIssuer() {
        assertThat(new IssuerIndex<>(Map.of()).find(claims("https://a.example", "x")))
                .isEmpty();
    }

    @Test
    void looksAtAsMuchAmongAThousandIssuersAsAmongTwo() {
        Map<String, Object> members = Map.of("iss", "https://issuer.example/1", "sub", "x");
        IssuerIndex<String> few = thousands(2);
        IssuerIndex<String> many = thousands(1_000);

        assertThat(readsToFind(many, members, "exact 1"))
                .isEqualTo(readsToFind(few, members, "exact 1"))
                .isEqualTo(1);
    }

    @Test
    void looksForATemplateOnlyAmongThoseThatBeginLikeTheIssuer() {
        Map<String, Object> members = Map.of("iss", "https://issuer.example/1/x", "sub", "x");
        Map<String, Object> unknown = Map.of("iss", "https://issuer.example/none/x", "sub", "x");

        assertThat(readsToFind(thousands(1_000), members, "template 1"))
                .isEqualTo(readsToFind(thousands(2), members, "template 1"));
        assertThat(readsToFind(thousands(1_000), unknown, null)).isEqualTo(1);
    }

    /** Half of them exact, half of them templates. */
    private static IssuerIndex<String> thousands(int count) {
        Map<IssuerIdentifier, String> issuers = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> {
            issuers.put(IssuerIdentifier.exactly("https://issuer.example/" + i), "exact " + i);
            issuers.put(
                    IssuerIdentifier.parse("https://issuer.example/" + i + "/{sub}")
                            .orElseThrow(),
                    "template " + i);
        });
        return new IssuerIndex<>(issuers);
    }
}
