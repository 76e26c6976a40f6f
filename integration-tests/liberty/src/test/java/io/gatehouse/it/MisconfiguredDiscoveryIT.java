package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The issuer's metadata are there and of no use: callers cannot be told from others, and one line says why. */
@ExtendWith(ArquillianExtension.class)
class MisconfiguredDiscoveryIT {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final TestKey KEY = TestKey.generate("key", "ES256");
    private static final TestIssuer ISSUER = TestIssuer.start(KEY);
    private static final ScriptedSite SITE = ScriptedSite.start();

    @Deployment(testable = false)
    static WebArchive demo() {
        SITE.publish("/other" + WELL_KNOWN, "application/json", metadata("/other/", "/keys"));
        SITE.publish("/nokeys" + WELL_KNOWN, "application/json", metadata("/nokeys", null));
        SITE.publish("/page" + WELL_KNOWN, "text/html;charset=UTF-8", "<html><body>Log in, please</body></html>");
        SITE.publish("/gone" + WELL_KNOWN, "application/json", metadata("/gone", "/moved-keys"));
        SITE.publish("/wrong" + WELL_KNOWN, "application/json", metadata("/wrong", "/a-page"));
        SITE.publish("/a-page", "text/html", "<html></html>");
        SITE.publish("/right" + WELL_KNOWN, "application/json", metadata("/right", "/keys"));
        SITE.publishKeys("/keys", KEY);
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        for (String name : List.of("other", "nokeys", "page", "nothing", "gone", "wrong", "right")) {
            properties.put("gatehouse.issuers." + name + ".issuer", SITE.url("/" + name));
            properties.put("gatehouse.issuers." + name + ".audiences", TestIssuer.AUDIENCE);
        }
        return Demo.war(properties);
    }

    private static String metadata(String issuer, String jwksPath) {
        JsonObjectBuilder metadata = Json.createObjectBuilder().add("issuer", SITE.url(issuer));
        if (jwksPath != null) {
            metadata.add("jwks_uri", SITE.url(jwksPath));
        }
        return metadata.build().toString();
    }

    @AfterAll
    static void stop() {
        SITE.close();
        ISSUER.close();
    }

    static List<Arguments> whatIsWrong() {
        return List.of(
                Arguments.of(
                        "other",
                        List.of(
                                "the metadata at " + SITE.url("/other" + WELL_KNOWN) + " are those of the issuer \""
                                        + SITE.url("/other/") + "\", but configured is \"" + SITE.url("/other") + "\"",
                                "look at gatehouse.issuers.other.issuer")),
                Arguments.of(
                        "nokeys",
                        List.of(
                                "the metadata at " + SITE.url("/nokeys" + WELL_KNOWN) + " have no \"jwks_uri\"",
                                "gatehouse.issuers.nokeys.jwks-uri to that of the keys")),
                Arguments.of(
                        "page",
                        List.of(
                                SITE.url("/page" + WELL_KNOWN) + " is no JSON object, but text/html",
                                "gatehouse.issuers.page.discovery to the URL of the metadata")),
                Arguments.of(
                        "nothing",
                        List.of(
                                "found no metadata: " + SITE.url("/nothing" + WELL_KNOWN) + " answered 404",
                                SITE.url("/.well-known/oauth-authorization-server/nothing") + " answered 404")),
                Arguments.of("gone", List.of(SITE.url("/moved-keys") + " (from the metadata) answered 404")),
                Arguments.of("wrong", List.of("no keys from " + SITE.url("/a-page") + ": it is HTML")));
    }

    @ParameterizedTest
    @MethodSource("whatIsWrong")
    void answersUnavailableAndSaysInOneLineWhatIsWrongWhereTheMetadataAre(String issuer, List<String> words)
            throws IOException {
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = hello(issuer);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            LockSupport.parkNanos(Duration.ofMillis(600).toNanos()); // so that there is another fetch
        }

        List<String> lines = Demo.messages("GATE0103", words.get(0));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains(words).contains("tokens that need them get 503");
        System.out.println(lines.get(0).replaceFirst("^.*GATE0103", "GATE0103"));
    }

    @ParameterizedTest
    @MethodSource("whatIsWrong")
    void leavesOtherIssuersAlone(String issuer) {
        hello(issuer);

        assertThat(hello("right").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> hello(String issuer) {
        return Caller.bearing(
                        ISSUER.token().claim("iss", SITE.url("/" + issuer)).text())
                .get("/api/hello");
    }
}
