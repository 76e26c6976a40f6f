package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.AUDIENCES;
import static io.gatehouse.testing.TestJson.quote;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.attachment.OutboundClient;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.metrics.OpenTelemetryMeasurements;
import io.gatehouse.outbound.TokenRequest;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rooms together bring to the figures. */
class GatehouseFiguresTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    private final RecordingServer server = RecordingServer.saying("");

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private TestProperties configuration = TestProperties.none();

    private Gatehouse gatehouse() {
        server.answerWith(request -> switch (request.target()) {
            case "/keys" -> Answer.json(jwks(jwk(TestKeys.RSA.getPublic(), "kid", quote(TestTokens.KID))));
            case "/introspect" -> Answer.json("{\"active\":false}");
            case "/.well-known/openid-configuration" ->
                Answer.json("{\"issuer\":" + quote(server.uri("").toString()) + ",\"token_endpoint\":"
                        + quote(server.uri("/token").toString()) + ",\"revocation_endpoint\":"
                        + quote(server.uri("/revoke").toString()) + "}");
            case "/token" -> Answer.json("{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":600}");
            case "/revoke" -> new Answer(400, "application/json", "{}");
            default -> new Answer(500, "text/plain", "");
        });
        Measurements measurements = OpenTelemetryMeasurements.of(telemetry);
        GatehouseConfig config = configuration
                .with(AUDIENCES, TestTokens.AUDIENCE)
                .with("gatehouse.issuers.staff.issuer", TestTokens.ISSUER)
                .with("gatehouse.issuers.staff.jwks-uri", server.uri("/keys").toString())
                .with(
                        "gatehouse.issuers.asked.introspection.endpoint",
                        server.uri("/introspect").toString())
                .with("gatehouse.issuers.asked.introspection.client-id", "orders")
                .with("gatehouse.issuers.asked.introspection.client-secret", "s3cret-s3cret-s3cret-s3cret")
                .with("gatehouse.issuers.asked.issuer", "https://asked.example")
                .with("gatehouse.issuers.asked.validation", "introspection")
                .with("gatehouse.clients.orders.issuer", server.uri("").toString())
                .with("gatehouse.clients.orders.client-id", "shop")
                .with("gatehouse.clients.orders.client-secret", "s3cret-s3cret-s3cret-s3cret")
                .with("gatehouse.clients.orders.targets", "https://orders.example.com")
                .read();
        return new Gatehouse(
                config,
                TestTokens.CLOCK,
                new ApplicationParts(AuditTrail.none(), Optional::empty, Optional::empty, measurements, false));
    }

    private List<String> figures() {
        List<String> figures = new ArrayList<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            metric.getLongSumData()
                    .getPoints()
                    .forEach(point -> figures.add(
                            metric.getName() + labels(point.getAttributes().asMap()) + " " + point.getValue()));
            metric.getDoubleGaugeData()
                    .getPoints()
                    .forEach(point -> figures.add(
                            metric.getName() + labels(point.getAttributes().asMap()) + " " + point.getValue()));
            metric.getHistogramData()
                    .getPoints()
                    .forEach(point -> figures.add(
                            metric.getName() + labels(point.getAttributes().asMap()) + " " + point.getCount()));
        }
        return figures;
    }

    private static String labels(java.util.Map<?, ?> attributes) {
        TreeMap<String, Object> labels = new TreeMap<>();
        attributes.forEach((key, value) -> labels.put(key.toString(), value));
        return labels.toString();
    }

    @Test
    void tellsOfCallsKeysAndCaches() {
        try (Gatehouse gatehouse = gatehouse()) {
            AccessToken signed = AccessToken.of(TestTokens.valid().compact());
            assertThat(gatehouse.tokenValidator().validate(signed)).isInstanceOf(TokenValidationResult.Valid.class);
            AccessToken opaque = AccessToken.of("opaque");
            assertThat(gatehouse.tokenValidator().validate(opaque)).isInstanceOf(TokenValidationResult.Invalid.class);

            assertThat(figures())
                    .contains(
                            "gatehouse.calls{issuer=staff, kind=jwks, outcome=ok} 1",
                            "gatehouse.calls{issuer=asked, kind=introspection, outcome=ok} 1",
                            "gatehouse.jwks.keys{issuer=staff} 1.0",
                            "gatehouse.jwks.age{issuer=staff} 0.0",
                            "gatehouse.jwks.unreachable{issuer=staff} 0.0",
                            "gatehouse.introspection.breaker{issuer=asked} 0.0",
                            "gatehouse.introspection.cache.entries{issuer=asked} 1.0",
                            "gatehouse.cache.entries{cache=tokens} 1.0")
                    .as("of what is not configured")
                    .noneMatch(figure -> figure.contains("password") || figure.contains("permissions"));
        }
        assertThat(figures())
                .as("closed")
                .noneMatch(figure -> figure.contains("jwks.keys") || figure.contains("cache.entries"));
    }

    @Test
    void tellsHowMuchIsRememberedOfWhatElseIsConfigured() {
        configuration = configuration
                .with("gatehouse.basic.enabled", "true")
                .with("gatehouse.permissions.provider", "authzen")
                .with("gatehouse.permissions.url", server.uri("").toString())
                .with("gatehouse.permissions.cache.lifetime", "1m")
                .with("gatehouse.permissions.issuers", "staff")
                .with("gatehouse.issuers.many.issuer", "https://login.example.com/{sub}")
                .with("gatehouse.issuers.many.audiences", "orders")
                .with("gatehouse.issuers.many.jwks-uri", "{iss}/keys")
                .with("gatehouse.clients.stock.grant", "token_exchange")
                .with(
                        "gatehouse.clients.stock.token-endpoint",
                        server.uri("/token").toString())
                .with("gatehouse.clients.stock.client-id", "shop")
                .with("gatehouse.clients.stock.client-secret", "s3cret-s3cret-s3cret-s3cret")
                .with("gatehouse.clients.stock.targets", "https://stock.example.com");
        try (Gatehouse gatehouse = gatehouse()) {
            assertThat(figures())
                    .contains(
                            "gatehouse.cache.entries{cache=passwords} 0.0",
                            "gatehouse.cache.entries{cache=password-failures} 0.0",
                            "gatehouse.cache.entries{cache=permissions} 0.0",
                            "gatehouse.cache.entries{cache=key-sets} 0.0",
                            "gatehouse.cache.entries{cache=tokens-of-callers} 0.0");
        }
    }

    @Test
    void tellsTheFirstSightOfATokenFromTheNext() {
        try (Gatehouse gatehouse = gatehouse()) {
            String token = TestTokens.valid().compact();
            for (int i = 0; i < 3; i++) {
                gatehouse.tokenValidator().validate(AccessToken.of(token));
            }

            assertThat(figures())
                    .contains(
                            "gatehouse.validations{issuer=staff, path=cold} 1",
                            "gatehouse.validations{issuer=staff, path=warm} 2");
        }
    }

    @Test
    void tellsOfTheCallsOfClientsByTheirNames() {
        try (Gatehouse gatehouse = gatehouse()) {
            OutboundClient orders = gatehouse.outboundClients().named("orders").orElseThrow();
            assertThat(orders.authorizer().authorization(URI.create("https://orders.example.com/1")))
                    .contains("Bearer ours");
            requireNonNull(orders.tokenClient()).revoke("ours", TokenRequest.empty());

            assertThat(figures())
                    .contains(
                            "gatehouse.client.calls{client=orders, kind=discovery, outcome=ok} 1",
                            "gatehouse.client.calls{client=orders, kind=token, outcome=ok} 1",
                            "gatehouse.client.calls{client=orders, kind=revocation, outcome=refused} 1");
        }
    }

    @Test
    void countsWhoIsLetIn() {
        try (Gatehouse gatehouse = gatehouse()) {
            AccessToken token = AccessToken.of(TestTokens.valid().compact());
            TokenValidationResult.Valid valid =
                    (TokenValidationResult.Valid) gatehouse.tokenValidator().validate(token);
            gatehouse.ledger().accepted(valid.token(), "carol");

            assertThat(figures()).contains("gatehouse.decisions{code=accepted, issuer=staff} 1");
        }
    }

    @Test
    void countsARefusalForTheIssuerThatTheTokenNames() {
        Refusal expired = Refusal.invalidToken(new BearerChallenge("orders"), InvalidTokenReason.EXPIRED);
        try (Gatehouse gatehouse = gatehouse()) {
            for (String issuer : List.of(TestTokens.ISSUER, "https://stranger.example")) {
                String token = TestTokens.valid().claim("iss", quote(issuer)).compact();
                gatehouse.ledger().noted(expired, RefusedRequest.of(AccessToken.of(token)));
            }
            gatehouse.ledger().noted(Refusal.credentialsNeeded(new BearerChallenge("orders")), RefusedRequest.of(null));

            assertThat(figures())
                    .contains(
                            "gatehouse.decisions{code=GATE-EXPIRED, issuer=staff} 1",
                            "gatehouse.decisions{code=GATE-EXPIRED, issuer=asked} 1",
                            "gatehouse.decisions{code=GATE-CREDENTIALS, issuer=(none)} 1");
        }
    }
}
