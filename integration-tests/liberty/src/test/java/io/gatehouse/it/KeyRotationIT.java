package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The issuer changes its keys while the application runs. */
@ExtendWith(ArquillianExtension.class)
class KeyRotationIT {

    private static final TestKey OLD = TestKey.generate("old", "ES256");
    private static final TestKey NEW = TestKey.generate("new", "ES256");
    private static final TestKey UNKNOWN = TestKey.generate("unknown", "ES256");
    private static final TestIssuer ISSUER = TestIssuer.start(OLD);

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void acceptsANewKeyAtOnceAndFetchesRarely() {
        assertThat(statusWith(OLD)).isEqualTo(200);
        ISSUER.publish(NEW, OLD);
        assertThat(statusWith(NEW)).isEqualTo(200);
        assertThat(statusWith(OLD)).isEqualTo(200);

        int before = ISSUER.fetches();
        IntStream.range(0, 50).forEach(i -> assertThat(statusWith(UNKNOWN)).isEqualTo(401));
        assertThat(ISSUER.fetches() - before)
                .as("fetches for a key that does not exist")
                .isLessThan(10);
    }

    private static int statusWith(TestKey key) {
        String token = ISSUER.token().signedBy(key).text();
        return Caller.bearing(token).get("/api/hello").statusCode();
    }
}
