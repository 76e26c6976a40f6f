package io.gatehouse.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What whoever configured it reads in the log where the metadata are not what they should be. */
class IssuerMetadataProblemsTest {

    private static final String ISSUER = "https://login.example/realms/main";
    private static final URI OPENID = URI.create(ISSUER + "/.well-known/openid-configuration");
    private static final URI OAUTH = URI.create("https://login.example/.well-known/oauth-authorization-server/main");
    private static final String ADVICE = "look at the property";

    private final Map<URI, FetchResult> answers = new HashMap<>();
    private final List<URI> asked = new ArrayList<>();
    private final IssuerMetadata metadata = new IssuerMetadata(
            List.of(OPENID, OAUTH),
            Set.of(ISSUER),
            ADVICE,
            (place, wanted) -> {
                asked.add(place);
                return answers.getOrDefault(place, new FetchResult.Refused(404, new byte[0], "", null));
            },
            new MutableClock());

    private static FetchResult json(String text) {
        return new FetchResult.Ok(text.getBytes(UTF_8), "application/json", null);
    }

    private static FetchResult page() {
        return new FetchResult.Ok("<html></html>".getBytes(UTF_8), "text/html;charset=UTF-8", null);
    }

    private static String named(String issuer) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"https://login.example/keys\"}";
    }

    private String problem() {
        FetchResult result = metadata.use("jwks_uri", place -> json("{}"));
        return ((FetchResult.Unreachable) result).problem();
    }

    @Test
    void namesBothIssuersWhereTheMetadataAreThoseOfAnother() {
        answers.put(OPENID, json(named(ISSUER + "/")));
        answers.put(OAUTH, page());

        assertThat(problem())
                .isEqualTo("the metadata at " + OPENID + " are those of the issuer \"" + ISSUER
                        + "/\", but configured is \"" + ISSUER + "\" (compared character by character); " + ADVICE);
    }

    @Test
    void keepsWhatAnotherCallsHimselfInOneShortLine() {
        answers.put(OPENID, json(named("https://evil.example/\\r\\n2026 FORGED \\u202e" + "x".repeat(1000))));

        assertThat(problem())
                .contains("\"https://evil.example/??2026 FORGED ?xxx")
                .hasSizeLessThan(600);
        assertThat(problem().lines()).hasSize(1);
    }

    @Test
    void namesTheMemberThatIsMissing() {
        answers.put(OPENID, json("{\"issuer\":\"" + ISSUER + "\"}"));

        assertThat(problem()).isEqualTo("the metadata at " + OPENID + " have no \"jwks_uri\"; " + ADVICE);
    }

    @Test
    void namesTheMemberThatIsNoUrl() {
        for (String value : List.of("7", "\"/keys\"", "\"no url\"")) {
            answers.put(OPENID, json("{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":" + value + "}"));

            assertThat(problem()).isEqualTo("the metadata at " + OPENID + " have no usable \"jwks_uri\"; " + ADVICE);
        }
    }

    @Test
    void namesEveryPlaceWhereNothingWasFound() {
        answers.put(OPENID, page());

        assertThat(problem())
                .isEqualTo("found no metadata: " + OPENID + " is no JSON object, but text/html;charset=UTF-8, " + OAUTH
                        + " answered 404; " + ADVICE);
    }

    @Test
    void saysThatAnIssuerIsMissing() {
        answers.put(OPENID, json("{\"jwks_uri\":\"https://login.example/keys\"}"));

        assertThat(problem()).contains(OPENID + " is JSON without an \"issuer\", ");
    }

    @Test
    void asksAServerThatIsDownOnceAndGivesNoAdvice() {
        answers.put(OPENID, new FetchResult.Unreachable("connect timeout"));
        assertThat(problem()).isEqualTo("no metadata from " + OPENID + ": connect timeout");

        answers.put(OPENID, new FetchResult.Refused(503, new byte[0], "", null));
        assertThat(problem()).isEqualTo("no metadata from " + OPENID + ": it answered 503");
        assertThat(asked).containsExactly(OPENID, OPENID);
    }

    @Test
    void looksFurtherWhereTheFirstPlaceIsNotInUse() {
        answers.put(OAUTH, json(named(ISSUER)));

        assertThat(metadata.use("jwks_uri", place -> json("{}"))).isInstanceOf(FetchResult.Ok.class);
        assertThat(metadata.lastUsed("jwks_uri")).contains(URI.create("https://login.example/keys"));
    }

    @Test
    void readsTheMetadataAgainAfterWhatTheyNamedDidNotWork() {
        answers.put(OPENID, json(named(ISSUER)));
        metadata.use("jwks_uri", place -> new FetchResult.Refused(404, new byte[0], "", null));

        assertThat(metadata.lastUsed("jwks_uri")).isEmpty();
        metadata.use("jwks_uri", place -> json("{}"));
        assertThat(asked).containsExactly(OPENID, OPENID);
    }
}
