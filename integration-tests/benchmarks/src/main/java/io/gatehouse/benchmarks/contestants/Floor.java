package io.gatehouse.benchmarks.contestants;

import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        Map<String, Signed> prepared =
                tokens.stream().collect(Collectors.toMap(Function.identity(), Floor::prepare, (one, same) -> one));
        ThreadLocal<Signature> signature = ThreadLocal.withInitial(() -> verifier(issuer));
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

    private static boolean verify(Signature verifier, Signed signed) {
        try {
            verifier.update(signed.input());
            return verifier.verify(signed.signature());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
