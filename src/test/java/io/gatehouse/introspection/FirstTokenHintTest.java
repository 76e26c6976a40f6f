package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.token.AccessToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** A server that calls good tokens inactive does so because of a mistake in the configuration, its or ours. */
class FirstTokenHintTest {

    private static final String ACTIVE = "{\"active\":true}";
    private static final String INACTIVE = "{\"active\":false}";

    @Test
    void explainsOnceWhyTheFirstTokenMayBeInactive() {
        assertThat(hintsAfter(INACTIVE, INACTIVE)).singleElement().asString().contains("\"aud\"", "token's");
    }

    @Test
    void explainsItAfterAFailureAsWell() {
        assertThat(hintsAfter("rubbish", INACTIVE)).hasSize(1);
    }

    @Test
    void saysNothingOnceATokenWasActive() {
        assertThat(hintsAfter(ACTIVE, INACTIVE)).isEmpty();
    }

    private static List<String> hintsAfter(String... answers) {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        TokenIntrospector introspector =
                new TokenIntrospector(settings(), (form, headers) -> answer(left.remove()), Clock.systemUTC());
        try (CapturedLog log = new CapturedLog(TokenIntrospector.class)) {
            while (!left.isEmpty()) {
                introspector.introspect(AccessToken.of("token"));
            }
            return log.messages(Level.INFO).stream()
                    .filter(message -> message.startsWith("GATE0304"))
                    .toList();
        }
    }

    private static FetchResult answer(String body) {
        return new FetchResult.Ok(body.getBytes(StandardCharsets.UTF_8), "application/json", null);
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
