package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.AUDIENCES;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.testing.TestJson.quote;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How every issuer is doing, in one place. */
class GatehouseStatusTest {

    private final RecordingServer server =
            RecordingServer.saying(jwks(jwk(TestKeys.RSA.getPublic(), "kid", quote(TestTokens.KID))));

    @AfterEach
    void stop() {
        server.close();
    }

    private static Gatehouse gatehouse(TestProperties properties) {
        return new Gatehouse(properties.with(AUDIENCES, TestTokens.AUDIENCE).read(), TestTokens.CLOCK);
    }

    private static TokenValidationResult present(Gatehouse gatehouse, String issuer, String subject) {
        return gatehouse
                .tokenValidator()
                .validate(AccessToken.of(TestTokens.valid()
                        .claim("iss", quote(issuer))
                        .claim("sub", quote(subject))
                        .compact()));
    }

    private static TestProperties issuer(TestProperties properties, String name, String issuer, String jwksUri) {
        return properties
                .with("gatehouse.issuers." + name + ".issuer", issuer)
                .with("gatehouse.issuers." + name + ".jwks-uri", jwksUri);
    }

    @Test
    void tellsOfEachIssuerWhatItsLastFetchBrought() {
        TestProperties properties = TestProperties.none();
        issuer(properties, "b", "https://b.example", server.uri("/b").toString());
        issuer(properties, "a", "https://a.example,https://a.example/", "http://127.0.0.1:9/a");
        issuer(properties, "c", "https://c.example", "http://127.0.0.1:9/c");
        try (Gatehouse gatehouse = gatehouse(properties)) {
            present(gatehouse, "https://a.example/", "x");
            assertThat(present(gatehouse, "https://b.example", "x")).isInstanceOf(TokenValidationResult.Valid.class);

            List<IssuerStatus> status = gatehouse.status();
            assertThat(status).extracting(IssuerStatus::name).containsExactly("a", "b", "c");
            assertThat(status).extracting(IssuerStatus::mode).containsOnly(ValidationMode.JWT);
            assertThat(status.get(0).keySets()).singleElement().satisfies(keys -> {
                assertThat(keys.withinReach()).isFalse();
                assertThat(keys.lastSuccessAt()).isNull();
                assertThat(keys.lastError()).isEqualTo("connection refused; look at gatehouse.issuers.a.jwks-uri");
                assertThat(keys.lastErrorAt()).isEqualTo(TestTokens.NOW);
            });
            assertThat(status.get(1).keySets())
                    .containsExactly(new KeySetStatus(
                            server.uri("/b"), true, 1, TestTokens.NOW, null, null, TestTokens.NOW.plusSeconds(1)));
            assertThat(status.get(2).keySets())
                    .containsExactly(new KeySetStatus(
                            URI.create("http://127.0.0.1:9/c"), true, 0, null, null, null, TestTokens.NOW));
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void countsTheKeySetsOfATemplate() {
        server.answerWith(request -> request.target().startsWith("/dark/")
                ? new Answer(500, "text/plain", "")
                : Answer.json(jwks(jwk(TestKeys.RSA.getPublic(), "kid", quote(TestTokens.KID)))));
        String template = server.uri("/").toString() + "{sub}";
        try (Gatehouse gatehouse = gatehouse(issuer(TestProperties.none(), "clients", template, "{iss}/keys"))) {
            assertThat(gatehouse.status().get(0).templates())
                    .containsExactly(new IssuerStatus.Template(template, 0, 0));

            for (String subject : List.of("one", "two", "dark")) {
                present(gatehouse, server.uri("/" + subject).toString(), subject);
            }
            IssuerStatus status = gatehouse.status().get(0);
            assertThat(status.templates()).containsExactly(new IssuerStatus.Template(template, 3, 1));
            assertThat(status.keySets()).isEmpty();
        }
    }

    @Test
    void namesThePlaceThatAnIssuersMetadataName() {
        server.answerWith(request -> request.target().endsWith("/keys")
                ? Answer.json(jwks(jwk(TestKeys.RSA.getPublic(), "kid", quote(TestTokens.KID))))
                : Answer.json("{\"issuer\":" + quote(issuer()) + ",\"jwks_uri\":"
                        + quote(server.uri("/keys").toString()) + "}"));
        TestProperties properties = TestProperties.none().with("gatehouse.issuers.main.issuer", issuer());
        try (Gatehouse gatehouse = gatehouse(properties)) {
            assertThat(gatehouse.status().get(0).keySets())
                    .extracting(KeySetStatus::location)
                    .containsExactly(server.uri(""));

            assertThat(present(gatehouse, issuer(), "x")).isInstanceOf(TokenValidationResult.Valid.class);
            assertThat(gatehouse.status().get(0).keySets())
                    .extracting(KeySetStatus::location)
                    .containsExactly(server.uri("/keys"));
        }
    }

    private String issuer() {
        return server.uri("").toString();
    }

    @Test
    void tellsOfKeyFilesButNotOfKeysInTheConfiguration(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), TestKeys.pem(TestKeys.RSA.getPublic()));
        TestProperties inFile = TestProperties.withKeysAt(file.toString()).with(ISSUER, TestTokens.ISSUER);
        try (Gatehouse gatehouse = gatehouse(inFile)) {
            assertThat(gatehouse.status().get(0).keySets()).singleElement().satisfies(keys -> {
                assertThat(keys.location()).isEqualTo(file.toUri());
                assertThat(keys.keys()).isEqualTo(1);
            });
        }
        try (Gatehouse gatehouse = gatehouse(TestProperties.valid())) {
            assertThat(gatehouse.status()).singleElement().satisfies(status -> {
                assertThat(status.name()).isEqualTo("default");
                assertThat(status.keySets()).isEmpty();
            });
        }
    }
}
