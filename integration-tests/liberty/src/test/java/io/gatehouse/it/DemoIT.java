package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as it is delivered, with its own issuer: who gets in where, and what those hear who do not. */
@ExtendWith(ArquillianExtension.class)
class DemoIT {

    private static final List<String> PATHS =
            List.of("/api/public", "/api/hello", "/api/admin", "/api/me", "/api/denied");

    private String alice;
    private String root;

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war();
    }

    @BeforeEach
    void fetchTokens() {
        alice = tokenOf("alice");
        root = tokenOf("root");
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3} {4} {5}, challenge {6}")
    @CsvSource(delimiter = '|', textBlock = """
                    # caller                    | public | hello | admin | me  | denied | challenge
                    nobody                      | 200    | 401   | 401   | 401 | 403    | plain
                    alice                       | 200    | 200   | 403   | 200 | 403    | none
                    root                        | 200    | 200   | 200   | 200 | 403    | none
                    alice, scheme in lower case | 200    | 200   | 403   | 200 | 403    | none
                    alice, scheme in upper case | 200    | 200   | 403   | 200 | 403    | none
                    another scheme              | 200    | 401   | 401   | 401 | 403    | plain
                    a token without a scheme    | 200    | 401   | 401   | 401 | 403    | plain
                    rubbish                     | 401    | 401   | 401   | 401 | 401    | invalid_token
                    a foreign signature         | 401    | 401   | 401   | 401 | 401    | invalid_token
                    no signature                | 401    | 401   | 401   | 401 | 401    | invalid_token
                    an empty token              | 400    | 400   | 400   | 400 | 400    | invalid_request
                    two tokens                  | 400    | 400   | 400   | 400 | 400    | invalid_request
                    the same token twice        | 400    | 400   | 400   | 400 | 400    | invalid_request
                    two tokens in one header    | 400    | 400   | 400   | 400 | 400    | invalid_request
                    """)
    void answers(String caller, int open, int hello, int admin, int me, int denied, String challenge) {
        List<Integer> statuses = List.of(open, hello, admin, me, denied);
        for (int i = 0; i < PATHS.size(); i++) {
            HttpResponse<String> response = caller(caller).get(PATHS.get(i));
            assertThat(response.statusCode()).as(PATHS.get(i)).isEqualTo(statuses.get(i));
            assertChallenge(response, challenge);
            assertDiscretion(response);
        }
    }

    @Test
    void tellsWhoIsCalling() {
        assertThat(Caller.bearing(alice).get("/api/hello").body()).isEqualTo("Hello alice.\n");
        assertThat(Caller.bearing(root).get("/api/me").body()).contains("\"name\":\"root\"", "\"user\"", "\"admin\"");
    }

    /** At a path that no servlet answers. */
    @Test
    void tellsCallersWhoTheyAre() {
        assertThat(Caller.bearing(alice).get("/whoami").body())
                .startsWith("{\"display_name\":\"alice\",")
                .endsWith(",\"source\":\"default\",\"groups\":[\"user\"]}");
        assertThat(Caller.nobody().get("/whoami").statusCode()).isEqualTo(401);
        assertThat(Caller.bearing(alice + "x").get("/whoami").statusCode()).isEqualTo(401);
    }

    @Test
    void takesATokenFromTheHeaderOnly() {
        assertThat(Caller.nobody().get("/api/hello?access_token=" + alice).statusCode())
                .isEqualTo(401);
        assertThat(Caller.nobody().post("/api/hello", "access_token=" + alice).statusCode())
                .isIn(401, 405);
    }

    @Test
    void keepsTokensOutOfTheLogs() throws IOException {
        PATHS.forEach(path -> Caller.bearing(alice).get(path));
        PATHS.forEach(path -> caller("a foreign signature").get(path));

        assertThat(Demo.logs()).doesNotContain(signature(alice), signingInput(alice), signingInput(root));
    }

    @Test
    void letsAClientActForItself() {
        HttpResponse<String> answer =
                Caller.saying("Basic ZGVtbzpkZW1vLXNlY3JldA==").post("/issuer/token", "grant_type=client_credentials");

        assertThat(Caller.bearing(accessToken(answer)).get("/api/hello").body()).isEqualTo("Hello demo.\n");
    }

    @Test
    void callsAnotherResourceWithATokenOfItsOwn() {
        assertThat(Caller.bearing(alice).get("/api/errand").body()).isEqualTo("They said: Hello demo.\n");
        assertThat(Caller.nobody().get("/api/errand").statusCode()).isEqualTo(401);
    }

    @Test
    void showsPublicKeysOnly() {
        assertThat(Caller.nobody().get("/issuer/jwks").body())
                .contains("\"kty\":\"RSA\"")
                .doesNotContain("\"d\"", "\"p\"", "\"q\"");
    }

    @Test
    void servesTheTour() {
        assertThat(Caller.nobody().get("/").body())
                .contains(Demo.at("/api/hello").toString());
    }

    private Caller caller(String name) {
        return switch (name) {
            case "nobody" -> Caller.nobody();
            case "alice" -> Caller.bearing(alice);
            case "root" -> Caller.bearing(root);
            case "alice, scheme in lower case" -> Caller.saying("bearer " + alice);
            case "alice, scheme in upper case" -> Caller.saying("BEARER " + alice);
            case "another scheme" -> Caller.saying("DPoP " + alice);
            case "a token without a scheme" -> Caller.saying(alice);
            case "rubbish" -> Caller.bearing("rubbish");
            case "a foreign signature" -> Caller.bearing(signingInput(root) + signature(alice));
            case "no signature" -> Caller.bearing(signingInput(root));
            case "an empty token" -> Caller.saying("Bearer ");
            case "two tokens" -> Caller.saying("Bearer " + alice, "Bearer " + root);
            case "the same token twice" -> Caller.saying("Bearer " + alice, "Bearer " + alice);
            case "two tokens in one header" -> Caller.saying("Bearer " + alice + ", Bearer " + root);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** RFC 6750 §3: what is missing, or wrong, is said on 400 and 401; §3.1: no error code where nothing was sent. */
    private static void assertChallenge(HttpResponse<String> response, String kind) {
        Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() != 400 && response.statusCode() != 401) {
            return;
        }
        if (kind.equals("plain")) {
            assertThat(challenge).hasValue("Bearer realm=\"gatehouse\"");
        } else {
            assertThat(challenge).hasValueSatisfying(value -> assertThat(value)
                    .startsWith("Bearer realm=\"gatehouse\", error=\"" + kind + "\", error_description=\""));
        }
    }

    private void assertDiscretion(HttpResponse<String> response) {
        Map<String, List<String>> headers = response.headers().map();
        assertThat(headers).doesNotContainKeys("set-cookie", "server", "x-powered-by", "$wsep");
        assertThat(headers.toString() + response.body())
                .doesNotContain(signature(alice), signature(root), "rubbish", "Exception", "SRVE");
    }

    private static String tokenOf(String user) {
        return accessToken(Caller.nobody()
                .post("/issuer/token", "grant_type=password&username=%1$s&password=%1$s".formatted(user)));
    }

    private static String accessToken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replaceFirst(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    private static String signingInput(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
