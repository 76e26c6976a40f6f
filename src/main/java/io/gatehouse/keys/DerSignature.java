package io.gatehouse.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** An ECDSA signature in ASN.1: {@code SEQUENCE { r INTEGER, s INTEGER }} (RFC 3279 §2.2.3). Pure. */
final class DerSignature {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private DerSignature() {}

    /** Of two integers of the same length, one behind the other (RFC 7518 §3.4). */
    static byte[] of(byte[] signature) {
        int half = signature.length / 2;
        ByteArrayOutputStream integers = new ByteArrayOutputStream(signature.length + 8);
        write(integers, INTEGER, number(signature, 0, half));
        write(integers, INTEGER, number(signature, half, signature.length));
        ByteArrayOutputStream sequence = new ByteArrayOutputStream(signature.length + 12);
        write(sequence, SEQUENCE, integers.toByteArray());
        return sequence.toByteArray();
    }

    private static byte[] number(byte[] signature, int from, int to) {
        return new BigInteger(1, Arrays.copyOfRange(signature, from, to)).toByteArray();
    }

    /** The longest, of P-521, has 139 bytes: one byte for the length of the length is enough. */
    private static void write(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        if (content.length > 127) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
    }
}
