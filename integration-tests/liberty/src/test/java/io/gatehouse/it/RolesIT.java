package io.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.roles.CallerResource;
import io.gatehouse.it.roles.DepartmentRoles;
import io.gatehouse.it.roles.RenamingStore;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From claims to roles, and what the application's code is told of the caller. */
@ExtendWith(ArquillianExtension.class)
class RolesIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));

    /** As a Mesh server has it. */
    private static final String GROUPS_FILE = """
            // Who may do what.
            {
                "OAuth": {
                    "users": ["(time_series, read)", "(model, read)"], // everybody
                    /* "nobody": ["(time_series, delete)"], */
                    "daemons": ["(time_series, create)"]
                },
                "Kerberos": { "guests": ["(time_series, read)"] }
            }
            """;

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.roles.claims", "roles,realm_access.roles,scope");
        configuration.put("gatehouse.roles.strip-prefix.roles", "ROLE_,/");
        configuration.put("gatehouse.roles.case", "lower");
        configuration.put("gatehouse.roles.prefixes.scope", "scope:");
        configuration.put("gatehouse.roles.groups-file", "classpath:groups.json");
        configuration.put("gatehouse.roles.map.boss", "admin");
        configuration.put("gatehouse.roles.defaults", "caller");
        configuration.put("gatehouse.whoami.path", "/api/whoami");
        configuration.put("gatehouse.basic.enabled", "true");
        configuration.put("gatehouse.basic.users.dev.password", "open sesame");
        configuration.put("gatehouse.basic.users.dev.groups", "user");
        configuration.put("gatehouse.basic.allow-plain-passwords", "true");
        return Demo.war(configuration)
                .addClasses(CallerResource.class, DepartmentRoles.class, RenamingStore.class)
                .addAsResource(new StringAsset(GROUPS_FILE), "groups.json");
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static TestToken token() {
        return ISSUER.token().without("groups");
    }

    private static TestToken tokenWithRoles(String... roles) {
        return token().claim("roles", List.of(roles));
    }

    private static int status(TestToken token, String path) {
        return Caller.bearing(token.text()).get(path).statusCode();
    }

    private static Caller dev() {
        String text = "dev:open sesame";
        return Caller.saying("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    @Nested
    class Roles {

        @ParameterizedTest
        @CsvSource({
            "Users, /api/caller/series, 200",
            "ROLE_USERS, /api/caller/series, 200",
            "/users, /api/caller/series, 200",
            "daemons, /api/caller/series, 403",
            "nobody, /api/caller/series, 403",
            "guests, /api/caller/series, 403",
            "time_series:read, /api/caller/series, 200",
            "ROLE_Boss, /api/caller/admin, 200",
            "Admin, /api/caller/admin, 200",
            "user, /api/caller/admin, 403",
            "**, /api/caller/admin, 403",
            "*, /api/caller/admin, 403",
            "ROLE_**, /api/caller/admin, 403",
            "ROLE_, /api/caller/admin, 403",
            "' admin', /api/caller/admin, 403",
            "'admin ', /api/caller/admin, 403",
            "admin\u00a0, /api/caller/admin, 403",
            "\uff41dmin, /api/caller/admin, 403",
            "adm\u0131n, /api/caller/admin, 403",
            "group:defaultRealm/admin, /api/caller/admin, 403"
        })
        void openWhatTheirNamesOpenInTheEnd(String role, String path, int status) {
            assertThat(status(tokenWithRoles(role), path)).isEqualTo(status);
        }

        @Test
        void areThoseOfTheApplicationsMapperToo() {
            assertThat(status(token().claim("department", "audit"), "/api/caller/audit"))
                    .isEqualTo(200);
            assertThat(status(token().claim("department", "sales"), "/api/caller/audit"))
                    .isEqualTo(403);
            assertThat(status(token().claim("department", "odd"), "/api/caller/admin"))
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/caller/audit", "/api/public", "/api/whoami"})
        void areNotLostSilentlyWhereThatMapperFails(String path) throws IOException {
            String token = token().claim("department", "broken").text();
            HttpResponse<String> response = Caller.bearing(token).get(path);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(Demo.logs()).contains("GATE0605", "GATE0603").doesNotContain(token);
        }
    }

    @Nested
    class TheCaller {

        private static String told(TestToken token) {
            return Caller.bearing(token.text()).get("/api/caller").body();
        }

        @Test
        void isNobodyWithoutACredential() {
            assertThat(Caller.nobody().get("/api/caller").body())
                    .isEqualTo("authenticated=false name= display= id= issuer=- client=- isClient=false isUser=false"
                            + " acr=- roles= scopes= realm=[] level=-1");
        }

        @Test
        void isWhatTheTokenSays() {
            TestToken token = tokenWithRoles("ROLE_Users")
                    .claim("name", "Carol C")
                    .claim("azp", "web")
                    .claim("acr", "silver")
                    .claim("scope", "read write")
                    .claim("realm_access", Map.of("roles", List.of("r1"), "level", 3));
            assertThat(told(token))
                    .isEqualTo("authenticated=true name=carol display=Carol C id=carol issuer=default client=web"
                            + " isClient=false isUser=true acr=silver"
                            + " roles=caller,model:read,r1,scope:read,scope:write,time_series:read,users"
                            + " scopes=read,write realm=[r1] level=3");
        }

        @Test
        void isTheRightOneOfManyInOneBean() {
            for (int i = 0; i < 20; i++) {
                assertThat(told(token().claim("sub", "caller-" + i))).contains("name=caller-" + i + " ");
            }
        }

        @Test
        void isKnownUnderTheApplicationsName() {
            assertThat(told(token().claim("sub", "otto").claim("azp", "otto")))
                    .startsWith(
                            "authenticated=true name=Otto of the application display=Otto of the application id=otto"
                                    + " issuer=default client=otto isClient=true isUser=false")
                    .contains("known");
        }

        @Test
        void mayHaveNoToken() {
            assertThat(dev().get("/api/caller").body())
                    .startsWith("authenticated=true name=dev display=dev id=dev issuer=- client=-")
                    .contains("roles=user ");
        }

        @Test
        void isNobodyAfterALogout() {
            assertThat(Caller.bearing(token().text()).get("/api/caller/leaving").body())
                    .isEqualTo("true false");
        }
    }

    @Nested
    class WhoAmI {

        private static JsonObject json(HttpResponse<String> response) {
            return Json.createReader(new StringReader(response.body())).readObject();
        }

        @Test
        void tellsTheCaller() {
            TestToken token =
                    tokenWithRoles("Users").claim("name", "C\u00e4rol \"C\"").claim("oid", "o-1");
            HttpResponse<String> response = Caller.bearing(token.text()).get("/api/whoami");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            assertThat(json(response))
                    .isEqualTo(Json.createObjectBuilder()
                            .add("display_name", "C\u00e4rol \"C\"")
                            .add("identifier", "o-1")
                            .add("source", "default")
                            .add(
                                    "groups",
                                    Json.createArrayBuilder(
                                            List.of("caller", "model:read", "time_series:read", "users")))
                            .build());
        }

        @Test
        void tellsWhoCameByNameAndPassword() {
            HttpResponse<String> response = dev().get("/api/whoami");
            assertThat(response.body())
                    .isEqualTo(
                            "{\"display_name\":\"dev\",\"identifier\":\"dev\",\"source\":null,\"groups\":[\"user\"]}");
        }

        @Test
        void asksStrangersForACredential() {
            HttpResponse<String> response = Caller.nobody().get("/api/whoami");
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(2);
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        }

        @Test
        void tellsNothingToABadToken() {
            HttpResponse<String> response = Caller.bearing(token().text() + "x").get("/api/whoami");
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
        }

        @Test
        void isNowhereElse() {
            assertThat(status(token(), "/whoami")).isEqualTo(404);
            assertThat(status(token(), "/api/whoami/")).isNotEqualTo(200);
        }
    }
}
