package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * We prove who we are by our certificate (RFC 8705 §2), and the authorization server proves by its signature that an
 * answer is its own and meant for us (RFC 9701).
 */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class IntrospectionProofsIT {

    private static final TestKey KEY = TestKey.generate("key", "ES256");
    private static final TestIssuer ISSUER = TestIssuer.start(KEY);
    private static final SigningAuthorizationServer SERVER = SigningAuthorizationServer.start(ISSUER.issuer(), KEY);

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.validation", "introspection");
        configuration.put("gatehouse.introspection.endpoint", SERVER.url());
        configuration.put("gatehouse.introspection.client-id", SigningAuthorizationServer.CLIENT);
        configuration.put("gatehouse.introspection.key-store", Tls.CLIENT.file().toString());
        configuration.put("gatehouse.introspection.key-store-password", Tls.PASSWORD);
        configuration.put("gatehouse.introspection.signed-answers", "true");
        configuration.put("gatehouse.introspection.failure-threshold", "1000000");
        return Demo.war(configuration);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    private static HttpResponse<String> hello(String script) {
        return Caller.bearing(script + '~' + UUID.randomUUID()).get("/api/hello");
    }

    @Test
    void takesASignedAnswerFromAServerThatKnowsOurCertificate() {
        assertThat(hello("active").body()).isEqualTo("Hello dora.\n");
        assertThat(SERVER.client()).isEqualTo("CN=elsewhere.example");
    }

    @Test
    void takesASignedAnswerThatTheTokenIsDead() {
        HttpResponse<String> response = hello("inactive");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("the token is not active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unsigned",
                "signed-by-another",
                "of-another-issuer",
                "for-another-client",
                "old",
                "of-another-type",
                "called-json",
                "empty"
            })
    void takesNothingElseForAnAnswer(String script) {
        HttpResponse<String> response = hello(script);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(hello("active").statusCode()).as("the next one").isEqualTo(200);
    }

    @Test
    void writesNeitherTokenNorPasswordDown() throws IOException {
        hello("unsigned");

        assertThat(Demo.logs()).doesNotContain("unsigned~", Tls.PASSWORD);
    }
}
