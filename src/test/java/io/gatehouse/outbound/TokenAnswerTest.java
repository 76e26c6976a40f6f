package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.FetchResult;
import io.gatehouse.outbound.TokenResult.ClientRejected;
import io.gatehouse.outbound.TokenResult.Failed;
import io.gatehouse.outbound.TokenResult.GrantRejected;
import io.gatehouse.outbound.TokenResult.Unreachable;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the answers. */
class TokenAnswerTest {

    private static final TokenRequest NOTHING_MORE = TokenRequest.empty();

    private final MutableClock clock = new MutableClock();
    private FetchResult answer = ok("{}");

    private TokenClient client() {
        TokenEndpoints endpoints = TokenEndpoints.at(URI.create("https://as.example:8443/secret-path/token?tenant=t"))
                .withIntrospectionEndpoint(URI.create("https://as.example/introspect"))
                .withRevocationEndpoint(URI.create("https://as.example/revoke"));
        TokenClientSettings settings = TokenClientSettings.of(endpoints, new PublicClient("n"));
        EndpointCaller caller = new EndpointCaller(
                endpoints,
                settings.authentication(),
                (uri, request, wanted) -> answer,
                new Attempts(clock, clock::advance, () -> 1.0),
                clock);
        return new HttpTokenClient(settings, caller, clock, Runnable::run);
    }

    private static FetchResult ok(String json) {
        return new FetchResult.Ok(json.getBytes(UTF_8), "application/json", null);
    }

    private static FetchResult refused(int status, String json) {
        return new FetchResult.Refused(status, json.getBytes(UTF_8), "application/json", null);
    }

    private TokenResult ask() {
        return client().clientCredentials(NOTHING_MORE);
    }

    private TokenResponse read(String json) {
        answer = ok(json);
        return ask().orThrow();
    }

    private Failed failed() {
        return ask().match(
                        granted -> {
                            throw new AssertionError("granted");
                        },
                        failed -> failed);
    }

    @Nested
    class Tokens {

        @Test
        void haveAllThatTheServerSays() {
            TokenResponse response = read("""
                    {"access_token":"at","token_type":"bearer","expires_in":172800,"scope":"b a  b","refresh_token":"r t",
                     "id_token":"h.p.s","resource_server":"auth.globus.org","purpose":"p q p","state":"x","n":null}""");

            assertThat(response.accessToken()).isEqualTo("at");
            assertThat(response.tokenType()).isEqualTo("bearer");
            assertThat(response.isBearer()).isTrue();
            assertThat(response.requestedAt()).isEqualTo(clock.instant());
            assertThat(response.expiresIn()).isEqualTo(Duration.ofDays(2));
            assertThat(response.expiresAt()).hasValue(clock.instant().plus(Duration.ofDays(2)));
            assertThat(response.scopes()).containsExactly("b", "a");
            assertThat(response.refreshToken()).isEqualTo("r t");
            assertThat(response.idToken()).isEqualTo("h.p.s");
            assertThat(response.resourceServer()).isEqualTo("auth.globus.org");
            assertThat(response.purposes()).containsExactly("p", "q");
            assertThat(response.members()).containsEntry("state", "x").hasSize(10);
            assertThat(response.otherTokens()).isEmpty();
            assertThat(response).hasToString("TokenResponse[hidden]");
        }

        @Test
        void needNothingButTheToken() {
            TokenResponse response = read("{\"access_token\":\"at\"}");

            assertThat(response.isBearer()).isTrue();
            assertThat(response.expiresIn()).isNull();
            assertThat(response.expiresAt()).isEmpty();
            assertThat(response.scopes()).isEmpty();
            assertThat(response.purposes()).isEmpty();
            assertThat(response.refreshToken()).isNull();
        }

        @Test
        void takeNullForNotSaid() {
            TokenResponse response = read("""
                    {"access_token":"at","token_type":null,"expires_in":null,"scope":null,"refresh_token":null,
                     "id_token":null,"resource_server":null,"other_tokens":null}""");

            assertThat(response.isBearer()).isTrue();
            assertThat(response.expiresIn()).isNull();
            assertThat(response.refreshToken()).isNull();
            assertThat(response.otherTokens()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "3600, 3600",
            "'\"3600\"', 3600",
            "3599.9, 3599",
            "36e2, 3600",
            "0, 0",
            "315360001, 315360000",
            "99999999999999999999, 315360000"
        })
        void lastAsLongAsTheServerSays(String expiresIn, long seconds) {
            assertThat(read("{\"access_token\":\"at\",\"expires_in\":" + expiresIn + "}")
                            .expiresIn())
                    .isEqualTo(Duration.ofSeconds(seconds));
        }

        @Test
        void comeWithOthers() {
            TokenResponse response = read("""
                    {"access_token":"a","resource_server":"r1","other_tokens":[
                      {"access_token":"b","resource_server":"r2","refresh_token":"rb","expires_in":"60"},
                      {"access_token":"c","resource_server":"r3"}]}""");

            assertThat(response.otherTokens())
                    .extracting(TokenResponse::accessToken)
                    .containsExactly("b", "c");
            assertThat(response.otherTokens().get(0).refreshToken()).isEqualTo("rb");
            assertThat(response.otherTokens().get(0).expiresIn()).isEqualTo(Duration.ofMinutes(1));
        }

        @Test
        void comeInArrays() {
            TokenResponse response = read("""
                    [{"access_token":"a","other_tokens":[{"access_token":"b"}]},{"access_token":"c"}]""");

            assertThat(response.accessToken()).isEqualTo("a");
            assertThat(response.otherTokens())
                    .extracting(TokenResponse::accessToken)
                    .containsExactly("b", "c");
        }

        @ParameterizedTest
        @ValueSource(strings = {"DPoP", "mac", "N_A"})
        void ofAnotherTypeSaySo(String type) {
            TokenResponse response = read("{\"access_token\":\"at\",\"token_type\":\"" + type + "\"}");

            assertThat(response.tokenType()).isEqualTo(type);
            assertThat(response.isBearer()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "access_token=at&token_type=Bearer",
                "\"at\"",
                "<html>welcome</html>",
                "[]",
                "[\"at\"]",
                "[{\"access_token\":\"at\"},{}]",
                "{}",
                "{\"access_token\":\"at\"",
                "{\"access_token\":\"at\"}x",
                "{\"access_token\":\"at\",\"access_token\":\"bt\"}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":7}",
                "{\"access_token\":[\"at\"]}",
                "{\"access_token\":\"a t\"}",
                "{\"access_token\":\"at\\r\\nX: y\"}",
                "{\"access_token\":\"\\u00e9\"}",
                "{\"access_token\":\"at\",\"token_type\":1}",
                "{\"access_token\":\"at\",\"token_type\":\"\"}",
                "{\"access_token\":\"at\",\"expires_in\":-1}",
                "{\"access_token\":\"at\",\"expires_in\":\"soon\"}",
                "{\"access_token\":\"at\",\"expires_in\":\"\"}",
                "{\"access_token\":\"at\",\"expires_in\":\"-1\"}",
                "{\"access_token\":\"at\",\"expires_in\":true}",
                "{\"access_token\":\"at\",\"expires_in\":{}}",
                "{\"access_token\":\"at\",\"scope\":7}",
                "{\"access_token\":\"at\",\"scope\":[\"a\"]}",
                "{\"access_token\":\"at\",\"refresh_token\":7}",
                "{\"access_token\":\"at\",\"refresh_token\":\"r\\nt\"}",
                "{\"access_token\":\"at\",\"id_token\":{}}",
                "{\"access_token\":\"at\",\"resource_server\":7}",
                "{\"access_token\":\"at\",\"other_tokens\":{}}",
                "{\"access_token\":\"at\",\"other_tokens\":[7]}",
                "{\"access_token\":\"at\",\"other_tokens\":[{\"access_token\":\"b\",\"scope\":1}]}",
            })
    void readsNothingOfAnAnswerThatIsWrong(String body) {
        answer = ok(body);

        assertThat(failed()).isInstanceOf(Unreachable.class);
        assertThat(failed().problem())
                .startsWith("the token endpoint at https://as.example:8443 gave an answer that cannot be read: ");
    }

    @Test
    void readsNoTokenLongerThanAnyServerSends() {
        String longest = "t".repeat(65_536);

        assertThat(read("{\"access_token\":\"" + longest + "\"}").accessToken()).isEqualTo(longest);
        answer = ok("{\"access_token\":\"" + longest + "t\"}");
        assertThat(failed()).isInstanceOf(Unreachable.class);
    }

    @Test
    void readsNoMoreTokensThanAnyServerSends() {
        assertThat(read(array(100)).otherTokens()).hasSize(99);
        answer = ok(array(101));
        assertThat(failed()).isInstanceOf(Unreachable.class);
    }

    private static String array(int tokens) {
        return IntStream.range(0, tokens)
                .mapToObj(i -> "{\"access_token\":\"t" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "401 | {\"error\":\"invalid_client\"}",
                    "401 | {\"error\":\"unauthorized_client\"}",
                    "401 | {\"error\":\"invalid_grant\"}",
                    "401 | <html>",
                    "400 | {\"error\":\"invalid_client\"}",
                    "403 | {\"error\":\"invalid_client\"}",
                })
        void areOursWhereTheServerDoesNotTakeTheClient(int status, String body) {
            answer = refused(status, body);

            assertThat(failed()).isInstanceOf(ClientRejected.class);
            assertThat(failed().problem())
                    .startsWith("the token endpoint at https://as.example:8443 answered " + status)
                    .doesNotContain("secret-path", "tenant");
        }

        @ParameterizedTest
        @CsvSource({
            "400, invalid_grant",
            "400, unauthorized_client",
            "400, unsupported_grant_type",
            "400, invalid_scope",
            "400, invalid_target",
            "403, access_denied",
            "404, https://as.example/errors#x"
        })
        void areOfTheGrantWhereTheServerSaysWhy(int status, String error) {
            answer = refused(
                    status, "{\"error\":\"" + error + "\",\"error_description\":\"because \\u0007\\n so\",\"x\":1}");

            assertThat(failed())
                    .isEqualTo(new GrantRejected(
                            "the token endpoint at https://as.example:8443 answered " + status + " " + error,
                            error,
                            "because ?? so"));
            assertThat(((GrantRejected) failed()).isInvalidGrant()).isEqualTo(error.equals("invalid_grant"));
        }

        @Test
        void haveNoDescriptionWhereThereIsNone() {
            answer = refused(400, "{\"error\":\"invalid_grant\",\"error_description\":7}");

            assertThat(((GrantRejected) failed()).description()).isNull();
        }

        @Test
        void haveAShortDescription() {
            answer =
                    refused(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + "x".repeat(100_000) + "\"}");

            assertThat(((GrantRejected) failed()).description()).hasSize(303).endsWith("x...");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "201 | {\"access_token\":\"at\"}",
                    "204 | ''",
                    "301 | ''",
                    "307 | {\"error\":\"invalid_grant\"}",
                    "400 | <html>",
                    "400 | {\"error\":7}",
                    "400 | {\"error\":\"\"}",
                    "400 | {\"error\":\"a b\"}",
                    "400 | {\"error\":\"a\\nb\"}",
                    "403 | ''",
                    "404 | ''",
                    "429 | {\"error\":\"slow_down\"}",
                    "500 | {\"error\":\"invalid_grant\"}",
                    "503 | {\"error\":\"temporarily_unavailable\"}",
                })
        void areNobodysWhereTheServerDoesNotSay(int status, String body) {
            answer = refused(status, body);

            assertThat(failed()).isInstanceOf(Unreachable.class);
            assertThat(failed().problem())
                    .startsWith("the token endpoint at https://as.example:8443 answered " + status);
        }

        @Test
        void nameARedirect() {
            answer = refused(301, "");

            assertThat(failed().problem())
                    .isEqualTo("the token endpoint at https://as.example:8443 answered 301:"
                            + " redirects are not followed, check the URL to its last slash");
        }
    }

    @Nested
    class Introspection {

        private IntrospectionResult introspect() {
            return client().introspect("t", NOTHING_MORE);
        }

        private Failed failure() {
            return ((IntrospectionResult.Failed) introspect()).failure();
        }

        @Test
        void tellsOfATokenThatIsAlive() {
            answer = ok("{\"active\":true,\"sub\":\"u\",\"n\":[1]}");
            assertThat(introspect())
                    .isInstanceOfSatisfying(IntrospectionResult.Active.class, active -> assertThat(active.members())
                            .containsEntry("sub", "u"));
        }

        @Test
        void tellsNothingOfATokenThatIsDead() {
            answer = ok("{\"active\":false,\"sub\":\"u\"}");
            assertThat(introspect()).isEqualTo(new IntrospectionResult.Inactive());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"active\":\"true\"}",
                    "{\"active\":1}",
                    "{\"active\":null}",
                    "{\"active\":[true]}",
                    "[{\"active\":true}]",
                    "{\"active\":false,\"active\":true}",
                    "{\"active\":true} ."
                })
        void takesNothingElseForAYes(String body) {
            answer = ok(body);
            assertThat(failure()).isInstanceOf(Unreachable.class);
        }

        @Test
        void takesNoOtherStatusForAYes() {
            answer = refused(201, "{\"active\":true}");
            assertThat(failure()).isInstanceOf(Unreachable.class);
        }

        @Test
        void knowsWhoseFaultItIs() {
            answer = refused(403, "");
            assertThat(failure()).as("Django OAuth Toolkit").isInstanceOf(ClientRejected.class);
            answer = refused(401, "");
            assertThat(failure()).isInstanceOf(ClientRejected.class);
            answer = refused(400, "{\"error\":\"unsupported_token_type\"}");
            assertThat(failure()).isInstanceOfSatisfying(GrantRejected.class, rejected -> assertThat(rejected.problem())
                    .isEqualTo("the introspection endpoint at https://as.example answered 400"
                            + " unsupported_token_type"));
        }
    }

    @Nested
    class Revocation {

        private RevocationResult revoke() {
            return client().revoke("t", NOTHING_MORE);
        }

        private Failed failure() {
            return ((RevocationResult.Failed) revoke()).failure();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "<html>"})
        void isDoneWhateverIsSaidOfIt(String body) {
            answer = ok(body);
            assertThat(revoke()).isEqualTo(new RevocationResult.Revoked());
        }

        @Test
        void isNotDoneOtherwise() {
            answer = refused(204, "");
            assertThat(failure()).isInstanceOf(Unreachable.class);
            answer = refused(400, "{\"error\":\"unsupported_token_type\"}");
            assertThat(failure()).isInstanceOfSatisfying(GrantRejected.class, rejected -> assertThat(rejected.error())
                    .isEqualTo("unsupported_token_type"));
            answer = refused(401, "{\"error\":\"invalid_client\"}");
            assertThat(failure()).isInstanceOf(ClientRejected.class);
        }

        @Test
        void saysWhenToTryAgain() {
            answer = new FetchResult.Refused(503, new byte[0], "", Duration.ofMinutes(2));
            assertThat(failure().retryAfter()).hasValue(Duration.ofMinutes(2));
        }
    }

    @Test
    void saysThatItKnowsNoEndpoint() {
        TokenEndpoints endpoints = TokenEndpoints.at(URI.create("https://as.example/token"));
        TokenClientSettings settings = TokenClientSettings.of(endpoints, new PublicClient("n"));
        EndpointCaller caller = new EndpointCaller(
                endpoints,
                settings.authentication(),
                (uri, request, wanted) -> answer,
                new Attempts(clock, clock::advance, () -> 1.0),
                clock);
        RevocationResult result = new HttpTokenClient(settings, caller, clock, Runnable::run).revoke("t", NOTHING_MORE);

        assertThat(((RevocationResult.Failed) result).failure().problem())
                .isEqualTo("the revocation endpoint: none is configured, and no issuer whose metadata could name it");
    }

    @Test
    void publishesNoKeyWhereItHasNone() {
        assertThat(client().jwkSet()).isEqualTo(Map.of("keys", List.of()));
    }
}
