package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "0:0:0:0:0:0:0:1",
                "0:0:0:0:0:0:0:1%lo",
                "::ffff:127.0.0.1",
                "::FFFF:127.0.0.1",
                "0:0:0:0:0:ffff:127.0.0.1"
            })
    void isWithThisMachine(String address) {
        assertThat(Connection.of(new FakeRequest().from(address).request()).loopback())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.7",
                "10.0.0.1",
                "0.0.0.0",
                "::",
                "::2",
                "::11",
                "2001:db8::1",
                "fe80::1",
                "::ffff:10.0.0.1",
                "localhost",
                "127.0.0.1.example.com",
                "127.0.0",
                "1127.0.0.1"
            })
    void isWithAnother(String address) {
        assertThat(Connection.of(new FakeRequest().from(address).request()).loopback())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "true, 203.0.113.7, '', true, false",
        "false, 203.0.113.7, '', false, false",
        "false, 127.0.0.1, '', true, true",
        "true, 127.0.0.1, '', true, true",
        "false, 127.0.0.1, X-Forwarded-For, true, false",
        "false, 127.0.0.1, forwarded, true, false",
        "false, 127.0.0.1, Via, true, false"
    })
    void isPrivateOverHttpsOrHereAndLocalWithoutAProxy(
            boolean https, String address, String proxyHeader, boolean isPrivate, boolean sameHost) {
        FakeRequest request = new FakeRequest().from(address);
        if (!https) {
            request.overPlainHttp();
        }
        if (!proxyHeader.isEmpty()) {
            request.header(proxyHeader, "x");
        }
        Connection connection = Connection.of(request.request());
        assertThat(connection.isPrivate()).isEqualTo(isPrivate);
        assertThat(connection.isFromSameHost()).isEqualTo(sameHost);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    X-Forwarded-Proto | https                            | true
                    X-Forwarded-Proto | http                             | false
                    X-Forwarded-Proto | HTTP                             | false
                    X-Forwarded-Proto | https, http                      | false
                    X-Forwarded-Proto | http,https                       | false
                    Forwarded         | for=1.2.3.4;proto=https          | true
                    Forwarded         | for=1.2.3.4;proto=http;by=x      | false
                    Forwarded         | proto="http"                     | false
                    Forwarded         | for=a;proto=https, for=b;Proto=HTTP | false
                    Forwarded         | for=http                         | true
                    """)
    void isNotPrivateWhereAProxyHereGotItOverHttp(String header, String value, boolean isPrivate) {
        FakeRequest request =
                new FakeRequest().from("127.0.0.1").overPlainHttp().header(header, value);
        assertThat(Connection.of(request.request()).isPrivate()).isEqualTo(isPrivate);
        assertThat(Connection.of(request.request()).isFromSameHost()).isFalse();
        assertThat(Connection.of(new FakeRequest().header(header, value).request())
                        .isPrivate())
                .isTrue();
    }
}
