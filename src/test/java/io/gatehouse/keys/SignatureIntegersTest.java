package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By ourselves, whatever the platform does: the newer ones would hide it if we did not. */
class SignatureIntegersTest {

    @ParameterizedTest
    @EnumSource(EllipticCurve.class)
    void areCheckedForTheirRangeBeforeThePlatformIsAsked(EllipticCurve curve) {
        BigInteger n = curve.parameters().getOrder();
        byte[] order = fixed(n, (n.bitLength() + 7) / 8);
        byte[] one = fixed(BigInteger.ONE, order.length);
        byte[] largest = fixed(n.subtract(BigInteger.ONE), order.length);

        assertThat(SignatureVerifier.hasSoundIntegers(concat(one, largest), order))
                .isTrue();
        assertThat(SignatureVerifier.hasSoundIntegers(concat(largest, one), order))
                .isTrue();
        for (BigInteger outside : List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE))) {
            byte[] edge = fixed(outside, order.length);
            assertThat(SignatureVerifier.hasSoundIntegers(concat(one, edge), order))
                    .isFalse();
            assertThat(SignatureVerifier.hasSoundIntegers(concat(edge, one), order))
                    .isFalse();
        }
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int kept = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
