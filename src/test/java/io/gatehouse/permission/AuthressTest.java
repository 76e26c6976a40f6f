package io.gatehouse.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.permission.PermissionDecision.Allowed;
import io.gatehouse.permission.PermissionDecision.Denied;
import io.gatehouse.permission.PermissionDecision.Unavailable;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.Provider;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to Authress, and what its answers mean. */
class AuthressTest {

    private static final Answer YES = new Answer(200, "application/links+json", "{\"userId\":\"alice\"}");
    private static final Unavailable UNAVAILABLE = new Unavailable(Duration.ofSeconds(5));

    private TestServer authress;

    @AfterEach
    void stop() {
        authress.close();
    }

    private RecordingServer running(Function<RecordingServer.Request, Answer> script) {
        authress = new TestServer(Provider.AUTHRESS, script);
        return authress.recording;
    }

    private PermissionDecision answered(int status, String body) {
        running(request -> new Answer(status, "application/json", body));
        return authress.decide("alice", "documents/7", "READ");
    }

    @Nested
    class TheQuestion {

        @ParameterizedTest
        @CsvSource({
            "alice,     documents/7,         READ,    alice/resources/documents%2F7/permissions/READ",
            "alice,     /org/a,              READ,    alice/resources/%2Forg%2Fa/permissions/READ",
            "alice,     documents/a%2Fb%20c, READ,    alice/resources/documents%2Fa%252Fb%2520c/permissions/READ",
            "alice,     a b+c,               d e,     alice/resources/a%20b%2Bc/permissions/d%20e",
            "con|x/y?z, documents/7,         a:b,     con%7Cx%2Fy%3Fz/resources/documents%2F7/permissions/a%3Ab",
            "Søren@x,   ü,                   *,       S%C3%B8ren%40x/resources/%C3%BC/permissions/%2A",
            "a#b&c=d,   {r},                 READ,    a%23b%26c%3Dd/resources/%7Br%7D/permissions/READ"
        })
        void hasEachPartOfItsPathEncodedToTheByte(String user, String resource, String action, String path) {
            RecordingServer server = running(request -> YES);

            assertThat(authress.decide(user, resource, action)).isEqualTo(new Allowed());

            assertThat(server.only().method()).isEqualTo("GET");
            assertThat(server.only().target()).isEqualTo("/base/v1/users/" + path);
        }

        @Test
        void comesWithTheTokenOfItsCaller() {
            RecordingServer server = running(request -> YES);
            authress.decide("alice", "documents/7", "READ");

            assertThat(server.only().header("Authorization")).isEqualTo("Bearer token.of.alice");
            assertThat(server.only().header("Accept")).isEqualTo("application/json");
            assertThat(server.only().header("User-agent")).isEqualTo("Gatehouse");
        }

        @Test
        void comesWithOurOwnTokenWhereThatIsWanted() {
            ClientAuthentication ours = new ClientAuthentication.Bearer(() -> Optional.of("ours"), refused -> false);
            authress = new TestServer(Provider.AUTHRESS, new Asker.TheService(ours), Duration.ZERO, request -> YES);
            authress.decide("alice", "documents/7", "READ");

            assertThat(authress.recording.only().header("Authorization")).isEqualTo("Bearer ours");
            assertThat(authress.recording.only().target()).contains("/users/alice/");
        }

        @Test
        void isNotPutWithoutATokenOfOurOwn() {
            ClientAuthentication none = new ClientAuthentication.Bearer(Optional::empty, refused -> false);
            authress = new TestServer(Provider.AUTHRESS, new Asker.TheService(none), Duration.ZERO, request -> YES);

            assertThat(authress.decide("alice", "documents/7", "READ")).isEqualTo(UNAVAILABLE);
            assertThat(authress.recording.requests()).isEmpty();
        }

        static List<List<String>> impossible() {
            return List.of(
                    List.of("a".repeat(129), "documents/7", "READ"),
                    List.of("alice", "d".repeat(513), "READ"),
                    List.of("alice", "documents/7", "R".repeat(65)),
                    List.of("..", "documents/7", "READ"),
                    List.of("alice", ".", "READ"),
                    List.of("alice", "documents/7", ".."),
                    List.of("alice", "documents/\u0001", "READ"),
                    List.of("alice", "documents/\ud800", "READ"));
        }

        @ParameterizedTest
        @MethodSource("impossible")
        void isNotPutIfAuthressCanHaveNoAnswerToIt(List<String> impossible) {
            RecordingServer server = running(request -> YES);

            assertThat(authress.decide(impossible.get(0), impossible.get(1), impossible.get(2)))
                    .isEqualTo(new Denied());
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void mayBeAsLongAsAuthressHasIt() {
            running(request -> YES);

            assertThat(authress.decide("a".repeat(128), "d".repeat(512), "R".repeat(64)))
                    .isEqualTo(new Allowed());
        }

        @Test
        void isPutForEachOfSeveralPermissionsUntilThereIsNoAnswer() {
            RecordingServer server = running(request -> request.target().endsWith("WRITE")
                    ? new Answer(404, "application/json", "")
                    : request.target().endsWith("SHARE") ? new Answer(403, "application/json", "") : YES);
            List<Permission> permissions = List.of(
                    Permission.of("d/1", "READ"),
                    Permission.of("d/1", "WRITE"),
                    Permission.of("d/1", "SHARE"),
                    Permission.of("d/1", "PRINT"),
                    Permission.of("d/1", "READ"));

            assertThat(authress.server.decider().decideAll(Callers.named("alice"), permissions))
                    .containsExactly(new Allowed(), new Denied(), UNAVAILABLE, UNAVAILABLE, new Allowed());
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Nested
    class TheAnswer {

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "{\"userId\":\"alice\",\"permissions\":[]}"})
        void isYesWithStatus200(String body) {
            assertThat(answered(200, body)).isEqualTo(new Allowed());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "<html>", "{\"title\":\"no\"}"})
        void isNoWithStatus404(String body) {
            assertThat(answered(404, body)).isEqualTo(new Denied());
            assertThat(authress.recording.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void isNoneWhereTheAskerIsRejected(int status) {
            assertThat(answered(status, "{}")).isEqualTo(UNAVAILABLE);
            assertThat(authress.recording.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                ints = {201, 202, 203, 204, 206, 301, 302, 303, 307, 308, 400, 402, 405, 406, 409, 410, 422, 429, 499})
        void isNoneWithAnyOtherStatusAndTheQuestionIsNotPutAgain(int status) {
            assertThat(answered(status, "{}")).isEqualTo(UNAVAILABLE);
            assertThat(authress.recording.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504, 599})
        void isNoneWithAServerErrorAfterAllAttempts(int status) {
            assertThat(answered(status, "{}")).isEqualTo(UNAVAILABLE);
            assertThat(authress.recording.requests()).hasSize(Authress.ATTEMPTS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<html>please log in</html>",
                    "true",
                    "null",
                    "[]",
                    "\"yes\"",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":1",
                    " "
                })
        void isNoneWhereA200MakesNoSense(String body) {
            assertThat(answered(200, body)).isEqualTo(UNAVAILABLE);
        }

        @Test
        void isNoneWhereItIsHuge() {
            assertThat(answered(200, "{\"a\":\"" + "a".repeat(20_000) + "\"}")).isEqualTo(UNAVAILABLE);
        }

        @Test
        void isNotLookedForElsewhere() {
            try (RecordingServer elsewhere = RecordingServer.saying("{}")) {
                RecordingServer server = running(request -> new Answer(302, "application/json", ""));
                server.redirectTo(elsewhere.uri("/"));

                assertThat(authress.decide("alice", "documents/7", "READ")).isEqualTo(UNAVAILABLE);
                assertThat(elsewhere.requests()).isEmpty();
            }
        }

        @Test
        void isNoneWhereNobodyIsThere() {
            RecordingServer server = running(request -> YES);
            server.close();

            assertThat(authress.decide("alice", "documents/7", "READ")).isEqualTo(UNAVAILABLE);
        }
    }

    @Nested
    class Roles {

        private Optional<Set<String>> roles(int status, String body) {
            running(request -> new Answer(status, "application/json", body));
            return authress.server.roles().orElseThrow().roles(Callers.named("alice"));
        }

        @Test
        void areThoseOnTheConfiguredResource() {
            assertThat(roles(
                            200,
                            "{\"userId\":\"alice\",\"roles\":[{\"roleId\":\"clerk\"},{\"roleId\":\"ro_1\",\"x\":1}]}"))
                    .hasValue(Set.of("clerk", "ro_1"));
            assertThat(authress.recording.only().target())
                    .isEqualTo("/base/v1/users/alice/resources/apps%2Forders/roles");
            assertThat(authress.recording.only().header("Authorization")).isEqualTo("Bearer token.of.alice");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"200|{\"roles\":[]}", "404|{}", "200|{\"userId\":\"alice\",\"roles\":[]}"})
        void areNoneWhereTheCallerHasNone(int status, String body) {
            assertThat(roles(status, body)).hasValue(Set.of());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200|{}",
                    "200|{\"roles\":{}}",
                    "200|{\"roles\":null}",
                    "200|{\"roles\":[\"clerk\"]}",
                    "200|{\"roles\":[{\"roleId\":1}]}",
                    "200|{\"roles\":[{}]}",
                    "200|{\"userId\":\"bob\",\"roles\":[{\"roleId\":\"clerk\"}]}",
                    "200|<html>",
                    "204|{}",
                    "302|{}",
                    "400|{}",
                    "401|{}",
                    "403|{}",
                    "500|{}"
                })
        void areNotKnownWhereTheAnswerIsNotUnderstood(int status, String body) {
            assertThat(roles(status, body)).isEmpty();
        }

        @Test
        void withOddNamesGainNothing() {
            assertThat(roles(
                            200,
                            "{\"roles\":[{\"roleId\":\"**\"},{\"roleId\":\"*\"},{\"roleId\":\"\"},{\"roleId\":\" \"},"
                                    + "{\"roleId\":\"a\\u0000b\"},{\"roleId\":\"good\"}]}"))
                    .hasValue(Set.of("good"));
        }

        @Test
        void areNotAskedForOfCallersWhomTheServerDoesNotKnow() {
            running(request -> Answer.json("{\"roles\":[{\"roleId\":\"clerk\"}]}"));
            RolesOnServer roles = authress.server.roles().orElseThrow();

            assertThat(roles.roles(Callers.of("partners", "t", "\"alice\""))).hasValue(Set.of());
            assertThat(roles.roles(Callers.of(Callers.ISSUER, "t", "17"))).hasValue(Set.of());
            assertThat(authress.recording.requests()).isEmpty();
        }

        @Test
        void areRememberedForAShortTimeAndForThatCallerOnly() {
            running(request -> Answer.json(
                    "{\"roles\":[{\"roleId\":\"" + (request.target().contains("alice") ? "a" : "b") + "\"}]}"));
            RolesOnServer roles = authress.server.roles().orElseThrow();

            for (int i = 0; i < 3; i++) {
                assertThat(roles.roles(Callers.named("alice"))).hasValue(Set.of("a"));
                assertThat(roles.roles(Callers.named("bob"))).hasValue(Set.of("b"));
            }
            assertThat(authress.recording.requests()).hasSize(2);
            authress.clock.advance(Duration.ofMillis(29_999));
            roles.roles(Callers.named("alice"));
            assertThat(authress.recording.requests()).hasSize(2);
            authress.clock.advance(Duration.ofMillis(1));
            roles.roles(Callers.named("alice"));
            assertThat(authress.recording.requests()).hasSize(3);
        }
    }
}
