package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.TestKeys;
import java.time.Instant;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of all that, and how often. */
@Timeout(30)
class RemoteJwkSetLogTest extends RemoteJwkSetFixture {

    @Test
    void warnsOncePerChangeOfState() {
        RemoteJwkSet set = set();
        set.lookup("a");
        issuer.answer = outage();
        for (int i = 0; i < 10; i++) {
            clock.advance(REFRESH);
            set.lookup("a");
        }
        assertThat(log.messages(Level.WARNING)).singleElement().satisfies(message -> assertThat(message)
                .startsWith("GATE0103")
                .contains(LOCATION.toString(), "connect timeout"));

        issuer.answer = keys("a");
        clock.advance(REFRESH);
        set.lookup("a");
        clock.advance(REFRESH);
        set.lookup("a");
        assertThat(log.messages(Level.INFO))
                .filteredOn(message -> message.startsWith("GATE0104"))
                .hasSize(1);

        issuer.answer = new FetchResult.Refused(503, new byte[0], "", null);
        clock.advance(REFRESH);
        set.lookup("a");
        assertThat(log.messages(Level.WARNING)).hasSize(2);
        assertThat(log.messages(Level.WARNING).get(1)).contains("it answered 503");
    }

    @Test
    void saysWhatAnOutageMeansForTokens() {
        issuer.answer = outage();
        RemoteJwkSet set = set();
        set.lookup("a");
        assertThat(log.messages(Level.WARNING))
                .containsExactly(
                        "GATE0103 no keys from " + LOCATION + ": connect timeout; tokens that need them get 503");

        issuer.answer = keys("a");
        clock.advance(COOLDOWN);
        Instant read = clock.instant();
        set.lookup("a");
        issuer.answer = outage();
        clock.advance(REFRESH);
        set.lookup("a");
        assertThat(log.messages(Level.WARNING))
                .last()
                .isEqualTo("GATE0103 no keys from " + LOCATION + ": connect timeout; those known stay in use until "
                        + read.plus(USABLE));
    }

    @Test
    void warnsOnceMoreWhenTheKeysAreTooOldToBeTrusted() {
        RemoteJwkSet set = filled();
        issuer.answer = outage();
        clock.advance(REFRESH);
        set.lookup("a");
        clock.advance(USABLE);
        for (int i = 0; i < 3; i++) {
            assertUnavailable(set.lookup("a"));
            clock.advance(COOLDOWN);
        }
        assertThat(log.messages(Level.WARNING))
                .hasSize(2)
                .last()
                .isEqualTo("GATE0125 the keys from " + LOCATION
                        + " are too old to be trusted: connect timeout; tokens that need them get 503");
    }

    @Test
    void namesTheKeysThatWereLeftOutOnce() {
        issuer.answer = ok(jwks(
                jwk(RSA.getPublic(), "kid", "\"a\""), jwk(OTHER_RSA.getPublic(), "kid", "\"e\"", "use", "\"enc\"")));
        RemoteJwkSet set = set();
        set.lookup("a");
        clock.advance(REFRESH);
        set.lookup("a");

        assertThat(log.messages(Level.INFO)).hasSize(2);
        assertThat(log.messages(Level.INFO).get(0)).startsWith("GATE0101").endsWith(": 1");
        assertThat(log.messages(Level.INFO).get(1)).startsWith("GATE0102").contains("key e");

        issuer.answer = ok(jwks(
                jwk(RSA.getPublic(), "kid", "\"b\""),
                jwk(OTHER_RSA.getPublic(), "kid", "\"e\"", "use", "\"enc\""),
                jwk(TestKeys.WEAK_RSA.getPublic(), "kid", "\"w\"")));
        clock.advance(REFRESH);
        set.lookup("a");
        assertThat(log.messages(Level.INFO)).hasSize(4);
        assertThat(log.messages(Level.INFO).get(2)).startsWith("GATE0105").contains("keys in it now: 1");
        assertThat(log.messages(Level.INFO).get(3))
                .startsWith("GATE0102")
                .contains("key w", "its RSA modulus has 1024 bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-looking-kid\r\nFORGED LINE", "secret-looking-kid"})
    void neverShowsAnIdThatATokenNamed(String kid) {
        RemoteJwkSet set = set();
        set.lookup(kid);
        issuer.answer = outage();
        set.lookup(kid);
        assertThat(log.everything()).doesNotContain("secret-looking", "FORGED");
    }
}
