package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://as.example/jwks",
                "HTTPS://as.example",
                "http://localhost:8080/",
                "http://LOCALHOST",
                "http://127.0.0.1",
                "http://127.255.255.255:1",
                "http://[::1]:8080/jwks"
            })
    void takesHttpsAndLoopback(String uri) {
        assertThat(Target.faultIn(URI.create(uri), false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://as.example",
                "http://10.0.0.1",
                "http://128.0.0.1",
                "http://127.0.0.1.example",
                "http://localhost.example",
                "http://localhost.",
                "http://[::2]",
                "http://[::ffff:127.0.0.1]",
                "http://0.0.0.0",
                "ftp://as.example/jwks",
                "ws://localhost/",
                "jar://localhost/x"
            })
    void refusesTheSchemeElsewhere(String uri) {
        assertThat(Target.faultIn(URI.create(uri), false)).isEqualTo(Fault.SCHEME_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://as.example", "http://10.0.0.1:8080/jwks"})
    void takesPlainHttpWhereAllowed(String uri) {
        assertThat(Target.faultIn(URI.create(uri), true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/jwks",
                "as.example",
                "//as.example/jwks",
                "http://127.1",
                "https:jwks",
                "https:///jwks",
                "file:/etc/passwd",
                "data:,x",
                "https://me:secret@as.example/",
                "https://@as.example/"
            })
    void refusesUrlsWithoutHostOrWithUserInformation(String uri) {
        assertThat(Target.faultIn(URI.create(uri), true)).isEqualTo(Fault.NO_TARGET);
    }
}
