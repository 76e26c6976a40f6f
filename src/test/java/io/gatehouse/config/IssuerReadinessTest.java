package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.introspection.IntrospectionStatus;
import io.gatehouse.introspection.IntrospectionStatus.Endpoint;
import io.gatehouse.keys.KeySetStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What readiness says, for each state of an issuer. */
class IssuerReadinessTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant TRUSTED_SINCE = NOW.minus(Duration.ofHours(24));

    private static KeySetStatus keys(boolean withinReach, int keys, @Nullable Instant fetchedAt) {
        String error = withinReach ? null : "https://internal.example refused";
        Instant errorAt = withinReach ? null : NOW;
        URI place = URI.create("https://internal.example/jwks");
        return new KeySetStatus(place, withinReach, keys, fetchedAt, error, errorAt, NOW);
    }

    private static HealthCheckResponse response(
            HealthMode mode, List<KeySetStatus> keys, int templatesOutOfReach, @Nullable IntrospectionStatus asked) {
        List<IssuerStatus.Template> templates = templatesOutOfReach == 0
                ? List.of()
                : List.of(new IssuerStatus.Template("https://{tenant}.example", 9, templatesOutOfReach));
        IssuerStatus status = new IssuerStatus("staff", ValidationMode.AUTO, keys, templates, TRUSTED_SINCE, asked);
        return new IssuerReadiness("staff", mode, () -> Optional.of(status)).call();
    }

    private static void expect(HealthCheckResponse response, Status status, Map<String, Object> data) {
        assertThat(response.getName()).isEqualTo("gatehouse staff");
        assertThat(response.getData()).contains(data);
        assertThat(response.getStatus()).isEqualTo(status);
    }

    private static void expectKeys(KeySetStatus keys, Status status, String word, boolean degraded) {
        Map<String, Object> data = Map.of("keys", word, "degraded", degraded);
        expect(response(HealthMode.DOWN, List.of(keys), 0, null), status, data);
        expect(response(HealthMode.DEGRADED, List.of(keys), 0, null), Status.UP, data);
    }

    @Test
    void isUpBeforeKeysAreWantedAndWhileTheyCanBeFetched() {
        expectKeys(keys(true, 0, null), Status.UP, "ok", false);
        expectKeys(keys(true, 2, NOW), Status.UP, "ok", false);
    }

    @Test
    void isUpWhileKeysAreKeptThroughAnOutage() {
        expectKeys(keys(false, 2, NOW), Status.UP, "kept", true);
        expectKeys(keys(false, 2, TRUSTED_SINCE), Status.UP, "kept", true);
    }

    @Test
    void isDownWithoutKeysThatMayBeUsed() {
        expectKeys(keys(false, 0, null), Status.DOWN, "missing", true);
        expectKeys(keys(false, 2, TRUSTED_SINCE.minusNanos(1)), Status.DOWN, "missing", true);
    }

    /** Whoever completes a template with invented names could turn the application off. */
    @Test
    void isUpWhateverIssuersOfATemplateDo() {
        expect(response(HealthMode.DOWN, List.of(), 9, null), Status.UP, Map.of("keys", "kept", "degraded", true));
    }

    private static void expectAsked(IntrospectionStatus asked, Status status, String word, boolean degraded) {
        Map<String, Object> data = Map.of("introspection", word, "degraded", degraded);
        expect(response(HealthMode.DOWN, List.of(), 0, asked), status, data);
        expect(response(HealthMode.DEGRADED, List.of(), 0, asked), Status.UP, data);
    }

    @Test
    void goesByTheIntrospectionEndpoint() {
        expectAsked(new IntrospectionStatus(Endpoint.ASKED, false, 5), Status.UP, "ok", false);
        expectAsked(new IntrospectionStatus(Endpoint.ON_TRIAL, false, 5), Status.UP, "on trial", true);
        expectAsked(new IntrospectionStatus(Endpoint.LEFT_ALONE, false, 5), Status.DOWN, "left alone", true);
        expectAsked(new IntrospectionStatus(Endpoint.ASKED, true, 5), Status.DOWN, "credentials rejected", true);
    }

    @Test
    void saysNothingOfPlacesAndErrors() {
        HealthCheckResponse response = response(HealthMode.DOWN, List.of(keys(false, 0, null)), 0, null);

        assertThat(response.getData().toString()).doesNotContain("internal.example");
    }
}
