package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server has users of its own. A token that names one of them says no more than its issuer did. */
@ExtendWith(ArquillianExtension.class)
class ServerRegistryIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "RS256"));
    private static final int TIMES = 3;

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static String token(String name, String... groups) {
        return ISSUER.token()
                .claim("sub", name)
                .claim("groups", List.of(groups))
                .text();
    }

    private static int status(String token, String path) {
        return Caller.bearing(token).get(path).statusCode();
    }

    @Test
    void givesNobodyTheGroupsThatTheServerKnowsOf() {
        String user = token("regina", "user");

        for (int i = 0; i < TIMES; i++) {
            assertThat(status(user, "/api/hello")).isEqualTo(200);
            assertThat(status(user, "/api/admin")).isEqualTo(403);
        }
    }

    @Test
    void givesNobodyTheRolesOfAnEarlierTokenOfTheSameName() {
        for (int i = 0; i < TIMES; i++) {
            String admin = token("rufus", "admin");
            assertThat(status(admin, "/api/admin")).isEqualTo(200);
            assertThat(status(admin, "/api/hello")).isEqualTo(403);
            String user = token("rufus", "user");
            assertThat(status(user, "/api/admin")).isEqualTo(403);
            assertThat(status(user, "/api/hello")).isEqualTo(200);
        }
    }
}
