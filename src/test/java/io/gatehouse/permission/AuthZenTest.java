package io.gatehouse.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.permission.PermissionDecision.Allowed;
import io.gatehouse.permission.PermissionDecision.Denied;
import io.gatehouse.permission.PermissionDecision.Unavailable;
import io.gatehouse.permission.PermissionSettings.Provider;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to a policy decision point of AuthZEN, and what its answers mean. */
class AuthZenTest {

    private static final Answer YES = Answer.json("{\"decision\":true}");
    private static final Unavailable UNAVAILABLE = new Unavailable(Duration.ofSeconds(5));

    private TestServer pdp;

    @AfterEach
    void stop() {
        pdp.close();
    }

    private RecordingServer running(Function<RecordingServer.Request, Answer> script) {
        pdp = new TestServer(Provider.AUTHZEN, script);
        return pdp.recording;
    }

    private PermissionDecision answered(Answer answer) {
        running(request -> answer);
        return pdp.decide("alice", "documents/7", "READ");
    }

    private List<PermissionDecision> answeredToTwo(String body) {
        running(request -> Answer.json(body));
        return pdp.server
                .decider()
                .decideAll(
                        Callers.named("alice"),
                        List.of(new Permission("document", "d/1", "READ"), Permission.of("d/2", "WRITE")));
    }

    @Nested
    class OneQuestion {

        @Test
        void isPosted() {
            RecordingServer server = running(request -> YES);

            assertThat(pdp.decide("alice", "documents/a%2Fb", "READ")).isEqualTo(new Allowed());

            RecordingServer.Request request = server.only();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/base/access/v1/evaluation");
            assertThat(request.header("Content-type")).isEqualTo("application/json");
            assertThat(request.header("Authorization")).isEqualTo("Bearer token.of.alice");
            assertThat(request.body())
                    .isEqualTo("{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"READ\"},"
                            + "\"resource\":{\"type\":\"resource\",\"id\":\"documents/a%2Fb\"}}");
        }

        @Test
        void saysWhatKindOfThingTheResourceIs() {
            RecordingServer server = running(request -> YES);
            pdp.server.decider().decide(Callers.named("alice"), new Permission("document", "7", "READ"));

            assertThat(server.only().body()).contains("\"resource\":{\"type\":\"document\",\"id\":\"7\"}");
        }

        @Test
        void cannotBeBrokenOutOf() {
            RecordingServer server = running(request -> YES);
            pdp.decide("a\",\"x\":\"b", "r\\\"},{", "A\"B");

            assertThat(server.only().body())
                    .contains("\"id\":\"a\\\",\\\"x\\\":\\\"b\"", "\"id\":\"r\\\\\\\"},{\"", "\"name\":\"A\\\"B\"");
        }

        @Test
        void isAnsweredByABoolean() {
            assertThat(answered(YES)).isEqualTo(new Allowed());
            pdp.close();
            assertThat(answered(Answer.json("{\"decision\":false,\"context\":{\"reason\":\"no\"}}")))
                    .isEqualTo(new Denied());
            pdp.close();
            assertThat(answered(
                            new Answer(200, "application/json; charset=utf-8", "{\"context\":{},\"decision\":true}")))
                    .isEqualTo(new Allowed());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "true",
                    "[true]",
                    "[{\"decision\":true}]",
                    "{\"decision\":\"true\"}",
                    "{\"decision\":1}",
                    "{\"decision\":null}",
                    "{\"decision\":{\"decision\":true}}",
                    "{\"decision\":[true]}",
                    "{\"Decision\":true}",
                    "{\"decision\":false,\"decision\":true}",
                    "{\"decision\":true",
                    "{\"decision\":true}}",
                    "{\"evaluations\":[{\"decision\":true}]}",
                    "<html>"
                })
        void isNotAnsweredByAnythingElse(String body) {
            assertThat(answered(Answer.json(body))).isEqualTo(UNAVAILABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/html", "text/plain", "application/problem+json", "application/jsonp"})
        void isNotAnsweredUnderAnotherType(String type) {
            assertThat(answered(new Answer(200, type, "{\"decision\":true}"))).isEqualTo(UNAVAILABLE);
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 302, 307, 400, 401, 403, 404, 409, 422, 429, 500, 501, 503})
        void isNotAnsweredWithAnotherStatusAndNotPutAgain(int status) {
            assertThat(answered(new Answer(status, "application/json", "{\"decision\":true}")))
                    .isEqualTo(UNAVAILABLE);
            assertThat(pdp.recording.requests()).hasSize(1);
        }

        @Test
        void isNotAnsweredByAFloodOfBytes() {
            assertThat(answered(Answer.json("{\"decision\":true,\"x\":\"" + "x".repeat(20_000) + "\"}")))
                    .isEqualTo(UNAVAILABLE);
        }

        @Test
        void isNotAnsweredElsewhere() {
            try (RecordingServer elsewhere = RecordingServer.saying("{\"decision\":true}")) {
                RecordingServer server = running(request -> new Answer(307, "application/json", ""));
                server.redirectTo(elsewhere.uri("/"));

                assertThat(pdp.decide("alice", "documents/7", "READ")).isEqualTo(UNAVAILABLE);
                assertThat(elsewhere.requests()).isEmpty();
            }
        }
    }

    @Nested
    class SeveralQuestions {

        @Test
        void goInOneRequest() {
            List<PermissionDecision> decisions =
                    answeredToTwo("{\"evaluations\":[{\"decision\":true},{\"decision\":false,\"context\":{}}]}");

            assertThat(decisions).containsExactly(new Allowed(), new Denied());
            RecordingServer.Request request = pdp.recording.only();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/base/access/v1/evaluations");
            assertThat(request.body())
                    .isEqualTo(
                            "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"evaluations\":["
                                    + "{\"action\":{\"name\":\"READ\"},\"resource\":{\"type\":\"document\",\"id\":\"d/1\"}},"
                                    + "{\"action\":{\"name\":\"WRITE\"},\"resource\":{\"type\":\"resource\",\"id\":\"d/2\"}}]}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"decision\":true}",
                    "{\"evaluations\":true}",
                    "{\"evaluations\":[]}",
                    "{\"evaluations\":[{\"decision\":true}]}",
                    "{\"evaluations\":[{\"decision\":true},{\"decision\":true},{\"decision\":true}]}",
                    "{\"evaluations\":[{\"decision\":true},{}]}",
                    "{\"evaluations\":[{\"decision\":true},{\"decision\":\"true\"}]}",
                    "{\"evaluations\":[true,true]}",
                    "{\"evaluations\":{\"0\":{\"decision\":true},\"1\":{\"decision\":true}}}",
                    "[{\"decision\":true},{\"decision\":true}]"
                })
        void areAllUnansweredWhereOneIs(String body) {
            assertThat(answeredToTwo(body)).containsExactly(UNAVAILABLE, UNAVAILABLE);
        }

        @Test
        void areOneWhereTheyAreTheSame() {
            running(request -> YES);
            Permission permission = Permission.of("d/1", "READ");

            assertThat(pdp.server.decider().decideAll(Callers.named("alice"), List.of(permission, permission)))
                    .containsExactly(new Allowed(), new Allowed());
            assertThat(pdp.recording.only().target()).endsWith("/evaluation");
        }

        @ParameterizedTest
        @CsvSource({"0,0", "1,1", "2,1", "50,1", "51,2", "101,3"})
        void goFiftyAtATime(int count, int requests) {
            running(request -> {
                int asked = request.body().split("\"name\"", -1).length - 1;
                String yes = "{\"decision\":true}";
                return request.target().endsWith("/evaluation")
                        ? Answer.json(yes)
                        : Answer.json("{\"evaluations\":[" + String.join(",", Collections.nCopies(asked, yes)) + "]}");
            });
            List<Permission> permissions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                permissions.add(Permission.of("d/" + i, "READ"));
            }

            assertThat(pdp.server.decider().decideAll(Callers.named("alice"), permissions))
                    .hasSize(count)
                    .allMatch(decision -> decision.equals(new Allowed()));
            assertThat(pdp.recording.requests()).hasSize(requests);
        }
    }

    @Test
    void hasNoRoles() {
        running(request -> YES);

        assertThat(pdp.server.roles()).isEmpty();
    }
}
