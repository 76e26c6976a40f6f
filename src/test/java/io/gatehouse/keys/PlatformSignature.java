package io.gatehouse.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Verifies ES256 as the platform does: for providers that differ in one thing. */
class PlatformSignature extends SignatureProviderTest.Yes {

    private final Signature platform;

    PlatformSignature() throws GeneralSecurityException {
        platform = Signature.getInstance(SignatureAlgorithm.ES256.jcaName());
    }

    @Override
    protected void engineInitVerify(PublicKey key) {
        try {
            platform.initVerify(key);
        } catch (GeneralSecurityException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) {
        try {
            platform.update(bytes, from, length);
        } catch (GeneralSecurityException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** For those that are stricter than others. */
    boolean isGenuine(byte[] signature) {
        try {
            return platform.verify(signature);
        } catch (SignatureException refused) {
            return false;
        }
    }
}
