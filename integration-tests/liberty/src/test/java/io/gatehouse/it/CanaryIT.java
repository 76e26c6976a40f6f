package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that waits for somebody to follow a token's word (RFC 8725 §3.10): it waits in vain. */
@ExtendWith(ArquillianExtension.class)
class CanaryIT {

    private static final TestKey KEY = TestKey.generate("key", "ES256");
    private static final TestKey FOREIGN = TestKey.generate("key", "ES256");
    private static final TestIssuer ISSUER = TestIssuer.start(KEY);
    private static final AtomicInteger HITS = new AtomicInteger();
    private static final HttpServer CANARY = canary();

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    private static HttpServer canary() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    HITS.incrementAndGet();
                    byte[] keys = Json.createObjectBuilder()
                            .add("keys", Json.createArrayBuilder().add(FOREIGN.publicJwk()))
                            .build()
                            .toString()
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                }
            });
            server.start();
            return server;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    @AfterAll
    static void stop() {
        CANARY.stop(0);
        ISSUER.close();
    }

    private static List<String> baits() {
        String authority = "localhost:" + CANARY.getAddress().getPort();
        return List.of(
                "http://" + authority + "/keys",
                ISSUER.issuer() + "@" + authority + "/keys",
                "jar:http://" + authority + "/keys!/jwks",
                "${jndi:ldap://" + authority + "/a}",
                "//" + authority + "/keys");
    }

    private static int status(String token) {
        return Caller.bearing(token).get("/api/hello").statusCode();
    }

    @Test
    void isNotAskedForTheKeysOfAForgedToken() {
        TestToken forged = ISSUER.token().signedBy(FOREIGN);
        for (String bait : baits()) {
            Stream.of("jku", "x5u", "jwks_uri", "iss", "url", "x5t")
                    .forEach(name -> assertThat(status(forged.header(name, bait).text()))
                            .as(name)
                            .isEqualTo(401));
            assertThat(status(forged.header("x5c", List.of(bait)).text())).isEqualTo(401);
            assertThat(status(forged.header("jwk", Map.of("kty", "EC", "x5u", bait))
                            .text()))
                    .isEqualTo(401);
            assertThat(status(forged.claim("iss", bait).text())).isEqualTo(401);
        }

        assertThat(HITS).hasValue(0);
    }

    @Test
    void isNotAskedByAGenuineTokenEither() {
        for (String bait : baits()) {
            for (String name : List.of("jku", "x5u")) {
                assertThat(status(ISSUER.token().header(name, bait).text())).isEqualTo(200);
            }
            for (String name : List.of("picture", "jwks_uri", "status", "act", "_claim_sources")) {
                assertThat(status(ISSUER.token().claim(name, bait).text())).isEqualTo(200);
                assertThat(status(
                                ISSUER.token().claim(name, Map.of("uri", bait)).text()))
                        .isEqualTo(200);
            }
            assertThat(status(ISSUER.token().claim("cnf", Map.of("jku", bait)).text()))
                    .isEqualTo(401);
        }
        assertThat(status(ISSUER.token().header("kid", baits().get(0)).text())).isEqualTo(401);

        assertThat(HITS).hasValue(0);
    }

    @Test
    void isNotAskedByAnEncryptedTokenOrAnotherForm() {
        String header = Json.createObjectBuilder(
                        Map.of("alg", "RSA-OAEP", "enc", "A256GCM", "jku", baits().get(0), "p2c", 2_147_483_647))
                .build()
                .toString();
        String segment =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));

        assertThat(status(segment + ".AAAA.AAAA.AAAA.AAAA")).isEqualTo(401);
        assertThat(HITS).hasValue(0);
    }
}
