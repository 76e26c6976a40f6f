package io.gatehouse.benchmarks.contestants;

import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What nobody can go below: {@code Signature.verify} of the platform over bytes that are split and decoded beforehand, on
 * an object that is kept. Not a validator, and no contestant: it looks at no claim.
 */
public final class Floor {

    private record Signed(byte[] input, byte[] signature) {}

    private Floor() {}

    /** For these tokens of this issuer and no others. */
    public static Validation of(TokenIssuer issuer, List<String> tokens) {
        return of(() -> verifier(issuer), tokens);
    }

    /** The same with another provider's cryptography; empty where it does not have it under the platform's names. */
    public static Optional<Validation> of(TokenIssuer issuer, List<String> tokens, Provider provider) {
        try {
            verifier(issuer, provider);
        } catch (GeneralSecurityException unknown) {
            return Optional.empty();
        }
        return Optional.of(of(
                () -> {
                    try {
                        return verifier(issuer, provider);
                    } catch (GeneralSecurityException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                },
                tokens));
    }

    private static Validation of(Supplier<Signature> verifier, List<String> tokens) {
        Map<String, Signed> prepared =
                tokens.stream().collect(Collectors.toMap(Function.identity(), Floor::prepare, (one, same) -> one));
        ThreadLocal<Signature> signature = ThreadLocal.withInitial(verifier);
        return (token, sink) -> verify(signature.get(), prepared.get(token));
    }

    private static Signed prepare(String token) {
        int dot = token.lastIndexOf('.');
        return new Signed(
                token.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    }

    private static Signature verifier(TokenIssuer issuer) {
        try {
            Signature signature = issuer.algorithm().newSignature();
            signature.initVerify(issuer.publicKey());
            return signature;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Signature verifier(TokenIssuer issuer, Provider provider) throws GeneralSecurityException {
        Signature signature = issuer.algorithm().newSignature(provider);
        signature.initVerify(translated(issuer.publicKey(), provider));
        return signature;
    }

    /** A key of the provider's own saves it the work with each signature. */
    private static PublicKey translated(PublicKey key, Provider provider) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (NoSuchAlgorithmException takesKeysOfOthers) {
            return key;
        }
    }

    private static boolean verify(Signature verifier, Signed signed) {
        try {
            verifier.update(signed.input());
            return verifier.verify(signed.signature());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
