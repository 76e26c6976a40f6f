package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.ED25519;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.P_384;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextParserTest {

    private static final PublicKey KEY = RSA.getPublic();

    private static KeyTextParser.Parsed parse(String text) throws UnusableKeyException {
        return new KeyTextParser(KeyPolicy.strict()).parse(text);
    }

    private static void assertRefused(String text, String why) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining(why);
    }

    @Nested
    class RecognisesByContent {

        static Stream<String> everyFormOfOneKey() {
            String jwk = TestJson.object(jwk(KEY));
            String set = jwks(jwk(KEY));
            Base64.Encoder url = Base64.getUrlEncoder();
            return Stream.of(
                    pem(KEY),
                    pem(KEY).replace("\n", "\r\n"),
                    pem(KEY).replace("\n", " "),
                    pem(KEY).replace("\n", ""),
                    "\n\n  " + pem(KEY) + "\n",
                    "a comment before the block\n" + pem(KEY),
                    jwk,
                    "  \n" + jwk + "\n",
                    set,
                    url.encodeToString(jwk.getBytes(UTF_8)),
                    url.withoutPadding().encodeToString(jwk.getBytes(UTF_8)),
                    url.withoutPadding().encodeToString(set.getBytes(UTF_8)),
                    Base64.getEncoder().encodeToString(set.getBytes(UTF_8)),
                    Base64.getMimeEncoder().encodeToString(set.getBytes(UTF_8)),
                    Base64.getEncoder().encodeToString(KEY.getEncoded()),
                    Base64.getMimeEncoder().encodeToString(KEY.getEncoded()));
        }

        @ParameterizedTest
        @MethodSource
        void everyFormOfOneKey(String text) throws Exception {
            List<VerificationKey> keys = parse(text).keys();

            assertThat(keys).singleElement().satisfies(key -> {
                assertThat(key.publicKey()).isEqualTo(KEY);
                assertThat(key.algorithms()).containsExactly(SignatureAlgorithm.RS256);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "hello world", "[]", "null", "\"x\"", "=", "====", "%%%", "----"})
        void andRefusesWhatIsNoKey(String text) {
            assertRefused(text, "it is no");
        }

        @Test
        void andSaysWhatElseItIs() {
            assertRefused("ssh-rsa AAAAB3NzaC1yc2E me@home", "it is an OpenSSH public key");
            assertRefused("ecdsa-sha2-nistp256 AAAA", "it is an OpenSSH public key");
            assertRefused("<!DOCTYPE html><title>Sign in</title>", "it is HTML or XML");
        }

        @Test
        void andRefusesJsonThatIsBroken() {
            assertRefused("{\"keys\":[}", "no valid JSON");
            assertRefused("{\"kty\":\"RSA\",\"kty\":\"RSA\"}", "no valid JSON");
            assertRefused(Base64.getEncoder().encodeToString("{\"kty\"".getBytes(UTF_8)), "no valid JSON");
        }

        @Test
        void andRefusesBase64OfSomethingElse() {
            assertRefused(Base64.getEncoder().encodeToString(new byte[100]), "no RSA, EC or Edwards-curve public key");
            assertRefused(Base64.getEncoder().encodeToString(RSA.getPrivate().getEncoded()), "it is a private key");
        }

        /** A hostile key set must not keep its reader busy: a regular expression would need 10^12 steps here. */
        @Test
        void andRefusesAMillionPaddingCharactersAtOnce() {
            assertRefused("=".repeat(1 << 20) + "A", "it is no PEM");
        }
    }

    @Nested
    class Sets {

        @Test
        void leaveOutWhatCannotBeUsedAndSayWhy() throws Exception {
            KeyTextParser.Parsed parsed = parse(jwks(
                    jwk(KEY, "kid", "\"good\""),
                    jwk(KEY, "kid", "\"enc\"", "use", "\"enc\""),
                    TestKeys.privateJwk(RSA, "kid", "\"private\""),
                    jwk(TestKeys.WEAK_RSA.getPublic(), "kid", "\"weak\""),
                    java.util.Map.of("kty", "\"oct\"", "kid", "\"oct\"", "k", "\"AAAA\""),
                    java.util.Map.of("kty", "\"new\"", "kid", "\"new\""),
                    java.util.Map.of(),
                    jwk(P_256.getPublic(), "kid", "\"ec\"")));

            assertThat(parsed.keys()).extracting(VerificationKey::kid).containsExactly("good", "ec");
            assertThat(parsed.skipped()).hasSize(6);
            assertThat(parsed.skipped().get(0)).startsWith("key enc: its \"use\"");
            assertThat(parsed.skipped().get(5)).startsWith("key without kid: ");
        }

        @Test
        void leaveOutEntriesThatAreNoObjects() throws Exception {
            KeyTextParser.Parsed parsed = parse("{\"keys\":[null,1,\"x\",[],true," + TestJson.object(jwk(KEY)) + "]}");

            assertThat(parsed.keys()).hasSize(1);
            assertThat(parsed.skipped()).hasSize(5);
        }

        @Test
        void mayBeEmpty() throws Exception {
            assertThat(parse("{\"keys\":[]}").keys()).isEmpty();
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> VerificationKeys.parse("{\"keys\":[]}", KeyPolicy.strict()))
                    .withMessageContaining("no usable key");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"keys\":null}", "{\"keys\":{}}", "{\"keys\":\"x\"}", "{}"})
        void areNoneWithoutAnArray(String text) {
            assertRefused(text, "it lacks \"kty\"");
        }

        @Test
        void areBoundedInNumber() throws Exception {
            String entries = IntStream.range(0, KeyTextParser.MAXIMUM_KEYS)
                    .mapToObj(i -> "{}")
                    .collect(Collectors.joining(","));

            assertThat(parse("{\"keys\":[" + entries + "]}").skipped()).hasSize(KeyTextParser.MAXIMUM_KEYS);
            assertRefused("{\"keys\":[" + entries + ",{}]}", "more than 1000 keys");
        }

        @Test
        void showIdsInTheLogThatCannotForgeALine() throws Exception {
            String skipped = parse(
                            jwks(java.util.Map.of("kid", "\"a\\r\\nWARN \\u001b[2J\\u00e9" + "x".repeat(100) + "\"")))
                    .skipped()
                    .get(0);

            assertThat(skipped).startsWith("key a??WARN ?[2J?xxx").doesNotContain("\n", "x".repeat(65));
        }
    }

    @Nested
    class AllowList {

        private List<VerificationKey> keys(SignatureAlgorithm... allowed) throws UnusableKeyException {
            KeyPolicy policy = new KeyPolicy(Set.of(allowed), KeyPolicy.STRONG_RSA_BITS);
            return new KeyTextParser(policy)
                    .parse(jwks(
                            jwk(RSA.getPublic(), "kid", "\"rsa\""),
                            jwk(RSA.getPublic(), "kid", "\"rsa-ps\"", "alg", "\"PS256\""),
                            jwk(P_256.getPublic(), "kid", "\"p-256\""),
                            jwk(P_384.getPublic(), "kid", "\"p-384\""),
                            jwk(ED25519.getPublic(), "kid", "\"ed25519\""),
                            jwk(TestKeys.ED448.getPublic(), "kid", "\"ed448\"")))
                    .keys();
        }

        @Test
        void widensAKeyThatNamesNoAlgorithm() throws Exception {
            assertThat(keys(SignatureAlgorithm.RS256, SignatureAlgorithm.PS512)
                            .get(0)
                            .algorithms())
                    .containsExactlyInAnyOrder(SignatureAlgorithm.RS256, SignatureAlgorithm.PS512);
        }

        @Test
        void doesNotWidenAKeyThatNamesOne() throws Exception {
            assertThat(keys(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256)
                            .get(1)
                            .algorithms())
                    .containsExactly(SignatureAlgorithm.PS256);
        }

        @Test
        void leavesOutKeysOfOtherTypesAndCurves() throws Exception {
            assertThat(keys(SignatureAlgorithm.ES256))
                    .extracting(VerificationKey::kid)
                    .containsExactly("p-256");
        }

        @Test
        void ofOneEdwardsCurveDoesNotLetInTheOther() throws Exception {
            assertThat(keys(SignatureAlgorithm.ED25519))
                    .extracting(VerificationKey::kid)
                    .containsExactly("ed25519");
            assertThat(keys(SignatureAlgorithm.ED448))
                    .extracting(VerificationKey::kid)
                    .containsExactly("ed448");
            assertThat(keys(SignatureAlgorithm.EDDSA))
                    .extracting(VerificationKey::kid)
                    .containsExactly("ed25519", "ed448");
        }

        @Test
        void thatFitsNoSingleKeyRefusesIt() {
            KeyPolicy policy = new KeyPolicy(Set.of(SignatureAlgorithm.ES256), KeyPolicy.STRONG_RSA_BITS);
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> new KeyTextParser(policy).parse(pem(KEY)))
                    .withMessageContaining("fits none of the configured algorithms");
        }
    }

    @Test
    void keysThatAreNotForSigningAreRefused() {
        for (KeyPair pair : List.of(TestKeys.X25519)) {
            assertRefused(pem(pair.getPublic()), "no RSA, EC or Edwards-curve public key");
        }
    }
}
