package io.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.basic.ApplicationStore;
import io.gatehouse.it.basic.OwnHandler;
import io.gatehouse.it.basic.WhoServlet;
import io.gatehouse.it.plain.PlainApplication;
import io.gatehouse.it.roles.CallerResource;
import io.gatehouse.it.roles.DepartmentRoles;
import io.gatehouse.it.roles.RenamingStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that knows nothing of Jakarta Security, and applications that bring its API along: JAX-RS is guarded all the same. */
class WithoutAppSecurityIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final List<String> MODES = List.of("auto", "jaxrs");

    private static ServerWithoutSecurity server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerWithoutSecurity.start(
                "applications",
                guarded("auto"),
                guarded("jaxrs"),
                guarded("container"),
                plain(),
                ServerWithoutSecurity.withApi(Demo.war("servlet", ISSUER.configuration()))
                        .addClasses(WhoServlet.class, OwnHandler.class)
                        .addAsWebResource(new StringAsset("open"), "index.html"),
                ServerWithoutSecurity.withApi(Demo.war("descriptor", ISSUER.configuration()))
                        .setWebXML(new StringAsset("""
                                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                                  <security-constraint>
                                    <web-resource-collection>
                                      <web-resource-name>all</web-resource-name>
                                      <url-pattern>/*</url-pattern>
                                    </web-resource-collection>
                                    <auth-constraint><role-name>user</role-name></auth-constraint>
                                  </security-constraint>
                                </web-app>
                                """))
                        .addAsWebResource(new StringAsset("open"), "index.html"),
                Demo.war("bare", ISSUER.configuration()));
    }

    private static WebArchive guarded(String mode) {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.mode", mode);
        configuration.put("gatehouse.whoami.path", "/api/whoami");
        configuration.put("gatehouse.basic.enabled", "true");
        configuration.put("gatehouse.basic.users.dev.password", "open sesame");
        configuration.put("gatehouse.basic.users.dev.groups", "user");
        configuration.put("gatehouse.basic.allow-plain-passwords", "true");
        return ServerWithoutSecurity.withApi(Demo.war(mode, configuration))
                .addClasses(CallerResource.class, DepartmentRoles.class, RenamingStore.class, ApplicationStore.class);
    }

    private static WebArchive plain() {
        WebArchive demo = Demo.war("plain", ISSUER.configuration());
        demo.delete("/WEB-INF/classes/io/gatehouse/demo");
        return ServerWithoutSecurity.withApi(demo).addPackage(PlainApplication.class.getPackage());
    }

    @AfterAll
    static void stop() {
        server.close();
        ISSUER.close();
    }

    private static HttpResponse<String> get(Caller caller, String path) {
        return caller.get(server.at(path));
    }

    private static Caller caller(String name, String... groups) {
        return Caller.bearing(ISSUER.token()
                .claim("sub", name)
                .claim("groups", List.of(groups))
                .text());
    }

    private static Caller basic(String name, String password) {
        String text = name + ":" + password;
        return Caller.saying("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"user, hello, 200", "admin, hello, 403", "user, admin, 403", "admin, admin, 200", "user, denied, 403"})
    void opensWhatTheRolesOpen(String role, String path, int status) {
        for (String mode : MODES) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = get(caller("carol", role), "/" + mode + "/api/" + path);
                assertThat(response.statusCode()).as(mode).isEqualTo(status);
            }
        }
    }

    @Test
    void asksStrangersForACredentialAndTakesNoBadOne() {
        String forged = ISSUER.token().text() + "x";
        for (String mode : MODES) {
            HttpResponse<String> nobody = get(Caller.nobody(), "/" + mode + "/api/hello");
            assertThat(nobody.statusCode()).as(mode).isEqualTo(401);
            assertThat(nobody.headers().allValues("WWW-Authenticate")).as(mode).hasSize(2);
            assertThat(get(Caller.bearing(forged), "/" + mode + "/api/public").statusCode())
                    .as(mode)
                    .isEqualTo(401);
        }
    }

    @Test
    void injectsTheTokenOfEachCaller() {
        for (String mode : MODES) {
            for (String name : List.of("carol", "dora", "carol")) {
                assertThat(get(caller(name, "user"), "/" + mode + "/api/me").body())
                        .as(mode)
                        .contains("\"name\":\"" + name + "\"", ISSUER.issuer(), "\"groups\":[\"user\"]");
            }
            assertThat(get(caller("carol", "user"), "/" + mode + "/api/caller").body())
                    .as(mode)
                    .startsWith("authenticated=true name=carol");
            assertThat(get(Caller.nobody(), "/" + mode + "/api/caller").body())
                    .as(mode)
                    .startsWith("authenticated=false");
        }
    }

    @Test
    void findsTheTokenThatIsLookedUpByAnApplicationThatHasNoneInjected() {
        for (String name : List.of("carol", "dora", "carol")) {
            assertThat(get(caller(name, "user"), "/plain/api/plain").body()).isEqualTo(name + " sub=" + name);
            assertThat(get(caller(name), "/plain/api/plain/open").body()).isEqualTo("sub=" + name);
            assertThat(get(Caller.nobody(), "/plain/api/plain/open").body()).isEqualTo("sub=null");
        }
        assertThat(get(caller("carol", "admin"), "/plain/api/plain").statusCode())
                .isEqualTo(403);
    }

    @Test
    void asksTheStoresOfTheApplicationToo() {
        for (String mode : MODES) {
            assertThat(get(caller("otto"), "/" + mode + "/api/hello").body())
                    .as(mode)
                    .isEqualTo("Hello Otto of the application.\n");
            String auditor = ISSUER.token()
                    .claim("department", "audit")
                    .without("groups")
                    .text();
            assertThat(get(Caller.bearing(auditor), "/" + mode + "/api/caller/audit")
                            .statusCode())
                    .as(mode)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dev, open sesame, 200",
        "dev, wrong, 401",
        "carol, carol's own, 200",
        "carol, wrong, 401",
        "broken, any, 503",
        "nobody, any, 401"
    })
    void takesNameAndPassword(String name, String password, int status) {
        for (String mode : MODES) {
            assertThat(get(basic(name, password), "/" + mode + "/api/hello").statusCode())
                    .as(mode)
                    .isEqualTo(status);
        }
    }

    @Test
    void tellsCallersWhoTheyAre() {
        for (String mode : MODES) {
            assertThat(get(caller("carol", "user"), "/" + mode + "/api/whoami").body())
                    .as(mode)
                    .contains("\"identifier\":\"carol\"", "\"groups\":[\"user\"]");
            assertThat(get(Caller.nobody(), "/" + mode + "/api/whoami").statusCode())
                    .as(mode)
                    .isEqualTo(401);
        }
    }

    @Test
    void letsNobodyPassWhereTheContainerIsToSayWhoCalls() throws IOException {
        assertThat(get(caller("carol", "user"), "/container/api/hello").statusCode())
                .isEqualTo(401);
        assertThat(server.messages("GATE0214", "[container]")).hasSize(1);
        assertThat(server.messages("GATE0214", "[auto]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "descriptor"})
    void closesAnApplicationWhoseServletsWouldStandOpen(String application) throws IOException {
        assertThat(server.messages("GATE0212", "[" + application + "]")).isNotEmpty();
        for (String path : List.of("/who", "/api/hello", "/api/public", "/index.html", "/")) {
            for (Caller caller : List.of(caller("carol", "user"), Caller.nobody())) {
                assertThat(get(caller, "/" + application + path).statusCode())
                        .as(path)
                        .isEqualTo(503);
            }
        }
    }

    @Test
    void saysWhichApiIsMissing() throws IOException {
        assertThat(server.messages("GATE0011", "appSecurity-5.0")).isNotEmpty();
        assertThat(get(caller("carol", "user"), "/bare/api/hello").statusCode()).isEqualTo(404);
    }
}
