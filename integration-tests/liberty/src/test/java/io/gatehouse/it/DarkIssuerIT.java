package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two issuers is dark: before the application starts, and later for longer than anything is kept. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DarkIssuerIT {

    private static final int SOME = 10;

    private static final TestKey KEY = TestKey.generate("key", "ES256");
    private static final TestKey LATER_KEY = TestKey.generate("later-key", "ES256");
    private static final ScriptedSite DARK = ScriptedSite.away();
    private static final TestIssuer HEALTHY = TestIssuer.start(TestKey.generate("healthy-key", "ES256"));

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("gatehouse.issuers.dark.issuer", DARK.url(""));
        properties.put("gatehouse.issuers.dark.jwks-uri", DARK.url("/jwks"));
        properties.put("gatehouse.issuers.dark.audiences", TestIssuer.AUDIENCE);
        properties.put("gatehouse.issuers.dark.jwks.refresh-after", "1s");
        properties.put("gatehouse.issuers.dark.jwks.usable-for", "12s");
        properties.put("gatehouse.issuers.dark.jwks.cooldown", "1s");
        properties.put("gatehouse.issuers.healthy.issuer", HEALTHY.issuer());
        properties.put("gatehouse.issuers.healthy.jwks-uri", HEALTHY.issuer() + "/jwks");
        properties.put("gatehouse.issuers.healthy.audiences", TestIssuer.AUDIENCE);
        return Demo.war(properties);
    }

    @AfterAll
    static void stop() {
        DARK.close();
        HEALTHY.close();
    }

    private static Caller darkCaller(TestKey key) {
        return Caller.bearing(
                HEALTHY.token().claim("iss", DARK.url("")).signedBy(key).text());
    }

    private static void assertHealthyIssuerIsUnaffected() {
        assertThat(hello(Caller.bearing(HEALTHY.token().text())).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> hello(Caller caller) {
        return caller.get("/api/hello");
    }

    @Test
    @Order(1)
    void startsWhileTheIssuerIsDownAndSaysSoOnce() throws IOException {
        assertThat(Caller.nobody().get("/api/public").statusCode()).isEqualTo(200);
        for (int i = 0; i < SOME; i++) {
            assertUnavailable(hello(darkCaller(KEY)));
            assertHealthyIssuerIsUnaffected();
        }
        waitAsTold(hello(darkCaller(KEY)));
        assertUnavailable(hello(darkCaller(KEY)));

        assertThat(outages()).hasSize(1).allMatch(line -> line.contains("tokens that need them get 503"));
        assertThat(recoveries()).isEmpty();
    }

    @Test
    @Order(2)
    void isBackWithTheFirstFetchAfterTheIssuerIs() throws IOException {
        DARK.publishKeys("/jwks", KEY).comeBack();

        HttpResponse<String> response = untilServedAsTold(darkCaller(KEY));

        assertThat(response.body()).isEqualTo("Hello carol.\n");
        assertThat(DARK.requests()).hasSize(1);
        assertThat(outages()).hasSize(1);
        assertThat(recoveries()).hasSize(1);
    }

    @Test
    @Order(3)
    void letsKnownKeysInWhileTheIssuerIsDarkButCannotTellAboutOthers() throws IOException {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos()); // older than refresh-after
        assertThat(hello(darkCaller(KEY)).statusCode()).isEqualTo(200);
        DARK.goAway();

        for (int i = 0; i < SOME; i++) {
            assertThat(hello(darkCaller(KEY)).statusCode()).isEqualTo(200);
            assertUnavailable(hello(darkCaller(LATER_KEY)));
            assertHealthyIssuerIsUnaffected();
        }

        assertThat(outages()).hasSize(2);
        assertThat(outages().get(1)).contains("those known stay in use until");
        assertThat(tooOld()).isEmpty();
    }

    @Test
    @Order(4)
    void trustsKnownKeysNoLongerThanConfigured() throws IOException {
        assertUnavailable(darkCaller(KEY).getUntil("/api/hello", 503));
        waitAsTold(hello(darkCaller(KEY)));
        assertUnavailable(hello(darkCaller(KEY)));
        waitAsTold(hello(darkCaller(KEY)));
        assertUnavailable(hello(darkCaller(KEY)));
        assertHealthyIssuerIsUnaffected();

        assertThat(outages()).hasSize(2);
        assertThat(tooOld()).hasSize(1);
    }

    @Test
    @Order(5)
    void isBackAtOnceWithTheKeysThatTheIssuerHasNow() throws IOException {
        int before = DARK.requests().size();
        DARK.publishKeys("/jwks", LATER_KEY).comeBack();

        assertThat(untilServedAsTold(darkCaller(LATER_KEY)).statusCode()).isEqualTo(200);
        assertThat(DARK.requests()).hasSize(before + 1);
        assertThat(hello(darkCaller(KEY)).statusCode()).isEqualTo(401);
        assertThat(outages()).hasSize(2);
        assertThat(recoveries()).hasSize(2);
    }

    /** A caller who does as {@code Retry-After} says; a busy machine may keep him waiting a few times. */
    private static HttpResponse<String> untilServedAsTold(Caller caller) {
        HttpResponse<String> response = hello(caller);
        for (int i = 0; i < 5 && response.statusCode() == 503; i++) {
            waitAsTold(response);
            response = hello(caller);
        }
        return response;
    }

    private static void waitAsTold(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(seconds)).toNanos());
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    private static List<String> outages() throws IOException {
        return Demo.messages("GATE0103", DARK.url("/jwks"));
    }

    private static List<String> tooOld() throws IOException {
        return Demo.messages("GATE0125", DARK.url("/jwks"));
    }

    private static List<String> recoveries() throws IOException {
        return Demo.messages("GATE0104", DARK.url("/jwks"));
    }
}
