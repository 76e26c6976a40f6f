package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestKeys;
import java.util.List;

/** Configurations of issuers by name, to change one thing of. */
abstract class IssuersConfigFixture {

    static final String KEY = TestKeys.pem(TestKeys.RSA.getPublic());
    static final String STAFF = "gatehouse.issuers.staff.";

    /** Staff, complete, and no default issuer. */
    static TestProperties staff() {
        return TestProperties.none()
                .with(STAFF + "issuer", "https://staff.example")
                .with(STAFF + "audiences", "orders-api")
                .with(STAFF + "jwks-uri", "https://staff.example/jwks");
    }

    /** The issuer of MicroProfile JWT's names, and staff. */
    static TestProperties both() {
        return TestProperties.valid()
                .with(STAFF + "issuer", "https://staff.example")
                .with(STAFF + "audiences", "staff-api")
                .with(STAFF + "jwks-uri", "https://staff.example/jwks");
    }

    static TestProperties asked(TestProperties properties, String name) {
        return properties
                .with("gatehouse.issuers." + name + ".issuer", "https://" + name + ".example")
                .with("gatehouse.issuers." + name + ".audiences", "orders-api")
                .with(
                        "gatehouse.issuers." + name + ".introspection.endpoint",
                        "https://" + name + ".example/introspect")
                .with("gatehouse.issuers." + name + ".introspection.bearer-token", "t0ken");
    }

    static IssuerConfig issuer(GatehouseConfig config, String name) {
        return config.issuers().stream()
                .filter(issuer -> issuer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static IssuerConfig staffOf(TestProperties properties) {
        return issuer(properties.read(), "staff");
    }

    static List<ConfigProblem> problems(TestProperties properties) {
        try {
            properties.read();
            return List.of();
        } catch (GatehouseConfigException refused) {
            return refused.problems();
        }
    }

    static void assertProblem(TestProperties properties, String property, String... words) {
        assertThat(problems(properties)).singleElement().satisfies(only -> {
            assertThat(only.property()).isEqualTo(property);
            assertThat(only.problem()).contains(words);
        });
    }
}
