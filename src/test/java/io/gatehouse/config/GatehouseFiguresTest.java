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
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecision;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.RecordingServer.Request;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rooms together bring to the figures. */
class GatehouseFiguresTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final RecordingServer server = RecordingServer.saying("");

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private TestProperties configuration = TestProperties.none();
    private Function<Request, Answer> permissions = request -> new Answer(500, "text/plain", "");

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
            default -> permissions.apply(request);
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

    /** Whose calls have figures under a name that no client can have. */
    @Nested
    class OfPermissions {

        private final CountDownLatch silence = new CountDownLatch(1);

        private void askedOf(String provider, URI url) {
            configuration = configuration
                    .with("gatehouse.permissions.provider", provider)
                    .with("gatehouse.permissions.url", url.toString())
                    .with("gatehouse.permissions.issuers", "staff");
        }

        private PermissionDecision decide(Gatehouse gatehouse) {
            AccessToken token = AccessToken.of(TestTokens.valid().compact());
            TokenValidationResult.Valid valid =
                    (TokenValidationResult.Valid) gatehouse.tokenValidator().validate(token);
            return gatehouse.permissionDecider().decide(valid.token(), Permission.of("documents/7", "READ"));
        }

        private List<String> figuresAfterAQuestion() {
            try (Gatehouse gatehouse = gatehouse()) {
                decide(gatehouse);
                return figures();
            } finally {
                silence.countDown();
            }
        }

        /** Authress says no by 404; from a decision point of AuthZEN that means that it is somewhere else. */
        @ParameterizedTest
        @CsvSource({
            "authzen,  200, ok",
            "authzen,  404, refused",
            "authzen,  401, refused",
            "authzen,  500, refused",
            "authress, 200, ok",
            "authress, 404, ok",
            "authress, 401, refused",
            "authress, 403, refused",
            "authress, 429, refused"
        })
        void tellsWhatCameOfAQuestion(String provider, int status, String outcome) {
            askedOf(provider, server.uri(""));
            permissions = request -> new Answer(status, "application/json", "{\"decision\":true}");

            assertThat(figuresAfterAQuestion())
                    .contains(
                            "gatehouse.client.calls{client=(permissions), kind=permission, outcome=" + outcome + "} 1");
        }

        @Test
        void tellsOfEachAttempt() {
            askedOf("authress", server.uri(""));
            List<Answer> answers = new ArrayList<>(
                    List.of(new Answer(502, "text/plain", ""), new Answer(200, "application/json", "{}")));
            permissions = request -> answers.remove(0);

            assertThat(figuresAfterAQuestion())
                    .contains(
                            "gatehouse.client.calls{client=(permissions), kind=permission, outcome=refused} 1",
                            "gatehouse.client.calls{client=(permissions), kind=permission, outcome=ok} 1");
        }

        @Test
        void tellsOfAnOutage() {
            askedOf("authzen", URI.create("http://127.0.0.1:1"));

            assertThat(figuresAfterAQuestion())
                    .contains("gatehouse.client.calls{client=(permissions), kind=permission, outcome=unreachable} 1");
        }

        @Test
        void tellsOfAServerThatDoesNotAnswerInTime() {
            askedOf("authzen", server.uri(""));
            configuration = configuration.with("gatehouse.http.read-timeout", "200ms");
            permissions = request -> {
                try {
                    silence.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
                return Answer.json("{\"decision\":true}");
            };

            assertThat(figuresAfterAQuestion())
                    .contains("gatehouse.client.calls{client=(permissions), kind=permission, outcome=unreachable} 1");
        }

        @Test
        void tellsOfTheTokenThatIsFetchedForThem() {
            askedOf("authzen", server.uri(""));
            permissions = request -> Answer.json("{\"decision\":true}");
            configuration = configuration
                    .with("gatehouse.permissions.token", "service")
                    .with(
                            "gatehouse.permissions.token-endpoint",
                            server.uri("/token").toString())
                    .with("gatehouse.permissions.client-id", "shop")
                    .with("gatehouse.permissions.client-secret", "s3cret-s3cret-s3cret-s3cret");

            assertThat(figuresAfterAQuestion())
                    .contains(
                            "gatehouse.client.calls{client=(permissions), kind=token, outcome=ok} 1",
                            "gatehouse.client.calls{client=(permissions), kind=permission, outcome=ok} 1");
        }

        @Test
        void areAskedForWithinTheTraceOfTheRequest() {
            askedOf("authzen", server.uri(""));
            permissions = request -> Answer.json("{\"decision\":true}");
            Span request = telemetry.getTracer("a server").spanBuilder("GET").startSpan();

            try (Gatehouse gatehouse = gatehouse();
                    Scope current = request.makeCurrent()) {
                assertThat(decide(gatehouse)).isInstanceOf(PermissionDecision.Allowed.class);
            }

            assertThat(server.requests())
                    .filteredOn(each -> each.target().startsWith("/access/"))
                    .singleElement()
                    .satisfies(question -> assertThat(question.header("traceparent"))
                            .startsWith("00-" + request.getSpanContext().getTraceId() + "-")
                            .doesNotContain(request.getSpanContext().getSpanId()));
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
