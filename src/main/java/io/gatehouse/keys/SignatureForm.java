package io.gatehouse.keys;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a provider wants to be asked for an algorithm: they have different names for the same thing. Immutable.
 *
 * @param jcaName for {@link Signature#getInstance(String, Provider)}
 * @param keyTypes for {@link KeyFactory}; the first that the provider has
 * @param der whether ECDSA signatures are wanted in ASN.1 (RFC 3279 §2.2.3) rather than as JOSE has them
 */
record SignatureForm(String jcaName, List<String> keyTypes, Optional<AlgorithmParameterSpec> parameters, boolean der) {

    /** A key that the provider took, and who it is; null for whichever provider of the runtime takes the key. */
    record Prepared(
            SignatureForm form, PublicKey key, @Nullable Provider provider) {

        /** A verifier for any number of signatures, one after the other. */
        Signature newVerifier() throws GeneralSecurityException {
            Signature verifier = provider == null
                    ? Signature.getInstance(form.jcaName())
                    : Signature.getInstance(form.jcaName(), provider);
            verifier.initVerify(key);
            if (form.parameters().isPresent()) {
                verifier.setParameter(form.parameters().get());
            }
            return verifier;
        }

        /** A signature as JOSE has it, in the form that the verifier takes. */
        byte[] inForm(byte[] signature) {
            return form.der() ? DerSignature.of(signature) : signature;
        }
    }

    /** The Java runtime's. */
    static SignatureForm usual(SignatureAlgorithm algorithm) {
        return new SignatureForm(algorithm.jcaName(), keyTypes(algorithm), algorithm.parameters(), false);
    }

    private static List<String> keyTypes(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> List.of("RSA");
            case ES256, ES384, ES512 -> List.of("EC");
            case EDDSA, ED25519 -> List.of("EdDSA", "Ed25519");
            case ED448 -> List.of("EdDSA", "Ed448");
        };
    }

    /** All that a provider could want, the usual one first. */
    static List<SignatureForm> possible(SignatureAlgorithm algorithm) {
        SignatureForm usual = usual(algorithm);
        return switch (algorithm) {
            case RS256, RS384, RS512 -> List.of(usual);
            case PS256, PS384, PS512 -> List.of(usual, usual.as("SHA" + bits(algorithm) + "withRSA/PSS", false));
            case ES256, ES384, ES512 -> List.of(usual, usual.as("SHA" + bits(algorithm) + "withECDSA", true));
            case EDDSA, ED25519 -> List.of(usual, usual.as("Ed25519", false));
            case ED448 -> List.of(usual, usual.as("Ed448", false));
        };
    }

    private static String bits(SignatureAlgorithm algorithm) {
        return algorithm.headerName().substring(2);
    }

    private SignatureForm as(String otherName, boolean inDer) {
        return new SignatureForm(otherName, keyTypes, parameters, inDer);
    }

    Prepared withPlatform(PublicKey key) {
        return new Prepared(this, key, null);
    }

    /** Has the provider make the key its own, once. */
    Prepared prepare(Provider provider, PublicKey key) throws GeneralSecurityException {
        Prepared prepared = new Prepared(this, translated(provider, key), provider);
        prepared.newVerifier(); // says if it does not take the key
        return prepared;
    }

    private PublicKey translated(Provider provider, PublicKey key) throws GeneralSecurityException {
        for (String type : keyTypes) {
            if (provider.getService("KeyFactory", type) != null) {
                KeyFactory factory = KeyFactory.getInstance(type, provider);
                return factory.generatePublic(new X509EncodedKeySpec(encoded(key)));
            }
        }
        return key;
    }

    private static byte[] encoded(Key key) throws GeneralSecurityException {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new GeneralSecurityException("a key without an encoding");
        }
        return encoded;
    }
}
