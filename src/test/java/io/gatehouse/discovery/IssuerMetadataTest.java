package io.gatehouse.discovery;

import static io.gatehouse.testing.RecordingServer.Answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerMetadataTest {

    private static final String ISSUER = "https://issuer.example/main";
    private static final URI FIRST = URI.create("https://issuer.example/main/.well-known/openid-configuration");
    private static final URI SECOND = URI.create("https://issuer.example/.well-known/oauth-authorization-server/main");
    private static final URI KEYS = URI.create("https://keys.example/jwks");

    private final MutableClock clock = new MutableClock();
    private final Map<URI, FetchResult> web = new HashMap<>();
    private final List<URI> fetched = new ArrayList<>();
    private final List<URI> used = new ArrayList<>();
    private FetchResult answerOfEndpoint = json("{}");
    private final IssuerMetadata metadata =
            new IssuerMetadata(List.of(FIRST, SECOND), Set.of(ISSUER), "look at the issuer", this::fetch, clock);

    private FetchResult fetch(URI uri, BooleanSupplier wanted) {
        fetched.add(uri);
        if (!wanted.getAsBoolean()) {
            return new FetchResult.Unreachable("given up");
        }
        return web.getOrDefault(uri, new FetchResult.Refused(404, new byte[0], "", null));
    }

    private FetchResult use() {
        return metadata.use("jwks_uri", endpoint -> {
            used.add(endpoint);
            return answerOfEndpoint;
        });
    }

    private static FetchResult json(String body) {
        return new FetchResult.Ok(body.getBytes(UTF_8), "application/json", null);
    }

    private static String document(String issuer, Object keys) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}";
    }

    private void assertUnreachable(String problem) {
        assertThat(use())
                .isInstanceOfSatisfying(FetchResult.Unreachable.class, unreachable -> assertThat(unreachable.problem())
                        .contains(problem));
        assertThat(used).isEmpty();
    }

    @Test
    void asksNobodyBeforeItIsAsked() {
        assertThat(fetched).isEmpty();
    }

    @Test
    void usesTheEndpointThatTheFirstDocumentNames() {
        web.put(FIRST, json(document(ISSUER, KEYS)));

        assertThat(use()).isSameAs(answerOfEndpoint);
        assertThat(used).containsExactly(KEYS);
        assertThat(fetched).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"issuer\":\"https://issuer.example/other\"}", "[]", "<html>", ""})
    void goesOnToTheNextWhereTheFirstIsOfNoUse(String first) {
        web.put(FIRST, json(first));
        web.put(SECOND, json(document(ISSUER, KEYS)));

        assertThat(use()).isSameAs(answerOfEndpoint);
        assertThat(fetched).containsExactly(FIRST, SECOND);
    }

    @Test
    void goesOnToTheNextWhereTheFirstIsNotThere() {
        web.put(SECOND, json(document(ISSUER, KEYS)));

        assertThat(use()).isSameAs(answerOfEndpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/main/",
                "https://issuer.example/Main",
                "https://issuer.example",
                "https://issuer.example:443/main",
                "http://issuer.example/main",
                "https://evil.example/main",
                "{sub}",
                ""
            })
    void takesNoDocumentOfAnotherIssuer(String issuer) {
        web.put(FIRST, json(document(issuer, KEYS)));

        assertUnreachable("those of the issuer \"" + issuer + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jwks_uri\":\"https://keys.example/jwks\"}",
                "{\"issuer\":null,\"jwks_uri\":\"https://keys.example/jwks\"}",
                "{\"issuer\":1,\"jwks_uri\":\"https://keys.example/jwks\"}",
                "{\"issuer\":[\"https://issuer.example/main\"],\"jwks_uri\":\"https://keys.example/jwks\"}"
            })
    void takesNoDocumentThatNamesNoIssuer(String document) {
        web.put(FIRST, json(document));

        assertUnreachable("without an \"issuer\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":1",
                "\"jwks_uri\":null",
                "\"jwks_uri\":1",
                "\"jwks_uri\":[\"https://keys.example/jwks\"]",
                "\"jwks_uri\":\"https://keys.example/a b\"",
                "\"jwks_uri\":\"\\u0000\""
            })
    void saysThatThereIsNoEndpoint(String member) {
        web.put(FIRST, json("{\"issuer\":\"" + ISSUER + "\"," + member + "}"));

        assertUnreachable("jwks_uri");
    }

    @Test
    void saysWhatIsWrongWithADocumentRatherThanThatTheLastOneIsMissing() {
        web.put(FIRST, json(document("https://evil.example", KEYS)));

        assertUnreachable("those of the issuer");
        assertThat(fetched).containsExactly(FIRST, SECOND);
    }

    @Test
    void saysThatNoneIsThere() {
        assertUnreachable("found no metadata");
    }

    @Nested
    class OnceRead {

        @Test
        void isReadAgainAfterAnHourOnly() {
            web.put(FIRST, json(document(ISSUER, KEYS)));
            use();
            clock.advance(Duration.ofHours(1).minusSeconds(1));
            use();
            assertThat(fetched).hasSize(1);

            URI moved = URI.create("https://keys.example/moved");
            web.put(FIRST, json(document(ISSUER, moved)));
            clock.advance(Duration.ofSeconds(1));
            use();
            assertThat(fetched).hasSize(2);
            assertThat(used).containsExactly(KEYS, KEYS, moved);
        }

        @Test
        void isReadAgainAfterWhatItNamedFailed() {
            web.put(FIRST, json(document(ISSUER, KEYS)));
            answerOfEndpoint = new FetchResult.Refused(404, new byte[0], "", null);
            use();
            use();

            assertThat(fetched).hasSize(2);
        }

        @Test
        void isReadAgainAfterItCouldNotBeRead() {
            web.put(FIRST, new FetchResult.Unreachable("timeout"));
            use();
            web.put(FIRST, json(document(ISSUER, KEYS)));

            assertThat(use()).isSameAs(answerOfEndpoint);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 500, 503})
        void countsForADayWhereNobodyAnswersAndIsTriedOnceAMinute(int status) {
            web.put(FIRST, json(document(ISSUER, KEYS)));
            use();
            web.put(
                    FIRST,
                    status == 0
                            ? new FetchResult.Unreachable("timeout")
                            : new FetchResult.Refused(status, new byte[0], "", null));
            clock.advance(Duration.ofHours(1));
            assertThat(use()).isSameAs(answerOfEndpoint);
            clock.advance(Duration.ofSeconds(59));
            assertThat(use()).isSameAs(answerOfEndpoint);
            assertThat(fetched).hasSize(2);

            clock.advance(Duration.ofSeconds(1));
            assertThat(use()).isSameAs(answerOfEndpoint);
            assertThat(fetched).hasSize(3);

            clock.advance(Duration.ofHours(23));
            used.clear();
            assertUnreachable("no metadata from " + FIRST);
        }

        @Test
        void countsNoLongerWhereItHasBecomeThatOfAnother() {
            web.put(FIRST, json(document(ISSUER, KEYS)));
            use();
            used.clear();
            web.put(FIRST, json(document("https://evil.example", KEYS)));
            clock.advance(Duration.ofHours(1));

            assertUnreachable("those of the issuer");
        }

        @Test
        void isNotWaitedForByWhoeverHasLostInterest() {
            web.put(FIRST, json(document(ISSUER, KEYS)));

            assertThat(metadata.use("jwks_uri", () -> false, endpoint -> answerOfEndpoint))
                    .isInstanceOf(FetchResult.Unreachable.class);
            assertThat(fetched).containsExactly(FIRST);
        }

        @Test
        void isAskedForEveryMemberOfIt() {
            web.put(FIRST, json("{\"issuer\":\"" + ISSUER + "\",\"x\":\"https://x.example\"}"));

            assertThat(metadata.use("x", endpoint -> answerOfEndpoint)).isSameAs(answerOfEndpoint);
            assertThat(metadata.use("x", endpoint -> answerOfEndpoint)).isSameAs(answerOfEndpoint);
            assertThat(fetched).hasSize(1);
        }
    }

    /** Wherever a document points, nothing but https, or this machine, is spoken to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example/jwks",
                "http://127.0.0.1.evil.example/jwks",
                "file:///etc/passwd",
                "jar:file:/x.jar!/jwks",
                "ftp://127.0.0.1/jwks",
                "mailto:a@example.com",
                "/jwks",
                "jwks",
                "",
                "//keys.example/jwks",
                "https:///jwks",
                "https:jwks",
                "https://user:pass@127.0.0.1/jwks",
                "https://127.0.0.1:99999/jwks"
            })
    void bringsNobodyToSpeakToAnEndpointThatIsNotAllowed(String keys) {
        try (RecordingServer server = new RecordingServer(request -> Answer.json(document(ISSUER, keys)));
                JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            IssuerMetadata real = new IssuerMetadata(
                    List.of(server.uri("/metadata")), Set.of(ISSUER), "look at the issuer", client, clock);

            assertThat(real.use("jwks_uri", client::get)).isInstanceOf(FetchResult.Unreachable.class);
            server.only();
        }
    }
}
