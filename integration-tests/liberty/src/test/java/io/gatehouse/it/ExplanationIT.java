package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.explained.AuditResource;
import io.gatehouse.it.rules.RolesResource;
import io.gatehouse.it.rules.ScopesResource;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is said of a refusal: little to the client, enough to who runs the application. */
@ExtendWith(ArquillianExtension.class)
class ExplanationIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final String LIST = "/explained/gatehouse/refusals";

    @Deployment(testable = false)
    static WebArchive explained() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.refusals.path", "/gatehouse/refusals");
        configuration.put("gatehouse.refusals.role", "admin");
        configuration.put("gatehouse.self-check", "true");
        return Demo.war("explained", configuration)
                .addClasses(RolesResource.class, ScopesResource.class, AuditResource.class);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static Caller user() {
        return Caller.bearing(ISSUER.token().text());
    }

    private static Caller admin() {
        return Caller.bearing(ISSUER.token().claim("groups", List.of("admin")).text());
    }

    private static String id(HttpResponse<String> refusal) {
        return Json.createReader(new StringReader(refusal.body())).readObject().getString("correlation_id");
    }

    private static JsonObject remembered(String id) {
        HttpResponse<String> list = admin().get(LIST);
        assertThat(list.statusCode()).isEqualTo(200);
        return Json.createReader(new StringReader(list.body()))
                .readObject()
                .getJsonArray("refusals")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(refusal -> refusal.getString("correlation_id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhoRunsTheApplicationWhatIsWrongWithAToken() {
        String token = ISSUER.token().claim("aud", "api://x").text();
        HttpResponse<String> refusal = Caller.bearing(token).get("/explained/api/roles/user");

        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.body()).doesNotContain("GATE-", "api://x", "mp.jwt");
        JsonObject told = remembered(id(refusal));
        assertThat(told.getString("code")).isEqualTo("GATE-AUDIENCE");
        assertThat(told.getString("reason")).contains("is [\"api://x\"]; accepted: [\"");
        assertThat(told.getString("remedy")).contains("see mp.jwt.verify.audiences");
        assertThat(told.toString()).doesNotContain(token, "carol");
    }

    @Test
    void tellsWhichRoleAndWhichScopeAreMissing() {
        JsonObject role = remembered(id(Caller.bearing(
                        ISSUER.token().claim("groups", List.of("other", "b")).text())
                .get("/explained/api/roles/user")));
        assertThat(role.getString("code")).isEqualTo("GATE-ROLE");
        assertThat(role.getString("reason"))
                .contains("RolesResource.user", "roles [\"user\"]", "the groups [\"b\", \"other\"]");
    }

    @Test
    void showsTheListToNobodyElse() {
        assertThat(Caller.nobody().get(LIST).statusCode()).isEqualTo(401);
        HttpResponse<String> forbidden = user().get(LIST);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.body()).doesNotContain("refusals", "GATE-");
        assertThat(remembered(id(forbidden)).getString("code")).isEqualTo("GATE-ROLE");
    }

    @Test
    void saysTheFirstOfACodeInTheLog() throws IOException {
        String token = ISSUER.token()
                .claim("exp", Instant.now().getEpochSecond() - 100)
                .text();
        HttpResponse<String> refusal = Caller.bearing(token).get("/explained/api/roles/user");
        Caller.bearing(token).get("/explained/api/roles/user");

        assertThat(Demo.messages("GATE0902", "GATE-EXPIRED", id(refusal)))
                .singleElement()
                .asString()
                .contains("1 min 4", "ago", "mp.jwt.verify.clock.skew")
                .doesNotContain(token);
        assertThat(Demo.logs()).doesNotContain(token);
    }

    /** What a thread of our own says as well, which the server knows nothing of. */
    @Test
    void saysWhichApplicationALineIsAbout() throws IOException {
        Caller.nobody().get("/explained/api/roles/user");
        user().get("/explained/api/roles/user"); // whoever is first with a token has the keys fetched

        assertThat(Demo.messages("GATE0902 [explained] refused (GATE-CREDENTIALS 401"))
                .isNotEmpty();
        assertThat(Demo.messages("GATE0101 [explained] keys fetched from " + ISSUER.issuer()))
                .isNotEmpty();
        assertThat(Demo.messages("GATE0"))
                .filteredOn(line -> line.contains(ISSUER.issuer()))
                .allSatisfy(line -> assertThat(line).contains("[explained]"));
    }

    @Test
    void firesEventsWhoseObserversChangeNothing() {
        assertThat(user().get("/explained/api/roles/user").statusCode()).isEqualTo(200);
        HttpResponse<String> refusal = Caller.bearing(
                        ISSUER.token().claim("iss", "https://evil.example").text())
                .get("/explained/api/roles/user");
        assertThat(refusal.statusCode()).isEqualTo(401);

        assertThat(Caller.nobody().get("/explained/api/audit").body().lines())
                .contains("accepted default carol", "refused - GATE-ISSUER " + id(refusal));
    }

    @Test
    void looksAtItselfWhenItStarts() throws IOException {
        user().get("/explained/api/roles/user");
        assertThat(Demo.messages("GATE0910", "keys", ISSUER.issuer())).isNotEmpty();
    }
}
