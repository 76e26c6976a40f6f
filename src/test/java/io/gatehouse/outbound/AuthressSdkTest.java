package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What Authress's own SDK for JavaScript makes of our token. Without Node or the module it is skipped, but fails where
 * everything was to be installed ({@code CI=true}, see {@code .ci/run}).
 */
@Timeout(60)
class AuthressSdkTest {

    private static final String SCRIPT = """
            const { TokenVerifier } = require('@authress/sdk');
            TokenVerifier(process.argv[1], process.argv[2]).then(
              claims => console.log('accepted ' + claims.sub + ' ' + claims.client_id + ' ' + claims.scope),
              refused => console.log('refused ' + refused.message));
            """;

    private static final Path MODULES = Path.of("target", "authress-sdk", "node_modules");

    private static String node(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 2];
        command[0] = "node";
        command[1] = "-e";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putIfAbsent("NODE_PATH", MODULES.toAbsolutePath().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "failed";
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return node("require('@authress/sdk')").isEmpty();
        } catch (IOException noNode) {
            return false;
        }
    }

    @Test
    void takesTheTokenForThatOfItsServiceClient() throws Exception {
        boolean there = isThere();
        if (!there) {
            System.out.println("skipped: no node with the module @authress/sdk (.ci/run installs it)");
        }
        assumeTrue(there || "true".equals(System.getenv("CI")));
        assertThat(there).as("node with the module @authress/sdk").isTrue();
        String jwks = TestKeys.jwks(
                TestKeys.jwk(TestKeys.ED25519.getPublic(), "kid", "\"key1\"", "alg", "\"EdDSA\"", "use", "\"sig\""));
        try (RecordingServer server = RecordingServer.saying(jwks)) {
            String domain = server.uri("").toString();
            String token = Authorizers.authressServiceKey(
                            AuthressTokenTest.KEY, domain, AuthorizerSettings.named("authress"), Clock.systemUTC())
                    .authorization(URI.create(domain))
                    .orElseThrow()
                    .substring("Bearer ".length());

            assertThat(node(SCRIPT, domain, token)).isEqualTo("accepted sc_1 sc_1 openid");
            assertThat(server.only().target()).isEqualTo("/v1/clients/sc_1/.well-known/openid-configuration/jwks");
            assertThat(node(SCRIPT, "https://another.example", token)).startsWith("refused");
            assertThat(node(SCRIPT, domain, token.substring(0, token.length() - 4) + "AAAA"))
                    .startsWith("refused");
        }
    }
}
