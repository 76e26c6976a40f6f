package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureProviderTest {

    private static final String TEXT = "a text that is signed";
    private static final ClassLoader LOADER = SignatureProviderTest.class.getClassLoader();

    private static Optional<SignatureProvider> named(String name) {
        try {
            return SignatureProvider.named(name, LOADER);
        } catch (UnusableProviderException unusable) {
            throw new AssertionError(unusable);
        }
    }

    private static boolean verifies(
            SignatureProvider provider, SignatureAlgorithm algorithm, String text, byte[] signature) {
        PublicKey key = TestKeys.of(algorithm).getPublic();
        byte[] bytes = text.getBytes(US_ASCII);
        return new VerificationKey(null, key, Set.of(algorithm), provider)
                .verifies(algorithm, bytes, bytes.length, signature);
    }

    private static void assertVerifiesRightly(SignatureProvider provider, SignatureAlgorithm algorithm) {
        KeyPair pair = TestKeys.of(algorithm);
        for (int i = 0; i < 5; i++) {
            byte[] signature = TestTokens.sign(algorithm, pair.getPrivate(), TEXT);
            assertThat(verifies(provider, algorithm, TEXT, signature)).isTrue();
            assertThat(verifies(provider, algorithm, TEXT + ".", signature)).isFalse();
            signature[signature.length / 2] ^= 1;
            assertThat(verifies(provider, algorithm, TEXT, signature)).isFalse();
        }
    }

    /** Whose cryptography is used for a key of the algorithm. */
    private static Provider used(SignatureProvider provider, SignatureAlgorithm algorithm) {
        SignatureAlgorithm ofCurve = algorithm == SignatureAlgorithm.EDDSA ? SignatureAlgorithm.ED25519 : algorithm;
        return provider.prepare(ofCurve, TestKeys.of(algorithm).getPublic()).provider();
    }

    @ParameterizedTest
    @EnumSource
    void theJavaRuntimeGivesTheKnownAnswers(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        KnownAnswer answer = KnownAnswer.of(algorithm);
        Signature verifier =
                SignatureForm.usual(algorithm).withPlatform(answer.key()).newVerifier();
        verifier.update("Gatehouse".getBytes(US_ASCII));
        assertThat(verifier.verify(answer.signature())).isTrue();
    }

    static Stream<Arguments> providersAndAlgorithms() {
        return SignatureProvider.shortNames().stream().flatMap(name -> Stream.of(SignatureAlgorithm.values())
                .map(algorithm -> Arguments.of(name, algorithm)));
    }

    /** Bouncy Castle is pure Java; the libraries of the others are for a few platforms each. */
    private static SignatureProvider present(String name) {
        boolean platform = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(platform || name.equals("BC"), name + " is tried on Linux on x86-64 only");
        return named(name).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void verifiesRightly(String name, SignatureAlgorithm algorithm) {
        assertVerifiesRightly(present(name), algorithm);
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "ES256", "ES512", "EDDSA", "ED25519"})
    void amazonsVerifiesItself(SignatureAlgorithm algorithm) {
        assertThat(used(present("AmazonCorrettoCryptoProvider"), algorithm)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "ES256", "ES384"})
    void conscryptVerifiesItself(SignatureAlgorithm algorithm) {
        assertThat(used(present("Conscrypt"), algorithm)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void bouncyCastleVerifiesItself(SignatureAlgorithm algorithm) {
        assertThat(used(present("BC"), algorithm).getName()).isEqualTo("BC");
    }

    @Test
    void isRegisteredNowhere() {
        present("BC");
        assertThat(Security.getProvider("BC")).isNull();
    }

    /** Says yes, or no, to everything. */
    public static final class Constant extends Provider {
        private static final long serialVersionUID = 1L;

        public Constant(boolean answer) {
            super("Constant", "1", "");
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
                put("Signature." + algorithm.jcaName(), (answer ? Yes.class : No.class).getName());
            }
        }
    }

    public static class Yes extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(java.security.PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            return true;
        }

        @Override
        protected void engineSetParameter(java.security.spec.AlgorithmParameterSpec parameters) {}

        @Deprecated
        @Override
        protected void engineSetParameter(String name, Object value) {}

        @Deprecated
        @Override
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    public static final class No extends Yes {
        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotUsedWhereItDoesNotTellAGenuineSignatureFromOthers(SignatureAlgorithm algorithm) {
        for (boolean answer : new boolean[] {true, false}) {
            try (CapturedLog log = new CapturedLog(SignatureProvider.class)) {
                SignatureProvider constant = SignatureProvider.of(new Constant(answer));
                assertVerifiesRightly(constant, algorithm);
                assertThat(used(constant, algorithm)).isNull();
                assertThat(log.messages(Level.WARNING)).singleElement().satisfies(line -> assertThat(line)
                        .contains("GATE0132 ")
                        .contains("Constant"));
            }
        }
    }

    @Nested
    class IsFound {

        @Test
        void byItsShortName() {
            assertThat(named("BC").orElseThrow().name()).startsWith("BC 1.");
        }

        @Test
        void byTheNameOfItsClass() {
            assertThat(named("org.bouncycastle.jce.provider.BouncyCastleProvider")
                            .orElseThrow()
                            .isPlatform())
                    .isFalse();
        }

        @Test
        void amongThoseOfTheServer() {
            assertThat(named("SunEC").orElseThrow().name()).startsWith("SunEC ");
            assertVerifiesRightly(named("SunEC").orElseThrow(), SignatureAlgorithm.ES256);
        }

        @Test
        void byItselfWhereItHasNativeCode() {
            SignatureProvider found = SignatureProvider.nativeOne(LOADER);
            assertThat(found.name()).startsWith("AmazonCorrettoCryptoProvider ");
        }

        @Test
        void notWhereItIsNot() {
            assertThat(named("nobody")).isEmpty();
            assertThat(named("com.example.Nobody")).isEmpty();
        }

        @Test
        void notWhereItsClassIsSomethingElse() {
            assertThatExceptionOfType(UnusableProviderException.class)
                    .isThrownBy(() -> SignatureProvider.named("java.lang.String", LOADER))
                    .satisfies(unusable -> assertThat(unusable.reason()).contains("java.security.Provider"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512"})
    void asn1SaysTheSame(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        KeyPair pair = TestKeys.of(algorithm);
        Signature verifier =
                Signature.getInstance("SHA" + algorithm.headerName().substring(2) + "withECDSA");
        for (int i = 0; i < 50; i++) {
            byte[] signature = TestTokens.sign(algorithm, pair.getPrivate(), TEXT + i);
            verifier.initVerify(pair.getPublic());
            verifier.update((TEXT + i).getBytes(US_ASCII));
            assertThat(verifier.verify(DerSignature.of(signature))).isTrue();
        }
    }
}
