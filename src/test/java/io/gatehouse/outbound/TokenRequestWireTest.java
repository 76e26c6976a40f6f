package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.ClientSecretPost;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, field by field, as the reference systems send it. */
@Timeout(60)
class TokenRequestWireTest {

    private static final TokenRequest NOTHING_MORE = TokenRequest.empty();

    private final RecordingServer server =
            RecordingServer.saying("{\"access_token\":\"at-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    private final JsonHttpClient http = JsonHttpClient.create(HttpSettings.defaults());
    private final MutableClock clock = new MutableClock();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private TokenClientSettings settings(ClientAuthentication authentication) {
        return TokenClientSettings.of(TokenEndpoints.at(server.uri("/token")), authentication);
    }

    private TokenClient client(TokenClientSettings settings) {
        return TokenClients.create(settings, http, clock, Runnable::run);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private void sentIs(String authorization) {
        assertThat(server.only().method()).isEqualTo("POST");
        assertThat(server.only().target()).isEqualTo("/token");
        assertThat(server.only().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(server.only().header("Accept")).isEqualTo("application/json");
        assertThat(server.only().header("Authorization")).isEqualTo(authorization);
    }

    /** The Baikal SDK. */
    @Nested
    class Baikal {

        private final ClientSecretBasic raw = new ClientSecretBasic("baikal", "s%cr+t", CredentialsEncoding.RAW);

        @Test
        void asksForItselfWithScopesAndPurposes() {
            TokenResult result = client(settings(raw))
                    .clientCredentials(NOTHING_MORE
                            .withScopes("phone", "email")
                            .withParameter("purpose", "fraud-prevention customer-support")
                            .withHeader("X-Correlator", "c-1"));

            assertThat(result.orThrow().accessToken()).isEqualTo("at-1");
            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().header("X-Correlator")).isEqualTo("c-1");
            assertThat(server.only().form())
                    .containsExactly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("phone email")),
                            entry("purpose", List.of("fraud-prevention customer-support")));
        }

        @Test
        void asksForItselfWithNothingMore() {
            client(settings(raw)).clientCredentials(NOTHING_MORE);

            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().form()).containsExactly(entry("grant_type", List.of("client_credentials")));
        }

        @Test
        void bringsACode() {
            client(settings(raw)).code("c0de", URI.create("https://app.example/callback?x=1"), NOTHING_MORE);

            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("authorization_code")),
                            entry("code", List.of("c0de")),
                            entry("redirect_uri", List.of("https://app.example/callback?x=1")));
        }
    }

    /** The Globus SDK. */
    @Nested
    class Globus {

        @Test
        void refreshesAsAConfidentialClient() {
            client(settings(new ClientSecretBasic("g", "sécret:", CredentialsEncoding.RAW))
                            .withDefaults(NOTHING_MORE.withScopes("openid")))
                    .refresh("r-1", NOTHING_MORE);

            sentIs(basic("g:sécret:"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("refresh_token")), entry("refresh_token", List.of("r-1")));
        }

        @Test
        void refreshesAsAPublicClient() {
            client(settings(new PublicClient("native"))).refresh("r-1", NOTHING_MORE);

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("refresh_token")),
                            entry("refresh_token", List.of("r-1")),
                            entry("client_id", List.of("native")));
        }

        @Test
        void bringsACodeWithItsVerifier() {
            client(settings(new PublicClient("native")))
                    .code(
                            "c0de",
                            URI.create("https://auth.example/v2/web/auth-code"),
                            NOTHING_MORE.withParameter("code_verifier", "v".repeat(43)));

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("authorization_code")),
                            entry("code", List.of("c0de")),
                            entry("redirect_uri", List.of("https://auth.example/v2/web/auth-code")),
                            entry("code_verifier", List.of("v".repeat(43))),
                            entry("client_id", List.of("native")));
        }
    }

    /** Volue Mesh gets its tokens from Entra ID. */
    @Nested
    class Mesh {

        @Test
        void asksForItselfWithTheSecretInTheForm() {
            client(settings(new ClientSecretPost("app-id", "s~cret"))
                            .withDefaults(NOTHING_MORE.withScopes("api://mesh/.default")))
                    .clientCredentials(NOTHING_MORE);

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("api://mesh/.default")),
                            entry("client_id", List.of("app-id")),
                            entry("client_secret", List.of("s~cret")));
        }
    }

    /** Django OAuth Toolkit decodes what RFC 6749 says is encoded. */
    @Nested
    class DjangoOAuthToolkit {

        @Test
        void isAskedWithFormEncodedCredentials() {
            client(settings(new ClientSecretBasic("rs:gate house", "p%40ss+w/ü&=:x", CredentialsEncoding.FORM)))
                    .clientCredentials(NOTHING_MORE.withScopes("introspection"));

            sentIs(basic("rs%3Agate+house:p%2540ss%2Bw%2F%C3%BC%26%3D%3Ax"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("introspection")));
        }
    }

    /** Authress as a plain OAuth server. */
    @Nested
    class Authress {

        @Test
        void isAskedInJson() {
            client(settings(new ClientSecretPost("sc_1", "s\"cret")).withFormat(TokenClientSettings.Format.JSON))
                    .clientCredentials(NOTHING_MORE);

            assertThat(server.only().header("Content-Type")).isEqualTo("application/json");
            assertThat(server.only().body())
                    .isEqualTo("{\"grant_type\":\"client_credentials\","
                            + "\"client_id\":\"sc_1\",\"client_secret\":\"s\\\"cret\"}");
        }
    }
}
