package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> system = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void configure() throws IOException {
        file = directory.resolve("microprofile-config.properties");
        Files.writeString(directory.resolve("key.pem"), TestKeys.pem(TestKeys.RSA.getPublic()));
        configure("");
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                file,
                "mp.jwt.verify.issuer=" + TestTokens.ISSUER + "\nmp.jwt.verify.audiences=" + TestTokens.AUDIENCE
                        + "\nmp.jwt.verify.publickey.location="
                        + directory.resolve("key.pem").toUri() + "\n" + more + "\n");
    }

    private int run(String input, String... arguments) {
        return new CommandLine(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        system,
                        TestTokens.CLOCK)
                .run(List.of(arguments));
    }

    private int explain(String token) {
        return run(token, "explain", "--config", file.toString(), "--token", "-");
    }

    private int doctor() {
        return run("", "doctor", "--config", file.toString());
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explain",
                "explain --config x",
                "explain --config x --token eyJ.e30.c2ln",
                "doctor",
                "doctor --config x --token -",
                "doctor --file x",
                "cure --config x"
            })
    void saysHowItIsCalled(String arguments) {
        assertThat(run("", arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--config", "Exit code");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThat(run("", "doctor", "--config", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("none cannot be read");
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() throws IOException {
        configure("gatehouse.required-claim=x\nmp.jwt.verify.clock.skew=soon");

        assertThat(doctor()).isEqualTo(1);
        assertThat(output()).contains("did you mean gatehouse.required-claims?", "mp.jwt.verify.clock.skew");
    }

    /** Which clients the application uses, its code says. */
    @Test
    void notesAClientOfTheEnvironmentThatCannotBeUsed() {
        environment.put("BAIKAL_AUTHSERVER_ENDPOINT", "no url");
        environment.put("BAIKAL_CLIENT_ID", "shop");
        environment.put("BAIKAL_CLIENT_SECRET", "s3cret");

        assertThat(doctor()).isZero();
        assertThat(output())
                .contains("note  client \"baikal\" of the environment: it cannot be used: BAIKAL_AUTHSERVER_ENDPOINT: ")
                .doesNotContain("s3cret");
    }

    @Nested
    class TheProperties {

        @Test
        void comeFromTheSystemTheEnvironmentAndTheFileInThisOrder() throws IOException {
            configure("gatehouse.realm=${name:file}-${other}\nother=x");
            FileProperties read = FileProperties.read(file, environment, system);
            assertThat(read.value("gatehouse.realm")).hasValue("file-x");

            environment.put("GATEHOUSE_REALM", "environment");
            assertThat(FileProperties.read(file, environment, system).value("gatehouse.realm"))
                    .hasValue("environment");

            system.put("gatehouse.realm", "system");
            read = FileProperties.read(file, environment, system);
            assertThat(read.value("gatehouse.realm")).hasValue("system");
            assertThat(read.names()).contains("gatehouse.realm", "other", "mp.jwt.verify.issuer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"${absent}", "${a}", " "})
        void areNotSetWhereWhatTheyNameIsNot(String value) throws IOException {
            configure("gatehouse.realm=" + value + "\na=${b}\nb=${a}");

            assertThat(FileProperties.read(file, environment, system).value("gatehouse.realm"))
                    .isEmpty();
        }
    }

    @Nested
    class Explain {

        @Test
        void acceptsATokenThatIsGood() {
            assertThat(explain("Bearer " + TestTokens.valid().compact() + "\n")).isEqualTo(0);
            assertThat(output()).startsWith("accepted: issuer \"default\"");
        }

        @Test
        void tellsAllThatIsWrongWithTheClaimsAtOnce() {
            String token = TestTokens.valid()
                    .claim("aud", "\"api://x\"")
                    .claim("exp", Long.toString(TestTokens.NOW.getEpochSecond() - 60))
                    .claim("iat", Long.toString(TestTokens.NOW.getEpochSecond() - 600))
                    .withoutClaim("upn")
                    .withoutClaim("sub")
                    .compact();

            assertThat(explain(token)).isEqualTo(1);
            assertThat(output().lines().toList())
                    .contains(
                            "passed  length",
                            "passed  issuer",
                            "passed  algorithm",
                            "passed  issue time",
                            "not looked at: signature")
                    .anyMatch(
                            line -> line.startsWith("FAILED  audience: the token's audience is [\"api://x\"]; accepted:"
                                    + " [\"orders-api\"]; see mp.jwt.verify.audiences"))
                    .anyMatch(line -> line.startsWith("FAILED  expiration time: ") && line.contains("1 min ago"))
                    .anyMatch(line -> line.startsWith("FAILED  caller's name: "))
                    .contains("refused: GATE-AUDIENCE (the token is not meant for this application)");
            assertThat(output()).doesNotContain(token, token.split("\\.")[2]);
        }

        @Test
        void saysWhatComesBeforeABadSignature() {
            String token = TestTokens.valid()
                    .signedWith(io.gatehouse.keys.SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())
                    .compact();

            assertThat(explain(token)).isEqualTo(1);
            assertThat(output().lines().toList())
                    .contains("passed  audience", "passed  key", "not looked at: active at the issuer")
                    .anyMatch(line -> line.startsWith("FAILED  signature: "));
        }

        @Test
        void namesTheIssuersWhereTheTokenHasAnother() {
            assertThat(explain(TestTokens.valid().claim("iss", "\"https://a\"").compact()))
                    .isEqualTo(1);
            assertThat(output()).contains("\"https://a\"; trusted: [\"" + TestTokens.ISSUER + "\"]", "GATE-ISSUER");
        }

        private List<String> askedAbout(String token, RecordingServer.Answer answer) throws IOException {
            try (RecordingServer server = new RecordingServer(request -> answer)) {
                configure("gatehouse.introspection.endpoint=" + server.uri("/introspect")
                        + "\ngatehouse.introspection.client-id=orders"
                        + "\ngatehouse.introspection.client-secret=s3cret-s3cret");
                explain(token);
                assertThat(output()).doesNotContain("s3cret-s3cret");
                return output().lines()
                        .map(line -> line.replace(server.uri("/introspect").toString(), "SERVER"))
                        .toList();
            }
        }

        private String alive(String members) {
            long now = TestTokens.NOW.getEpochSecond();
            return "{\"active\":true,\"iss\":\"" + TestTokens.ISSUER + "\",\"sub\":\"dora\",\"iat\":" + (now - 600)
                    + members.replace("LATER", Long.toString(now + 60)).replace("EARLIER", Long.toString(now - 60))
                    + "}";
        }

        @Test
        void goesThroughTheChecksOfATokenThatTheIssuerIsAskedAbout() throws IOException {
            RecordingServer.Answer answer =
                    RecordingServer.Answer.json(alive(",\"exp\":LATER,\"aud\":\"" + TestTokens.AUDIENCE + "\""));

            assertThat(askedAbout("3f9c2b7e-opaque", answer))
                    .containsSubsequence(
                            "passed  length",
                            "passed  encryption",
                            "passed  route: issuer \"default\" is asked about it at SERVER: it is no JWT",
                            "passed  answer",
                            "passed  active at the issuer",
                            "passed  audience of the answer",
                            "passed  expiration time of the answer",
                            "accepted: issuer \"default\", which was asked about it")
                    .noneMatch(line -> line.startsWith("FAILED"));
        }

        @Test
        void tellsAllThatIsWrongWithAnAnswerAtOnce() throws IOException {
            RecordingServer.Answer answer = RecordingServer.Answer.json(alive(",\"exp\":EARLIER,\"aud\":\"api://x\""));

            assertThat(askedAbout("3f9c2b7e-opaque", answer))
                    .contains("passed  active at the issuer", "passed  issue time of the answer")
                    .anyMatch(line -> line.startsWith("FAILED  audience of the answer: ")
                            && line.contains("[\"api://x\"]; accepted: [\"orders-api\"]; see mp.jwt.verify.audiences"))
                    .anyMatch(line -> line.startsWith("FAILED  expiration time of the answer: "))
                    .anyMatch(line -> line.startsWith("refused: GATE-AUDIENCE"));
        }

        @Test
        void saysThatOnlyTheServerKnowsWhyATokenIsNotActive() throws IOException {
            assertThat(askedAbout("3f9c2b7e-opaque", RecordingServer.Answer.json("{\"active\":false}")))
                    .contains("passed  answer")
                    .anyMatch(line -> line.startsWith("FAILED  active at the issuer: "))
                    .anyMatch(line -> line.startsWith("not looked at: ")
                            && line.contains("only the authorization server knows why"))
                    .noneMatch(line -> line.contains("of the answer"));
        }

        @Test
        void saysThatOnlyTheServerKnowsMoreInAnOutage() throws IOException {
            assertThat(askedAbout("3f9c2b7e-opaque", new RecordingServer.Answer(500, "text/plain", "")))
                    .anyMatch(line -> line.startsWith("passed  route: "))
                    .anyMatch(line -> line.startsWith("FAILED  answer: ") && line.contains("it answered 500"))
                    .anyMatch(line -> line.contains("only the authorization server knows whether"));
        }

        @Test
        void asksNobodyAboutATokenThatIsTooLong() throws IOException {
            assertThat(askedAbout("x".repeat(20_000), RecordingServer.Answer.json("{}")))
                    .anyMatch(line -> line.startsWith("FAILED  length: "))
                    .contains("not looked at: anything else; nobody was asked");
        }

        @Test
        void saysWhatAnOpaqueTokenPassesWhereNobodyIsAsked() {
            assertThat(explain("3f9c2b7e-opaque")).isEqualTo(1);
            assertThat(output().lines())
                    .contains("passed  length")
                    .anyMatch(line -> line.startsWith("FAILED  shape: ")
                            && line.contains("set gatehouse.introspection.endpoint"));
        }

        @Test
        void takesNoEmptyInput() {
            assertThat(explain(" \n")).isEqualTo(2);
        }
    }

    @Nested
    class TheDoctor {

        @Test
        void findsKeysInAFile() {
            assertThat(doctor()).isEqualTo(0);
            assertThat(output()).contains("key.pem: 1 key: \"key\" for RS256").doesNotContain("BAD");
        }

        private void named(RecordingServer server, String more) throws IOException {
            Files.writeString(
                    file,
                    "gatehouse.issuers.staff.issuer=" + TestTokens.ISSUER + "\n"
                            + "gatehouse.issuers.staff.audiences=" + TestTokens.AUDIENCE + "\n"
                            + more.replace("SERVER", server.uri("").toString()));
        }

        @Test
        @SuppressWarnings("unchecked")
        void readsMetadataAndKeysAndComparesClocks() throws IOException {
            String keys = TestKeys.jwks(TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", "\"key-1\""));
            try (RecordingServer server = RecordingServer.saying(keys)) {
                String metadata =
                        "{\"issuer\":\"" + TestTokens.ISSUER + "\",\"jwks_uri\":\"" + server.uri("/jwks") + "\"}";
                server.answerWith(
                        request -> RecordingServer.Answer.json(request.target().equals("/metadata") ? metadata : keys));
                named(server, "gatehouse.issuers.staff.discovery=SERVER/metadata");

                assertThat(doctor()).isEqualTo(1); // the test's clock is far from the server's
                assertThat(output())
                        .contains(
                                "they name the keys at " + server.uri("/jwks"),
                                server.uri("/jwks") + ": 1 key: \"key-1\" for RS256",
                                "BAD   issuer \"staff\", clock: ",
                                "set the clocks by NTP; until then gatehouse.issuers.staff.clock-skew");
            }
        }

        @SafeVarargs
        private String withKeys(String algorithms, Map<String, String>... jwks) throws IOException {
            try (RecordingServer server = RecordingServer.saying(TestKeys.jwks(jwks))) {
                named(
                        server,
                        "gatehouse.issuers.staff.jwks-uri=SERVER/jwks\ngatehouse.issuers.staff.algorithms="
                                + algorithms);
                doctor();
                return output();
            }
        }

        @Test
        void namesTheKeysThatAreLeftOutAndWhatToDoAboutThem() throws IOException {
            assertThat(withKeys(
                            "RS256",
                            TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", "\"good\""),
                            TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", "\"seals\"", "use", "\"enc\""),
                            TestKeys.jwk(TestKeys.P_256.getPublic(), "kid", "\"curve\""),
                            Map.of("kty", "\"EC\"", "crv", "\"secp256k1\"", "kid", "\"odd\"")))
                    .contains(
                            "1 key: \"good\" for RS256; read at 2026-03-01T12:00:00Z",
                            "ok    issuer \"staff\", keys: left out, being for something else than signatures: key seals",
                            "note  issuer \"staff\", keys: left out: key curve",
                            "add its algorithm to gatehouse.issuers.staff.algorithms",
                            "note  issuer \"staff\", keys: left out: key odd",
                            "refused (GATE-KEY)");
        }

        @Test
        void namesAcceptedAlgorithmsWithoutAKey() throws IOException {
            assertThat(withKeys("RS256,ES256,ES384", TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", "\"good\"")))
                    .contains(
                            "note  issuer \"staff\", keys: ES256, ES384 are accepted, and no key is for them",
                            "take it from gatehouse.issuers.staff.algorithms");
        }

        @Test
        void saysThatNoKeyIsForWhatIsAccepted() throws IOException {
            assertThat(withKeys("ES256", TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", "\"good\"")))
                    .contains(
                            "BAD   issuer \"staff\", keys: ",
                            "it has no usable key",
                            "see gatehouse.issuers.staff.algorithms: no key of the issuer is for what it admits");
        }

        @Test
        void saysWhereKeysAreNot() throws IOException {
            try (RecordingServer server =
                    new RecordingServer(request -> new RecordingServer.Answer(404, "text/html", ""))) {
                named(server, "gatehouse.issuers.staff.jwks-uri=SERVER/jwks");

                assertThat(doctor()).isEqualTo(1);
                assertThat(output())
                        .contains(
                                "BAD   issuer \"staff\", keys: " + server.uri("/jwks") + ": it answered 404",
                                "-> see gatehouse.issuers.staff.jwks-uri");
            }
        }

        private String probed(int status, String body) throws IOException {
            try (RecordingServer server =
                    new RecordingServer(request -> new RecordingServer.Answer(status, "application/json", body))) {
                named(
                        server,
                        "gatehouse.issuers.staff.validation=introspection\n"
                                + "gatehouse.issuers.staff.introspection.endpoint=SERVER/introspect\n"
                                + "gatehouse.issuers.staff.introspection.client-id=orders\n"
                                + "gatehouse.issuers.staff.introspection.client-secret=s3cret\n");
                doctor();
                assertThat(output()).doesNotContain("s3cret");
                return output();
            }
        }

        @Test
        void triesIntrospection() throws IOException {
            assertThat(probed(200, "{\"active\":false}"))
                    .contains("ok    issuer \"staff\", introspection: ", "takes our credentials", "answers without");
        }

        @Test
        void findsWrongCredentials() throws IOException {
            assertThat(probed(401, "{}"))
                    .contains(
                            "BAD   issuer \"staff\", introspection: ",
                            "it rejects our own credentials: 401",
                            "see gatehouse.issuers.staff.introspection.client-id");
        }

        @Test
        void findsAnEndpointThatIsNone() throws IOException {
            assertThat(probed(200, "{\"active\":true,\"sub\":\"x\"}"))
                    .contains("BAD   issuer \"staff\", introspection: ", "active that was just invented");
            out.reset();
            assertThat(probed(404, "{}"))
                    .contains("it answered 404", "see gatehouse.issuers.staff.introspection.endpoint");
        }
    }
}
