package io.gatehouse.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Properties;

/** A signature that is known to be genuine, and what has to be found out about it. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record KnownAnswer(PublicKey key, byte[] signature) {

    private static final byte[] TEXT = "Gatehouse".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_TEXT = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    static KnownAnswer of(SignatureAlgorithm algorithm) {
        String name = algorithm == SignatureAlgorithm.EDDSA ? "Ed25519" : algorithm.headerName();
        try (InputStream file = KnownAnswer.class.getResourceAsStream("known-answers.properties")) {
            Properties answers = new Properties();
            answers.load(file);
            String[] answer = answers.getProperty(name).split(" ", -1);
            String type = SignatureForm.usual(algorithm).keyTypes().get(0);
            PublicKey key = KeyFactory.getInstance(type)
                    .generatePublic(new X509EncodedKeySpec(decode(answers.getProperty("key." + answer[0]))));
            return new KnownAnswer(key, decode(answer[1]));
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException("the jar is damaged", broken);
        }
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** Whether the provider finds the signature genuine, over this text and no other, and none that differs in a bit. */
    boolean isGivenBy(Provider provider, SignatureForm form) {
        try {
            SignatureForm.Prepared prepared = form.prepare(provider, key);
            Signature verifier = prepared.newVerifier();
            byte[] damaged = signature.clone();
            damaged[damaged.length / 3] ^= 1;
            return verifies(prepared, verifier, TEXT, signature)
                    && refuses(prepared, OTHER_TEXT, signature)
                    && refuses(prepared, TEXT, damaged)
                    && verifies(prepared, verifier, TEXT, signature);
        } catch (GeneralSecurityException | RuntimeException | LinkageError broken) {
            return false;
        }
    }

    private static boolean verifies(SignatureForm.Prepared prepared, Signature verifier, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        verifier.update(text);
        return verifier.verify(prepared.inForm(signature));
    }

    /** An exception is as good as a no. */
    private static boolean refuses(SignatureForm.Prepared prepared, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = prepared.newVerifier();
        try {
            return !verifies(prepared, verifier, text, signature);
        } catch (GeneralSecurityException refused) {
            return true;
        }
    }
}
