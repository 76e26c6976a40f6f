package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at which Open Liberty itself stumbles, or that it mends: Gatehouse's answer has to come through. */
@ExtendWith(ArquillianExtension.class)
class HostileRequestsIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "RS256"));
    private static final String TOKEN = ISSUER.token().text();

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    /** The server looks for a user's name in such a header, after the mechanism was asked. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic x", "Basic Zm9v", "Basic !!!", "Basic cm9vdDpyb290", "basic x"})
    void isNoCredentialWhateverABasicHeaderHolds(String authorization) {
        String header = "Authorization: " + authorization + "\r\n";

        assertThat(status("GET /api/public HTTP/1.1", header)).isEqualTo(200);
        assertThat(status("GET /api/hello HTTP/1.1", header)).isEqualTo(401);
        assertThat(status("GET /nowhere HTTP/1.1", header)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "Basic x", "Basic Zm9v", "Basic cm9vdDpyb290"})
    void refusesABasicHeaderBesideAToken(String authorization) {
        String answer = RawRequest.send(
                "GET /api/hello HTTP/1.1",
                "Authorization: " + authorization + "\r\n",
                "Authorization: Bearer " + TOKEN + "\r\n");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(400);
        assertThat(answer).contains("error=\"invalid_request\"").doesNotContain(TOKEN);
    }

    /** RFC 9110 §5.6.3: space and tab may surround a value, and no other character that Java calls white space. */
    @ParameterizedTest
    @ValueSource(ints = {0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0})
    void takesNoControlCharacterForASpace(int character) {
        String separator = Character.toString(character);

        assertThat(status("GET /api/hello HTTP/1.1", "Authorization: Bearer " + TOKEN + separator + "\r\n"))
                .isIn(400, 401);
        assertThat(status("GET /api/hello HTTP/1.1", "Authorization: " + separator + "Bearer " + TOKEN + "\r\n"))
                .isIn(400, 401);
        assertThat(status("GET /api/hello HTTP/1.1", "Authorization: Bearer" + separator + TOKEN + "\r\n"))
                .isIn(400, 401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  X-HTTP-Method-Override: OPTIONS, 403",
        "GET,  X-HTTP-Method: HEAD,             403",
        "GET,  X-Original-URL: /api/public,     403",
        "GET,  X-Forwarded-Prefix: /api/public, 403",
        "POST, X-HTTP-Method-Override: GET,     405"
    })
    void runsTheMethodAndThePathThatWereAskedFor(String method, String header, int status) {
        assertThat(status(method + " /api/admin HTTP/1.1", "Authorization: Bearer " + TOKEN + "\r\n", header + "\r\n"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/hello HTTP/1.0", "GET http://elsewhere.example/api/hello HTTP/1.1"})
    void asksForATokenInEveryDialect(String requestLine) {
        assertThat(status(requestLine)).isIn(400, 401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.bad.bad", "abc", "a.b.c.d.e"})
    void letsABadTokenNowhere(String token) {
        for (String path : new String[] {"/", "/nowhere", "/api/nowhere", "/api/denied", "/issuer/jwks"}) {
            String answer = RawRequest.send("GET " + path + " HTTP/1.1", "Authorization: Bearer " + token + "\r\n");

            assertThat(RawRequest.statusOf(answer)).as(path).isEqualTo(401);
            assertThat(answer).contains("error=\"invalid_token\"").doesNotContain(token);
        }
    }

    private static int status(String requestLine, String... headers) {
        return RawRequest.statusOf(RawRequest.send(requestLine, headers));
    }
}
