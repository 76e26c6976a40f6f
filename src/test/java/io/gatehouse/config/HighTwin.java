package io.gatehouse.config;

import io.gatehouse.testing.TestKeys;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/** Each ECDSA signature (r, s) has a twin (r, n - s) that verifies as well. */
final class HighTwin {

    private HighTwin() {}

    /** The twin of a signature on P-256, in the form of RFC 7518 §3.4. */
    static byte[] of(byte[] signature) {
        BigInteger order =
                ((ECPublicKey) TestKeys.P_256.getPublic()).getParams().getOrder();
        byte[] s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                .toByteArray();
        byte[] twin = Arrays.copyOf(Arrays.copyOf(signature, 32), 64);
        int length = Math.min(s.length, 32);
        System.arraycopy(s, s.length - length, twin, 64 - length, length);
        return twin;
    }
}
