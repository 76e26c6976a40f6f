package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long the server takes to start an application with a thousand issuers, against one: prints, and asserts nothing
 * about time. Its name keeps it out of the suite; {@code mvn verify -Dit.test=ManyIssuersMeasurement} runs it.
 */
@ExtendWith(ArquillianExtension.class)
class ManyIssuersMeasurement {

    @Deployment(name = "first", order = 1, testable = false)
    static WebArchive first() {
        return withIssuers("first", 1);
    }

    @Deployment(name = "one", order = 2, testable = false)
    static WebArchive one() {
        return withIssuers("one", 1);
    }

    @Deployment(name = "thousand", order = 3, testable = false)
    static WebArchive thousand() {
        return withIssuers("thousand", 1_000);
    }

    private static WebArchive withIssuers(String name, int issuers) {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        for (int i = 0; i < issuers; i++) {
            String prefix = "gatehouse.issuers.tenant-" + i + ".";
            properties.put(prefix + "preset", "keycloak");
            properties.put(prefix + "issuer", "https://login.example.com/realms/tenant-" + i);
            properties.put(prefix + "audiences", "orders-api");
            properties.put(prefix + "roles.prefix", "tenant-" + i + ":");
        }
        return Demo.war(name, properties);
    }

    @Test
    void printsHowLongTheStartTakes() throws IOException {
        for (String name : new String[] {"first", "one", "thousand"}) {
            assertThat(Caller.nobody().get('/' + name + "/api/public").statusCode())
                    .isEqualTo(200);
            Demo.messages("CWWKZ0001I", ' ' + name + ' ')
                    .forEach(line -> System.out.println(line.replaceFirst("^.*CWWKZ0001I: ", "")));
        }
    }
}
