package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.basic.OwnHandler;
import io.gatehouse.it.basic.WhoServlet;
import io.gatehouse.it.rules.CheckedResource;
import io.gatehouse.it.rules.FailingCheck;
import io.gatehouse.it.rules.GuardedTreeResource;
import io.gatehouse.it.rules.InheritingResource;
import io.gatehouse.it.rules.LoginResource;
import io.gatehouse.it.rules.RolesResource;
import io.gatehouse.it.rules.ScopesResource;
import io.gatehouse.it.rules.TreeResource;
import io.gatehouse.it.rules.TypeResource;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each annotation asks of each caller, and what the others hear: the same whoever finds out who calls. */
@ExtendWith(ArquillianExtension.class)
class AuthorizationIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final String REALM = "Bearer realm=\"gatehouse\"";
    private static final List<String> MODES = List.of("container", "auto", "jaxrs", "alone");
    private static final String RESOURCE = "https://api.example.com/published";

    private static ServerWithoutSecurity withoutSecurity;

    @Deployment(name = "container", testable = false)
    static WebArchive container() {
        return war("rules-container", Map.of("gatehouse.mode", "container"));
    }

    @Deployment(name = "auto", testable = false)
    static WebArchive auto() {
        return war("rules-auto", Map.of());
    }

    @Deployment(name = "jaxrs", testable = false)
    static WebArchive jaxrs() {
        return war("rules-jaxrs", Map.of("gatehouse.mode", "jaxrs"));
    }

    @Deployment(name = "own-handler", testable = false)
    static WebArchive ownHandler() {
        return war("own-handler", Map.of()).addClass(OwnHandler.class);
    }

    @Deployment(name = "published", testable = false)
    static WebArchive published() {
        return war(
                "published",
                Map.of(
                        "gatehouse.basic.enabled",
                        "true",
                        "gatehouse.resource-metadata.enabled",
                        "true",
                        "gatehouse.resource-metadata.resource",
                        RESOURCE,
                        "gatehouse.resource-metadata.scopes-supported",
                        "read,write"));
    }

    private static WebArchive war(String name, Map<String, String> properties) {
        return resources(name, properties).addClass(WhoServlet.class);
    }

    private static WebArchive resources(String name, Map<String, String> properties) {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(properties);
        return Demo.war(name, configuration)
                .addPackage(RolesResource.class.getPackage())
                .addClasses(
                        TypeResource.class,
                        InheritingResource.class,
                        TreeResource.class,
                        GuardedTreeResource.class,
                        ScopesResource.class,
                        LoginResource.class,
                        CheckedResource.class,
                        FailingCheck.class);
    }

    /** The fourth way: another server, which has no security. */
    @BeforeAll
    static void start() throws IOException {
        withoutSecurity =
                ServerWithoutSecurity.start("rules", ServerWithoutSecurity.withApi(resources("rules-alone", Map.of())));
    }

    @AfterAll
    static void stop() {
        withoutSecurity.close();
        ISSUER.close();
    }

    /** Where the application that guards in this way has its resources. */
    private static String api(String mode) {
        String path = "/rules-" + mode + "/api/";
        return mode.equals("alone") ? withoutSecurity.at(path) : path;
    }

    private static Caller caller(String name) {
        long now = Instant.now().getEpochSecond();
        TestToken token = ISSUER.token();
        return switch (name) {
            case "nobody" -> Caller.nobody();
            case "user" -> Caller.bearing(token.text());
            case "admin" ->
                Caller.bearing(token.claim("groups", List.of("admin")).text());
            case "stranger" ->
                Caller.bearing(token.claim("groups", List.of("other")).text());
            case "groupless" -> Caller.bearing(token.without("groups").text());
            case "pretender" ->
                Caller.bearing(
                        token.claim("groups", List.of("**", "USER", "user ")).text());
            case "reader" -> Caller.bearing(token.claim("scope", "read").text());
            case "writer" -> Caller.bearing(token.claim("scp", List.of("write")).text());
            case "editor" -> Caller.bearing(token.claim("scope", "write read").text());
            case "allrounder" -> Caller.bearing(token.claim("scp", "all").text());
            case "gold" ->
                Caller.bearing(
                        token.claim("acr", "gold").claim("auth_time", now - 10).text());
            case "old gold" ->
                Caller.bearing(token.claim("acr", "gold")
                        .claim("auth_time", now - 1000)
                        .text());
            case "silver" ->
                Caller.bearing(token.claim("acr", "silver")
                        .claim("auth_time", now - 10)
                        .text());
            case "expired" -> Caller.bearing(token.claim("exp", now - 1000).text());
            case "rubbish" -> Caller.bearing("rubbish");
            case "twice" -> Caller.saying("Bearer " + token.text(), "Bearer " + token.text());
            case "empty" -> Caller.saying("Bearer");
            case "other scheme" -> Caller.saying("Negotiate abc");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Path, caller, status, and what the challenge says after the realm (- for no challenge at all). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    roles/free | nobody | 200 |
                    roles/free | user | 200 |
                    roles/free | expired | 401 | invalid_token
                    roles/open | nobody | 200 |
                    roles/open | stranger | 200 |
                    roles/open | other scheme | 200 |
                    roles/open | expired | 401 | invalid_token
                    roles/open | rubbish | 401 | invalid_token
                    roles/open | twice | 400 | invalid_request
                    roles/open | empty | 400 | invalid_request
                    roles/denied | nobody | 403 | -
                    roles/denied | admin | 403 | -
                    roles/denied | expired | 401 | invalid_token
                    roles/empty | nobody | 403 | -
                    roles/empty | user | 403 | -
                    roles/contradiction | nobody | 403 | -
                    roles/contradiction | user | 403 | -
                    roles/user | nobody | 401 | plain
                    roles/user | other scheme | 401 | plain
                    roles/user | user | 200 |
                    roles/user | admin | 403 | insufficient_scope
                    roles/user | groupless | 403 | insufficient_scope
                    roles/user | pretender | 403 | insufficient_scope
                    roles/user | expired | 401 | invalid_token
                    roles/user | rubbish | 401 | invalid_token
                    roles/user | twice | 400 | invalid_request
                    roles/either | user | 200 |
                    roles/either | admin | 200 |
                    roles/either | stranger | 403 | insufficient_scope
                    roles/any | nobody | 401 | plain
                    roles/any | stranger | 200 |
                    roles/any | groupless | 200 |
                    roles/any | rubbish | 401 | invalid_token
                    type | nobody | 401 | plain
                    type | user | 200 |
                    type | admin | 403 | insufficient_scope
                    type/open | nobody | 200 |
                    type/admin | admin | 200 |
                    type/admin | user | 403 | insufficient_scope
                    type/denied | user | 403 | -
                    inheriting/promised | nobody | 401 | plain
                    inheriting/promised | user | 200 |
                    inheriting/promised | admin | 403 | insufficient_scope
                    inheriting/parent | nobody | 401 | plain
                    inheriting/parent | admin | 200 |
                    inheriting/parent | user | 403 | insufficient_scope
                    inheriting/overridden | admin | 403 | -
                    tree/free | nobody | 200 |
                    tree/free/open | nobody | 200 |
                    tree/free/user | nobody | 401 | plain
                    tree/free/user | user | 200 |
                    tree/free/user | admin | 403 | insufficient_scope
                    tree/free/any | stranger | 200 |
                    tree/free/any | nobody | 401 | plain
                    tree/guarded | nobody | 401 | plain
                    tree/guarded | user | 403 | insufficient_scope
                    tree/guarded | admin | 200 |
                    tree/guarded/open | nobody | 401 | plain
                    tree/guarded/user | user | 403 | insufficient_scope
                    tree/something | nobody | 200 |
                    tree/closed | admin | 403 | -
                    tree/branch/7/leaf | nobody | 401 | plain
                    tree/branch/7/leaf | user | 403 | insufficient_scope
                    tree/branch/7/other | user | 200 |
                    tree/branch/7/other | admin | 403 | insufficient_scope
                    guarded-tree/leaf | nobody | 401 | plain
                    guarded-tree/leaf | admin | 403 | insufficient_scope
                    guarded-tree/leaf/open | user | 200 |
                    scopes | nobody | 401 | scope="read"
                    scopes | user | 403 | scope="read"
                    scopes | reader | 200 |
                    scopes/all | reader | 403 | scope="read write"
                    scopes/all | writer | 403 | scope="read write"
                    scopes/all | editor | 200 |
                    scopes/alternatives | allrounder | 200 |
                    scopes/alternatives | editor | 200 |
                    scopes/alternatives | reader | 403 | scope="read write"
                    scopes/permitted | nobody | 401 | scope="read"
                    scopes/permitted | reader | 200 |
                    scopes/role | reader | 403 | insufficient_scope
                    scopes/role | admin | 403 | scope="read"
                    scopes/malformed | editor | 403 | -
                    read-write | reader | 200 |
                    read-write | writer | 403 | scope="read"
                    read-write | nobody | 401 | scope="read"
                    login/any | nobody | 401 | plain
                    login/any | groupless | 200 |
                    login/gold | nobody | 401 | plain
                    login/gold | gold | 200 |
                    login/gold | old gold | 200 |
                    login/gold | silver | 401 | acr_values="gold mfa"
                    login/gold | user | 401 | insufficient_user_authentication
                    login/recent | gold | 200 |
                    login/recent | silver | 200 |
                    login/recent | old gold | 401 | max_age="300"
                    login/recent | user | 401 | insufficient_user_authentication
                    login/both | gold | 200 |
                    login/both | old gold | 401 | acr_values="gold", max_age="300"
                    login/both | silver | 401 | acr_values="gold", max_age="300"
                    login/malformed | gold | 403 | -
                    checked/pass | nobody | 200 |
                    checked/refuse | user | 403 | -
                    checked/fail | user | 503 | -
                    """)
    void answers(String path, String caller, int status, String challenge) {
        for (String mode : MODES) {
            HttpResponse<String> response = caller(caller).get(api(mode) + path);

            assertThat(response.statusCode()).as(mode).isEqualTo(status);
            assertThat(challenges(response)).as(mode).satisfies(lines -> assertChallenge(lines, challenge));
            assertBody(response, status, mode);
        }
    }

    private static void assertChallenge(List<? extends String> challenges, String expected) {
        if (expected == null || expected.equals("-")) {
            assertThat(challenges).isEmpty();
        } else if (expected.equals("plain")) {
            assertThat(challenges).isEqualTo(List.of(REALM));
        } else {
            assertThat(challenges).singleElement().asString().startsWith(REALM).contains(expected);
        }
    }

    private static void assertBody(HttpResponse<String> response, int status, String mode) {
        if (status == 200) {
            assertThat(response.body()).as(mode).isEqualTo("ok");
            return;
        }
        assertThat(response.headers().firstValue("Content-Type").orElse("none"))
                .as(mode)
                .startsWith("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control")).as(mode).hasValue("no-store");
        JsonObject problem =
                Json.createReader(new StringReader(response.body())).readObject();
        assertThat(problem.keySet()).as(mode).containsExactly("type", "title", "status", "detail", "correlation_id");
        assertThat(problem.getInt("status")).as(mode).isEqualTo(status);
    }

    private static List<String> challenges(HttpResponse<String> response) {
        return response.headers().allValues("WWW-Authenticate");
    }

    private static HttpResponse<String> send(String method, String path, String accept, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(Demo.at(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (accept != null) {
            request.header("Accept", accept);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, read, 200",
        "HEAD, read, 200",
        "OPTIONS, read, 200",
        "GET, write, 403",
        "HEAD, write, 403",
        "POST, write, 200",
        "DELETE, write, 200",
        "POST, read, 403",
        "DELETE, read, 403"
    })
    void asksForScopesByTheMethodOfTheRequest(String method, String scope, int status) throws Exception {
        String token = "Bearer " + ISSUER.token().claim("scope", scope).text();
        for (String mode : MODES) {
            assertThat(send(method, api(mode) + "read-write", null, token).statusCode())
                    .as(mode)
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "roles/user, text/html, false",
        "roles/user, application/json, false",
        "roles/user, application/problem+json, true",
        "roles/user, 'text/html, */*;q=0.1', true",
        "scopes/malformed, text/html, false",
        "scopes/malformed, application/*, true"
    })
    void sendsABodyToClientsThatAcceptIt(String path, String accept, boolean body) throws Exception {
        for (String mode : MODES) {
            for (String authorization : new String[] {null, "Bearer rubbish"}) {
                HttpResponse<String> response = send("GET", api(mode) + path, accept, authorization);
                assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
                assertThat(response.body().contains("\"detail\":"))
                        .as(mode + " " + authorization)
                        .isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "auto", "jaxrs", "alone"})
    void showsTheApplicationWhoCalls(String mode) {
        String path = api(mode) + "roles/who";
        assertThat(caller("user").get(path).body()).isEqualTo("carol carol [user] user=true admin=false any=true");
        assertThat(caller("nobody").get(path).body()).isEqualTo("null null null user=false admin=false any=false");
        assertThat(caller("user").get(api(mode) + "me").body()).contains("\"name\":\"carol\"", "user");
    }

    /** Nor is this application taken for one that nobody guards. */
    @Test
    void leavesItToAHandlerOfTheApplicationWhomTheStoresKnow() throws IOException {
        for (String path : List.of("/own-handler/who", "/own-handler/api/roles/user")) {
            HttpResponse<String> response = caller("user").get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertChallenge(challenges(response), "invalid_token");
        }
        assertThat(caller("nobody").get("/own-handler/api/roles/open").statusCode())
                .isEqualTo(200);
        assertThat(Demo.messages("GATE0212")).isEmpty();
    }

    @Test
    void closesToEverybodyInModeJaxrsWhatTheContainerProtects() {
        assertThat(caller("user").get("/rules-container/who").statusCode()).isEqualTo(200);
        assertThat(caller("user").get("/rules-auto/who").statusCode()).isEqualTo(200);
        for (String caller : List.of("user", "nobody", "expired")) {
            HttpResponse<String> response = caller(caller).get("/rules-jaxrs/who");
            assertThat(response.statusCode()).as(caller).isEqualTo(401);
            assertThat(response.body()).doesNotContain("carol");
        }
    }

    @Test
    void answersLikeTheFilterWhereTheContainerProtects() {
        HttpResponse<String> response = caller("expired").get("/rules-auto/who");
        assertThat(response.statusCode()).isEqualTo(401);
        assertChallenge(challenges(response), "invalid_token");
        assertBody(response, 401, "auto");
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "HEAD, 200", "POST, 405", "PUT, 405"})
    void publishesTheMetadataOfTheResource(String method, int status) throws Exception {
        HttpResponse<String> response = send(method, "/published/.well-known/oauth-protected-resource", null, null);
        assertThat(response.statusCode()).isEqualTo(status);
        if (method.equals("GET")) {
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            assertThat(response.body())
                    .isEqualTo("{\"resource\":\"" + RESOURCE + "\",\"authorization_servers\":[\"" + ISSUER.issuer()
                            + "\"],\"scopes_supported\":[\"read\",\"write\"],"
                            + "\"bearer_methods_supported\":[\"header\"]}");
        }
    }

    @Test
    void publishesNothingUnasked() {
        assertThat(Caller.nobody()
                        .get("/rules-auto/.well-known/oauth-protected-resource")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "api/roles/user, nobody",
        "api/roles/open, rubbish",
        "api/roles/user, admin",
        "who, nobody",
        "who, rubbish"
    })
    void saysInEachChallengeWhereTheMetadataAre(String path, String caller) {
        assertThat(challenges(caller(caller).get("/published/" + path)).get(0))
                .startsWith(REALM + ", resource_metadata=\"" + RESOURCE + "/.well-known/oauth-protected-resource\"");
    }

    @Test
    void offersBasicToWhoeverHasShownNothing() {
        assertThat(challenges(caller("nobody").get("/published/api/roles/user")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("Basic ");
        assertThat(challenges(caller("admin").get("/published/api/roles/user"))).hasSize(1);
    }

    @Test
    void saysInTheLogThatTheGateStands() throws IOException {
        caller("nobody").get("/rules-auto/api/roles/open");
        assertThat(Demo.messages("GATE0705")).isNotEmpty();
        assertThat(Demo.messages("GATE0701", "jaxrs")).isNotEmpty();
    }

    @Test
    void saysInTheLogWhichAnnotationsMakeNoSense() throws IOException {
        for (String method :
                List.of("RolesResource.contradiction", "ScopesResource.malformed", "LoginResource.malformed")) {
            caller("gold").get("/rules-auto/api/login/malformed");
            assertThat(Demo.messages("GATE0702", method)).as(method).isNotEmpty();
        }
    }
}
