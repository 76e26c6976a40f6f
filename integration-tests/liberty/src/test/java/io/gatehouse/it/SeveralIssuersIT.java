package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
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
 * One application that trusts the issuer of MicroProfile JWT's properties and others by name: service clients under a
 * template, partners whose keys are discovered, operators whose tokens are introspected, and a thousand that nobody uses.
 */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class SeveralIssuersIT {

    private static final int IDLE = 1_000;

    private static final TestIssuer MAIN = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final TestIssuer CLIENTS = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final TestIssuer PARTNERS = TestIssuer.start(TestKey.generate("key", "RS256"));
    private static final TestIssuer DARK = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer OPERATORS =
            ScriptedAuthorizationServer.start("https://operators.example");

    @Deployment(testable = false)
    static WebArchive demo() {
        DARK.fail(500);
        Map<String, String> configuration = new HashMap<>(MAIN.configuration());
        // The audience is shared by all of them, for they have no other.
        issuer(configuration, "clients", CLIENTS.issuer() + "/clients/{sub}");
        configuration.put("gatehouse.issuers.clients.jwks-uri", CLIENTS.issuer() + "/jwks");
        issuer(configuration, "partners", PARTNERS.issuer());
        configuration.put("gatehouse.issuers.partners.roles.prefix", "partner:");
        configuration.put("gatehouse.issuers.partners.roles.map.clerk", "user");
        issuer(configuration, "dark", DARK.issuer());
        configuration.put("gatehouse.issuers.dark.jwks-uri", DARK.issuer() + "/jwks");
        issuer(configuration, "operators", "https://operators.example");
        OPERATORS
                .configuration()
                .forEach((name, value) ->
                        configuration.put(name.replace("gatehouse.", "gatehouse.issuers.operators."), value));
        for (int i = 1; i <= IDLE; i++) {
            issuer(configuration, "idle-" + i, MAIN.issuer() + "/idle/" + i);
            configuration.put("gatehouse.issuers.idle-" + i + ".jwks-uri", MAIN.issuer() + "/jwks");
        }
        return Demo.war(configuration);
    }

    private static void issuer(Map<String, String> configuration, String name, String identifier) {
        configuration.put("gatehouse.issuers." + name + ".issuer", identifier);
    }

    @AfterAll
    static void stop() {
        MAIN.close();
        CLIENTS.close();
        PARTNERS.close();
        DARK.close();
        OPERATORS.close();
    }

    private static int status(TestToken token) {
        return Caller.bearing(token.text()).get("/api/hello").statusCode();
    }

    private static TestToken ofClient(String name) {
        return CLIENTS.token()
                .claim("iss", CLIENTS.issuer() + "/clients/" + name)
                .claim("sub", name);
    }

    @Test
    void letsCallersOfEveryIssuerIn() {
        assertThat(status(MAIN.token())).isEqualTo(200);
        assertThat(status(ofClient("billing"))).isEqualTo(200);
        assertThat(Caller.bearing("active~" + UUID.randomUUID())
                        .get("/api/hello")
                        .body())
                .contains("dora");
    }

    @Test
    void findsTheKeysOfAnIssuerThroughItsMetadata() {
        assertThat(status(PARTNERS.token().claim("groups", List.of("clerk")))).isEqualTo(200);
        assertThat(PARTNERS.fetches()).isPositive();
    }

    @Test
    void keepsTheRolesOfAnIssuerApart() {
        assertThat(status(PARTNERS.token()))
                .as("its role user is partner:user here")
                .isEqualTo(403);
        assertThat(status(PARTNERS.token().claim("groups", List.of("clerk")))).isEqualTo(200);
        assertThat(status(MAIN.token().claim("groups", List.of("clerk")))).isEqualTo(403);
    }

    @Test
    void takesTheKeysOfAnIssuerForItsOwnTokensOnly() {
        assertThat(status(CLIENTS.token().claim("iss", MAIN.issuer()))).isEqualTo(401);
        assertThat(status(MAIN.token().claim("iss", CLIENTS.issuer() + "/clients/carol")))
                .isEqualTo(401);
        assertThat(status(ofClient("billing").claim("sub", "shipping"))).isEqualTo(401);
    }

    @Test
    void refusesForeignIssuers() {
        assertThat(status(MAIN.token().claim("iss", "https://evil.example"))).isEqualTo(401);
        assertThat(status(MAIN.token().claim("iss", MAIN.issuer() + "/"))).isEqualTo(401);
    }

    @Test
    void letsOthersInWhileOneIssuerIsDark() {
        assertThat(status(DARK.token())).isEqualTo(503);
        assertThat(status(MAIN.token())).isEqualTo(200);
        assertThat(status(ofClient("billing"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, IDLE})
    void knowsTheFirstAndTheLastOfAThousand(int number) {
        assertThat(status(MAIN.token().claim("iss", MAIN.issuer() + "/idle/" + number)))
                .isEqualTo(200);
    }

    @Test
    void doesNotAnnounceEachOfAThousand() throws IOException {
        assertThat(Demo.messages("GATE0009", "further issuers are trusted")).isNotEmpty();
    }
}
