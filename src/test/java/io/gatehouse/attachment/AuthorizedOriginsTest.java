package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedOriginsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://api.example.com        | https://api.example.com/orders?x=1#y
                    https://api.example.com        | HTTPS://API.Example.COM/
                    https://api.example.com        | https://api.example.com:443/orders
                    https://api.example.com        | https://api.example.com:/orders
                    https://api.example.com:443/   | https://api.example.com
                    HTTPS://API.example.com        | https://api.example.com/orders
                    https://api.example.com:8443   | https://api.example.com:8443/orders
                    http://localhost               | http://localhost:80/orders
                    http://127.0.0.1:9080          | http://127.0.0.1:9080/orders
                    http://[::1]:9080              | http://[0:0:0:0:0:0:0:1]:9080/orders
                    https://[2001:DB8::1]          | https://[2001:db8:0:0:0:0:0:1]/orders
                    https://bücher.example         | https://xn--bcher-kva.example/orders
                    https://bücher.example:8443/   | https://XN--bcher-kva.example:8443/orders
                    """)
    void containTheTarget(String origin, String target) {
        assertThat(AuthorizedOrigins.of(List.of(origin), false).contains(URI.create(target)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://api.example.com      | http://api.example.com/orders
                    https://api.example.com      | http://api.example.com:443/orders
                    https://api.example.com      | https://api.example.com:8443/orders
                    https://api.example.com      | https://evil.example/orders
                    https://api.example.com      | https://api.example.com.evil.example/orders
                    https://api.example.com      | https://evilapi.example.com/orders
                    https://api.example.com      | https://example.com/orders
                    https://api.example.com      | https://v2.api.example.com/orders
                    https://api.example.com      | https://api.example.com./orders
                    https://api.example.com      | https://api.example.com@evil.example/orders
                    https://api.example.com      | https://api.example.com:443@evil.example/orders
                    https://api.example.com      | https://someone@api.example.com/orders
                    https://api.example.com      | https://@api.example.com/orders
                    https://api.example.com      | https://evil.example/https://api.example.com
                    https://api.example.com      | https://evil.example?https://api.example.com
                    https://api.example.com      | https://evil.example#@api.example.com/
                    https://api.example.com      | //api.example.com/orders
                    https://api.example.com      | /orders
                    https://api.example.com      | https:api.example.com
                    https://api.example.com      | ftp://api.example.com/orders
                    https://api.example.com      | wss://api.example.com/orders
                    https://api.example.com:8443 | https://api.example.com/orders
                    http://localhost:9080        | http://127.0.0.1:9080/orders
                    http://127.0.0.1:9080        | http://localhost:9080/orders
                    http://127.0.0.1:9080        | http://127.0.0.1:9081/orders
                    http://127.0.0.1:9080        | http://127.0.0.1:99080/orders
                    http://127.0.0.1:9080        | http://127.0.0.2:9080/orders
                    http://127.0.0.1:9080        | http://[::ffff:127.0.0.1]:9080/orders
                    http://[::1]:9080            | http://[::2]:9080/orders
                    http://[::1]:9080            | http://[::1%25lo]:9080/orders
                    https://bücher.example       | https://bücher.example/orders
                    https://bücher.example       | https://bucher.example/orders
                    """)
    void doNotContainTheTarget(String origin, String target) {
        assertThat(AuthorizedOrigins.of(List.of(origin), false).contains(URI.create(target)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "api.example.com:8443",
                "https://",
                "https:///orders",
                "https://api.example.com/orders",
                "https://api.example.com?",
                "https://api.example.com/#",
                "https://someone@api.example.com",
                "https://api.example.com:0",
                "https://api.example.com:65536",
                "https://*.example.com",
                "*",
                "https://api.example.com, https://other.example.com",
                "https://api.example.com\\@evil.example",
                "https://api_x.example.com:a",
                "https://[fe80::1%25eth0]",
                "https://[::1",
                "https://büch er.example",
                "ftp://api.example.com",
                "file:///etc/passwd",
            })
    void areNotMadeOfWhatIsNoOrigin(String target) {
        assertThat(AuthorizedOrigins.problemOf(target, true))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("is no origin"));
        assertThatThrownBy(() -> AuthorizedOrigins.of(List.of(target), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.example.com, false",
        "http://localhost.example.com, false",
        "http://127.0.0.1.example.com, false",
        "http://10.0.0.1, false",
        "http://[2001:db8::1], false",
        "http://[::ffff:127.0.0.1]:8080, false",
        "http://localhost:8080, true",
        "http://LOCALHOST:8080, true",
        "http://127.0.0.1, true",
        "http://127.255.0.3, true",
        "http://[::1], true",
        "https://10.0.0.1, true",
    })
    void areHttpsOrOnThisMachineUnlessAllowed(String target, boolean allowed) {
        assertThat(AuthorizedOrigins.problemOf(target, false).isEmpty()).isEqualTo(allowed);
        assertThat(AuthorizedOrigins.problemOf(target, true)).isEmpty();
    }

    @Test
    void nameTheOnlyOneOfThem() {
        assertThat(AuthorizedOrigins.of(List.of("https://API.example.com:443/"), false)
                        .single())
                .contains(URI.create("https://api.example.com"));
        assertThat(AuthorizedOrigins.of(List.of("http://[::1]:9080"), false).single())
                .contains(URI.create("http://[0:0:0:0:0:0:0:1]:9080"));
        assertThat(AuthorizedOrigins.of(List.of("https://a.example", "https://b.example"), false)
                        .single())
                .isEmpty();
        assertThat(AuthorizedOrigins.of(List.of("https://a.example", "https://A.example/"), false)
                        .single())
                .isPresent();
        assertThat(AuthorizedOrigins.none().single()).isEmpty();
    }

    @Test
    void areNoneOrAll() {
        AuthorizedOrigins two = AuthorizedOrigins.of(List.of("https://a.example", "https://b.example:8443"), false);

        assertThat(two.contains(URI.create("https://b.example:8443/x"))).isTrue();
        assertThat(two.contains(URI.create("https://a.example:8443/x"))).isFalse();
        assertThat(two).hasToString("https://a.example, https://b.example:8443");
        assertThat(AuthorizedOrigins.none().contains(URI.create("https://a.example")))
                .isFalse();
    }
}
