package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.introspection.IntrospectionStatus.Endpoint;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsValidator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told about asking, without asking. */
@Timeout(60)
class IntrospectionStatusTest {

    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final Duration FOREVER = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();

    private IntrospectionTokenValidator validator(int failureThreshold, Duration pause) {
        return new IntrospectionTokenValidator(
                "introspection",
                ScriptedEndpoint.settings(CacheSettings.defaults(), new Limits(10, A_WHILE, failureThreshold, pause)),
                new ClaimsValidator(TestTokens.policy(), clock),
                endpoint,
                clock);
    }

    private IntrospectionTokenValidator validator() {
        return validator(2, FOREVER);
    }

    private static AccessToken token(String text) {
        return AccessToken.of(text);
    }

    @Test
    void isGoodBeforeAnybodyWasAsked() {
        IntrospectionTokenValidator validator = validator();

        assertThat(validator.status()).isEqualTo(new IntrospectionStatus(Endpoint.ASKED, false, 0));
        assertThat(validator.trouble()).isEmpty();
        assertThat(endpoint.calls()).isZero();
    }

    @Test
    void countsWhatIsRememberedOfLiveAndDeadTokens() {
        IntrospectionTokenValidator validator = validator();
        validator.validate(token("one"));
        validator.validate(token("two"));
        endpoint.answers("{\"active\":false}");
        validator.validate(token("three"));

        assertThat(validator.status()).isEqualTo(new IntrospectionStatus(Endpoint.ASKED, false, 3));
    }

    @Test
    void saysThatOurCredentialsAreRejectedUntilTheyAreTaken() {
        IntrospectionTokenValidator validator = validator();
        endpoint.answers(status(401));
        validator.validate(token("one"));

        assertThat(validator.status().credentialsRejected()).isTrue();
        assertThat(validator.trouble()).hasValue("it rejects our own credentials: 401");

        endpoint.answers("{\"active\":true}");
        validator.validate(token("one"));
        assertThat(validator.status().credentialsRejected()).isFalse();
        assertThat(validator.trouble()).isEmpty();
    }

    @Test
    void saysWhatWasWrongWithTheLastAnswer() {
        IntrospectionTokenValidator validator = validator();
        endpoint.answers(status(413));
        validator.validate(token("one"));
        assertThat(validator.trouble()).hasValue("it refused the request: 413");

        endpoint.answers(outage());
        validator.validate(token("one"));
        assertThat(validator.trouble()).hasValue("connect timeout");
    }

    @Test
    void saysThatTheEndpointIsLeftAloneAfterSoManyFailures() {
        IntrospectionTokenValidator validator = validator();
        endpoint.answers(outage());
        validator.validate(token("one"));
        assertThat(validator.status().endpoint()).isEqualTo(Endpoint.ASKED);

        validator.validate(token("one"));
        assertThat(validator.status().endpoint()).isEqualTo(Endpoint.LEFT_ALONE);
    }

    @Test
    void saysThatTheEndpointIsOnTrialWhenItWasLeftAloneForLongEnough() throws Exception {
        IntrospectionTokenValidator validator = validator(1, Duration.ofMillis(1));
        endpoint.answers(outage());
        validator.validate(token("one"));

        while (validator.status().endpoint() != Endpoint.ON_TRIAL) {
            Thread.sleep(1); // until the real time of the breaker has gone on by a millisecond
        }
        assertThat(endpoint.calls()).isEqualTo(1);

        endpoint.answers("{\"active\":true}");
        validator.validate(token("one"));
        assertThat(validator.status().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void tellsTheClaimsOfALiveTokenThatIsRememberedAndAsksNobody() {
        IntrospectionTokenValidator validator = validator();
        assertThat(validator.remembered(token("one"))).isEmpty();
        assertThat(endpoint.calls()).isZero();

        validator.validate(token("one"));
        endpoint.answers("{\"active\":false}");
        validator.validate(token("two"));

        assertThat(validator.remembered(token("one")))
                .hasValueSatisfying(claims -> assertThat(claims.value("sub")).hasValue("alice"));
        assertThat(validator.remembered(token("two"))).isEmpty();
        assertThat(endpoint.calls()).isEqualTo(2);
    }

    private boolean hasPatience(TokenIntrospector introspector, Bulkhead bulkhead) {
        introspector.introspect(token("one"));
        try (Bulkhead.Place another = bulkhead.place()) {
            return another.mayWait();
        }
    }

    /** Nobody may wait for a silent server here, so that what is known of it shows at once. */
    private Bulkhead impatient() {
        return new Bulkhead(new Bulkhead.Limits(10, A_WHILE, FOREVER), 0, clock);
    }

    private TokenIntrospector introspector(Bulkhead bulkhead) {
        return new TokenIntrospector(
                ScriptedEndpoint.settings(CacheSettings.defaults(), new Limits(10, A_WHILE, 1_000_000, FOREVER)),
                endpoint,
                bulkhead,
                clock);
    }

    @Test
    void aServerThatLeftAQuestionWithoutAnAnswerIsSilent() {
        Bulkhead bulkhead = impatient();
        endpoint.does(() -> {
            clock.advance(A_WHILE);
            return outage();
        });

        assertThat(hasPatience(introspector(bulkhead), bulkhead)).isFalse();
    }

    @Test
    void aServerThatTakesItsTimeIsNotSilentWhateverItSays() {
        Bulkhead bulkhead = impatient();
        endpoint.does(() -> {
            clock.advance(A_WHILE);
            return status(500);
        });

        assertThat(hasPatience(introspector(bulkhead), bulkhead)).isTrue();
    }
}
