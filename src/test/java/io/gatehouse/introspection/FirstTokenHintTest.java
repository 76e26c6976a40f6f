package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.token.AccessToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that calls good tokens inactive does so because of a mistake in the configuration, its or ours. */
class FirstTokenHintTest {

    private static final String ACTIVE = "{\"active\":true}";
    private static final String INACTIVE = "{\"active\":false}";
    private static final String REJECTED = "rejected";
    private static final String A_MINUTE = "a minute goes by";

    @Test
    void explainsOnceAMinuteWhyTokensMayBeInactive() {
        assertThat(hintsAfter(INACTIVE, INACTIVE)).singleElement().asString().contains("\"aud\"", "token's");
    }

    @Test
    void explainsItAfterAFailureAsWell() {
        assertThat(hintsAfter("rubbish", INACTIVE)).hasSize(1);
    }

    @Test
    void explainsItAgainWhileNoTokenIsActive() {
        assertThat(hintsAfter(INACTIVE, A_MINUTE, INACTIVE, INACTIVE, A_MINUTE, ACTIVE, INACTIVE))
                .hasSize(2);
    }

    @Test
    void saysNothingOnceATokenWasActive() {
        assertThat(hintsAfter(ACTIVE, INACTIVE, A_MINUTE, INACTIVE)).isEmpty();
    }

    /** Whoever mended the server may have set it up anew. */
    @ParameterizedTest
    @ValueSource(strings = {"rubbish", REJECTED})
    void explainsItAgainAfterTrouble(String trouble) {
        assertThat(hintsAfter(ACTIVE, trouble, INACTIVE)).hasSize(1);
    }

    private static List<String> hintsAfter(String... answers) {
        MutableClock clock = new MutableClock();
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        TokenIntrospector introspector =
                ScriptedEndpoint.introspector(settings(), (form, headers, wanted) -> answer(left.remove()), clock);
        try (CapturedLog log = new CapturedLog(TokenIntrospector.class)) {
            while (!left.isEmpty()) {
                if (left.peek().equals(A_MINUTE)) {
                    left.remove();
                    clock.advance(Duration.ofMinutes(1));
                } else {
                    introspector.introspect(AccessToken.of("token"));
                }
            }
            return log.messages(Level.INFO).stream()
                    .filter(message -> message.startsWith("GATE0304"))
                    .toList();
        }
    }

    private static FetchResult answer(String body) {
        return body.equals(REJECTED)
                ? new FetchResult.Refused(401, new byte[0], "", null)
                : new FetchResult.Ok(body.getBytes(StandardCharsets.UTF_8), "application/json", null);
    }

    private static IntrospectionSettings settings() {
        return new IntrospectionSettings(
                URI.create("https://login.example.com/introspect"),
                new ClientAuthentication.ClientSecretBasic("orders", "secret", CredentialsEncoding.FORM),
                Map.of(),
                null,
                IntrospectionSettings.CacheSettings.defaults(),
                IntrospectionSettings.Limits.defaults());
    }
}
