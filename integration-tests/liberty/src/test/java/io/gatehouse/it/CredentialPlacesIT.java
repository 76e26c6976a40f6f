package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A good token in the wrong place, or not quite right in the right one (RFC 6750 §2, RFC 9110 §5.5). */
@ExtendWith(ArquillianExtension.class)
class CredentialPlacesIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "RS256"));
    private static final String TOKEN = ISSUER.token().text();
    private static final String PLAIN_CHALLENGE = "WWW-Authenticate: Bearer realm=\"gatehouse\"\r\n";

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void isAGoodToken() {
        assertThat(RawRequest.send("GET /api/hello HTTP/1.1", "Authorization: Bearer " + TOKEN + "\r\n"))
                .endsWith("Hello carol.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Authorization: Bearer TOKEN",
                "Proxy-Authorization: Bearer TOKEN",
                "X-Forwarded-Authorization: Bearer TOKEN",
                "X-Access-Token: TOKEN",
                "Cookie: Bearer=TOKEN; access_token=TOKEN; LtpaToken2=TOKEN",
                "Authorization: Bearer: TOKEN",
                "Authorization: Bearer=TOKEN",
                "Authorization: Token TOKEN",
                "Authorization: JWT TOKEN",
                "Authorization: TOKEN",
                "Authorization:",
                // What Open Liberty takes from a proxy that it trusts.
                "$WSRU: root",
                "$WSAT: BASIC",
                "X-Remote-User: root",
                "iv-user: root"
            })
    void seesNoCredentialIn(String header) {
        String answer = RawRequest.send("GET /api/hello HTTP/1.1", header.replace("TOKEN", TOKEN) + "\r\n");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(401);
        assertThat(answer).contains(PLAIN_CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/hello?access_token=TOKEN", "/api/hello;access_token=TOKEN"})
    void seesNoCredentialInTheAddress(String target) {
        String answer = RawRequest.send("GET " + target.replace("TOKEN", TOKEN) + " HTTP/1.1");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(401);
        assertThat(answer).contains(PLAIN_CHALLENGE);
    }

    @Test
    void seesNoCredentialInATrailer() {
        String answer = RawRequest.send(
                "GET /api/hello HTTP/1.1",
                "Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n",
                "0\r\nAuthorization: Bearer " + TOKEN + "\r\n");

        assertThat(answer).contains(PLAIN_CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer\tTOKEN",
                "Bearer TOKEN x",
                "Bearer \"TOKEN\"",
                "Bearer TOKEN,",
                "Bearer %2ETOKEN",
                "Bearer Bearer TOKEN",
                "Bearer TOKEN\0",
                "Bearer TOKEN\u00ff",
                "Bearer TO\r\n KEN"
            })
    void refusesTheRequestWith(String authorization) {
        String value = authorization.replace("TOKEN", TOKEN).replace("TO\r\n KEN", foldedToken());
        String answer = RawRequest.send("GET /api/public HTTP/1.1", "Authorization: " + value + "\r\n");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(400);
        assertThat(answer).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$WSRU: root", "X-Remote-User: root", "iv-user: root"})
    void doesNotLetAHeaderOfAProxyRaiseACaller(String header) {
        String answer =
                RawRequest.send("GET /api/admin HTTP/1.1", "Authorization: Bearer " + TOKEN + "\r\n", header + "\r\n");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/hello;a=b",
                "/api/hello/",
                "//api/hello",
                "/./api/hello",
                "/x/../api/hello",
                "/api/hello%2F",
                "/api%2Fhello",
                "/api%5Chello",
                "/x/..;/api/hello",
                "/api/hello%00",
                "/api/HELLO",
                "/api/hello.json",
                "http://localhost/api/hello"
            })
    void keepsTheDoorClosedWhateverTheAddressLooksLike(String target) {
        assertThat(RawRequest.statusOf(RawRequest.send("GET " + target + " HTTP/1.1")))
                .isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "TRACE", "PUT", "FOO", "get"})
    void keepsTheDoorClosedWhateverTheMethod(String method) {
        String answer = RawRequest.send(method + " /api/hello HTTP/1.1", "X-Mark: seen\r\n");

        assertThat(RawRequest.statusOf(answer)).isIn(400, 401, 403, 405, 501);
        assertThat(answer).doesNotContain("seen", "Hello");
    }

    @Test
    void staysUpUnderATokenThatNoServerTakes() {
        String answer =
                RawRequest.send("GET /api/hello HTTP/1.1", "Authorization: Bearer " + "a".repeat(30_000) + "\r\n");

        assertThat(RawRequest.statusOf(answer)).isEqualTo(401);
        isAGoodToken();
    }

    /** RFC 9112 §5.2: a line folded in the middle of the token. */
    private static String foldedToken() {
        return TOKEN.substring(0, 20) + "\r\n " + TOKEN.substring(20);
    }
}
