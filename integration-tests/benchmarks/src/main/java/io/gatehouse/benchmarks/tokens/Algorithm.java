package io.gatehouse.benchmarks.tokens;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The signature algorithms that are measured, with the platform's names for them. */
public enum Algorithm {
    RS256("RS256", "RSA", "SHA256withRSA"),
    PS256("PS256", "RSA", "RSASSA-PSS"),
    ES256("ES256", "EC", "SHA256withECDSAinP1363Format"),
    EDDSA("EdDSA", "Ed25519", "EdDSA");

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String header;
    private final String keyType;
    private final String jcaName;

    Algorithm(String header, String keyType, String jcaName) {
        this.header = header;
        this.keyType = keyType;
        this.jcaName = jcaName;
    }

    /** The value of the {@code alg} header. */
    public String header() {
        return header;
    }

    KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
            if (keyType.equals("EC")) {
                AlgorithmParameterSpec curve = new ECGenParameterSpec("secp256r1");
                generator.initialize(curve);
            } else if (keyType.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A signature object of the platform, to be initialised with a key. */
    public Signature newSignature() throws GeneralSecurityException {
        return prepared(Signature.getInstance(jcaName));
    }

    /** The same of another provider. */
    public Signature newSignature(Provider provider) throws GeneralSecurityException {
        return prepared(Signature.getInstance(jcaName, provider));
    }

    private Signature prepared(Signature signature) throws GeneralSecurityException {
        if (this == PS256) {
            signature.setParameter(PSS);
        }
        return signature;
    }
}
