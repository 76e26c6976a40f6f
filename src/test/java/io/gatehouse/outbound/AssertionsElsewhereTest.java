package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.FetchResult;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our assertions and our published keys, read by two libraries that are not ours: python3-jose, which the Baikal SDK
 * itself uses, and python3-authlib.
 */
@Timeout(120)
class AssertionsElsewhereTest {

    /** What Debian's packages are installed for; another on the path would not know them. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String ISSUER = "our-issuer";
    private static final String AUDIENCE = "https://as.example/";

    private final Clock clock = Clock.systemUTC();

    /** What a program said, and whether it was content. */
    private record Said(int status, String text) {}

    private static Said run(String script, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON, "-c", script).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String problem = new String(process.getErrorStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        return new Said(status, status == 0 ? out : problem);
    }

    private static void requireLibrary(String name) throws InterruptedException {
        boolean installed;
        try {
            installed = run("import " + name, "").status() == 0;
        } catch (IOException noPython) {
            installed = false;
        }
        if (!installed && Boolean.parseBoolean(System.getenv("CI"))) {
            fail("this test needs python3-" + name + ": .ci/run installs it");
        }
        if (!installed) {
            System.out.println("AssertionsElsewhereTest is skipped: python3-" + name + " is not installed");
        }
        assumeTrue(installed, "python3-" + name + " is not installed");
    }

    private static String script() throws IOException {
        try (InputStream script = AssertionsElsewhereTest.class.getResourceAsStream("/outbound/verify_jwt.py")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        }
    }

    private static FakeSigningKeys keys(String algorithm) {
        SignatureAlgorithm named = SignatureAlgorithm.named(algorithm).orElseThrow();
        return FakeSigningKeys.signingWith("k-" + algorithm, TestKeys.of(named), named);
    }

    private Said verify(String library, String algorithm, Map<String, ?> jwks, String jwt) throws Exception {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("library", library);
        asked.put("algorithm", algorithm);
        asked.put("jwks", jwks);
        asked.put("jwt", jwt);
        asked.put("issuer", ISSUER);
        asked.put("audience", AUDIENCE);
        return run(script(), JsonWriter.write(asked));
    }

    /** What goes over the wire, and the keys that we publish. */
    private record Sent(String assertion, Map<String, ?> jwks) {}

    private Sent userAssertion(String algorithm, AssertionForm form) {
        AtomicReference<String> sent = new AtomicReference<>();
        TokenEndpoints endpoints = TokenEndpoints.at(URI.create("https://as.example/token"));
        TokenClientSettings settings = TokenClientSettings.of(endpoints, new PublicClient("n"))
                .withAssertions(new Assertions(ISSUER, AUDIENCE, Assertions.DEFAULT_LIFETIME, form), keys(algorithm));
        EndpointCaller caller = new EndpointCaller(
                endpoints,
                settings.authentication(),
                (uri, request, wanted) -> {
                    sent.set(request.form().values().get("assertion").get(0));
                    return new FetchResult.Unreachable("enough");
                },
                Attempts.of(clock),
                clock);
        TokenClient client = new HttpTokenClient(settings, caller, clock, Runnable::run);
        client.jwtBearer(
                UserAssertion.forSubject("usér \"1\"\u2028").withIdentifier("+34600000000", "phone_number"),
                TokenRequest.empty());
        return new Sent(sent.get(), client.jwkSet());
    }

    @ParameterizedTest
    @CsvSource({
        "jose, RS256, STANDARD",
        "jose, ES256, STANDARD",
        "jose, RS256, BAIKAL",
        "jose, ES256, BAIKAL",
        "authlib, RS256, STANDARD",
        "authlib, ES256, STANDARD",
        "authlib, EdDSA, STANDARD",
        "authlib, EdDSA, BAIKAL"
    })
    void takesTheUserAssertion(String library, String algorithm, AssertionForm form) throws Exception {
        requireLibrary(library);
        Sent sent = userAssertion(algorithm, form);

        Said said = verify(library, algorithm, sent.jwks(), sent.assertion());

        assertThat(said.status()).as(said.text()).isZero();
        assertThat(TestJson.parse(said.text()))
                .containsEntry("sub", "usér \"1\"\u2028")
                .containsEntry("identifier", Map.of("id", "+34600000000", "type", "phone_number"))
                .containsEntry("aud", AUDIENCE);
    }

    @ParameterizedTest
    @CsvSource({"jose, RS256", "jose, ES256", "authlib, RS256", "authlib, ES256", "authlib, EdDSA"})
    void takesTheClientAssertion(String library, String algorithm) throws Exception {
        requireLibrary(library);
        FakeSigningKeys keys = keys(algorithm);
        String assertion = new ClientAssertion(keys::current, ISSUER, AUDIENCE, clock).get();

        Said said = verify(library, algorithm, Map.of("keys", keys.publicKeys()), assertion);

        assertThat(said.status()).as(said.text()).isZero();
        assertThat(TestJson.parse(said.text())).containsEntry("iss", ISSUER).containsEntry("sub", ISSUER);
    }

    /** Whoever takes everything proves nothing. */
    @ParameterizedTest
    @CsvSource({"jose, RS256", "jose, ES256", "authlib, RS256", "authlib, ES256", "authlib, EdDSA"})
    void refusesAnotherSignature(String library, String algorithm) throws Exception {
        requireLibrary(library);
        Sent sent = userAssertion(algorithm, AssertionForm.STANDARD);
        Sent another = userAssertion(algorithm, AssertionForm.BAIKAL);
        String signature = another.assertion().substring(another.assertion().lastIndexOf('.'));
        String forged = sent.assertion().substring(0, sent.assertion().lastIndexOf('.')) + signature;

        assertThat(verify(library, algorithm, sent.jwks(), forged).status()).isNotZero();
    }
}
