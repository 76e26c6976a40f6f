package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.json;
import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionResponse.Active;
import io.gatehouse.introspection.IntrospectionResponse.ClientRejected;
import io.gatehouse.introspection.IntrospectionResponse.Failed;
import io.gatehouse.introspection.IntrospectionResponse.NotAsked;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.jwt.SignedJwtVerifier;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an issuer is asked, and what it means that it does not accept the question. */
@Timeout(60)
class TokenIntrospectorTest extends TokenIntrospectorFixture {

    @Nested
    class TheRequest {

        private RecordingServer.Request ask(String token, Map<String, String> parameters) {
            return ask(
                    token,
                    new ClientAuthentication.ClientSecretBasic(
                            "rs", "p%:s", ClientAuthentication.CredentialsEncoding.FORM),
                    parameters,
                    null);
        }

        private RecordingServer.Request ask(
                String token,
                ClientAuthentication authentication,
                Map<String, String> parameters,
                SignedAnswers signedAnswers) {
            try (RecordingServer server = RecordingServer.saying("{\"active\":true}");
                    JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
                IntrospectionSettings settings = new IntrospectionSettings(
                        server.uri("/introspect"),
                        authentication,
                        parameters,
                        signedAnswers,
                        CacheSettings.defaults(),
                        Limits.defaults());
                ScriptedEndpoint.introspector(settings, TokenIntrospector.over(client, settings), clock)
                        .introspect(AccessToken.of(token));
                return server.only();
            }
        }

        @Test
        void isThatOfTheStandard() {
            RecordingServer.Request request = ask("2YotnFZFEjr1zCsicMWpAA", Map.of());

            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/introspect");
            assertThat(request.body()).isEqualTo("token=2YotnFZFEjr1zCsicMWpAA&token_type_hint=access_token");
            assertThat(request.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(request.header("Content-length"))
                    .isEqualTo(String.valueOf(request.body().length()));
            assertThat(request.header("Transfer-encoding")).isNull();
            assertThat(request.header("Accept")).isEqualTo("application/json");
            assertThat(request.header("Authorization")).isEqualTo("Basic cnM6cCUyNSUzQXM="); // rs:p%25%3As
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a+b/c==",
                    "a&token=b",
                    "a=b",
                    "%41%2B",
                    "a b",
                    "\u00fc\u20ac\ud83d\ude00",
                    "a\r\nX-Evil: 1",
                    "{\"a\":\"b\"}",
                    "a#b?c;d",
                    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9."
                })
        void hasTheTokenOnceAndByteForByte(String token) {
            RecordingServer.Request request = ask(token, Map.of());

            assertThat(request.form())
                    .containsExactly(entry("token", List.of(token)), entry("token_type_hint", List.of("access_token")));
            assertThat(request.body()).matches("[A-Za-z0-9%+=&_.*-]*");
            assertThat(request.target()).isEqualTo("/introspect");
            assertThat(request.headers()).doesNotContainKey("X-evil");
        }

        @Test
        void hasTheConfiguredParameters() {
            RecordingServer.Request request = ask("t", Map.of("include", "identity_set", "a&b", "c=d \u00e9"));

            assertThat(request.form())
                    .containsOnly(
                            entry("token", List.of("t")),
                            entry("token_type_hint", List.of("access_token")),
                            entry("include", List.of("identity_set")),
                            entry("a&b", List.of("c=d \u00e9")));
        }

        /** RFC 6749 §3.2: a parameter is not sent twice. */
        @Test
        void letsTheConfigurationSayAnotherHint() {
            assertThat(ask("t", Map.of("token_type_hint", "requesting_party_token"))
                            .form())
                    .containsOnly(
                            entry("token", List.of("t")), entry("token_type_hint", List.of("requesting_party_token")));
        }

        @Test
        void provesWhoWeAreInTheForm() {
            ClientAuthentication post = new ClientAuthentication.ClientSecretPost("rs", "p%:s \u00fc");

            RecordingServer.Request request = ask("t", post, Map.of(), null);

            assertThat(request.form())
                    .contains(entry("client_id", List.of("rs")), entry("client_secret", List.of("p%:s \u00fc")));
            assertThat(request.header("Authorization")).isNull();
        }

        @Test
        void asksForSignedAnswersWhereConfigured() {
            SignedAnswers signed = new SignedAnswers(
                    new SignedJwtVerifier(
                            "token-introspection+jwt", kid -> new KeyLookup.NotFound(), KeyPolicy.strict()),
                    TestTokens.ISSUER,
                    "rs");
            ClientAuthentication bearer =
                    new ClientAuthentication.Bearer(() -> Optional.of("our-own"), refused -> false);

            RecordingServer.Request request = ask("t", bearer, Map.of(), signed);

            assertThat(request.header("Accept")).isEqualTo("application/token-introspection+jwt");
            assertThat(request.header("Authorization")).isEqualTo("Bearer our-own");
        }

        @Test
        void isNotSentWithoutOurOwnToken() {
            AtomicInteger calls = new AtomicInteger();
            IntrospectionSettings settings = new IntrospectionSettings(
                    ScriptedEndpoint.URL,
                    new ClientAuthentication.Bearer(Optional::empty, refused -> false),
                    Map.of(),
                    null,
                    CacheSettings.defaults(),
                    PATIENT);
            TokenIntrospector introspector = ScriptedEndpoint.introspector(
                    settings,
                    (form, headers, wanted) -> {
                        calls.incrementAndGet();
                        return outage();
                    },
                    clock);

            assertThat(introspector.introspect(TOKEN)).isEqualTo(new NotAsked("our own token for it cannot be had"));
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void isNotSentToWhereARedirectPoints(int status) {
            try (RecordingServer canary = RecordingServer.saying("{\"active\":true}");
                    RecordingServer server = new RecordingServer(
                            request -> new RecordingServer.Answer(status, "application/json", "{\"active\":true}"));
                    JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
                server.redirectTo(canary.uri("/introspect/"));
                IntrospectionSettings settings = new IntrospectionSettings(
                        server.uri("/introspect"),
                        new ClientAuthentication.ClientSecretPost("rs", "secret"),
                        Map.of(),
                        null,
                        CacheSettings.defaults(),
                        Limits.defaults());

                assertThat(ScriptedEndpoint.introspector(settings, TokenIntrospector.over(client, settings), clock)
                                .introspect(TOKEN))
                        .isInstanceOf(Failed.class);
                assertThat(canary.requests()).isEmpty();
                assertThat(server.requests()).hasSize(1);
                assertThat(log.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("slash");
            }
        }
    }

    @Nested
    class ARejection {

        private final List<String> discarded = new ArrayList<>();
        private volatile String own = "first";
        private volatile boolean renewable = true;

        private boolean discard(String refused) {
            discarded.add(refused);
            own = "second";
            return renewable;
        }

        private TokenIntrospector introspector() {
            IntrospectionSettings settings = new IntrospectionSettings(
                    ScriptedEndpoint.URL,
                    new ClientAuthentication.Bearer(() -> Optional.of(own), this::discard),
                    Map.of(),
                    null,
                    CacheSettings.defaults(),
                    PATIENT);
            return ScriptedEndpoint.introspector(settings, endpoint, clock);
        }

        @Test
        void isToldToOurOwnToken() {
            TokenIntrospector introspector = introspector();
            endpoint.answers("{\"active\":false}");
            introspector.introspect(TOKEN);
            endpoint.answers(status(500));
            introspector.introspect(TOKEN);
            assertThat(discarded).isEmpty();

            endpoint.answers(status(401));
            introspector.introspect(TOKEN);
            assertThat(discarded).containsExactly("first");
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void costsNoCallerAnythingWhereAnotherTokenIsTaken(int status) {
            endpoint.does(() -> own.equals("first") ? status(status) : json("{\"active\":true}"));

            assertThat(introspector().introspect(TOKEN)).isInstanceOf(Active.class);
            assertThat(endpoint.calls()).isEqualTo(2);
            assertThat(log.messages(Level.SEVERE)).isEmpty();
        }

        @Test
        void isNotAnsweredMoreThanOnce() {
            endpoint.answers(status(401));

            assertThat(introspector().introspect(TOKEN)).isEqualTo(new ClientRejected(401));
            assertThat(endpoint.calls()).isEqualTo(2);
            assertThat(log.messages(Level.SEVERE)).hasSize(1);
        }

        @Test
        void isFinalWhereThereIsNoOtherToken() {
            renewable = false;
            endpoint.answers(status(401));

            assertThat(introspector().introspect(TOKEN)).isEqualTo(new ClientRejected(401));
            assertThat(endpoint.calls()).isEqualTo(1);
        }
    }
}
