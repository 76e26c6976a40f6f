package io.gatehouse.keys;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/** What binary content is, told by its first bytes and the tags of its outermost elements. */
enum BinaryForm {
    /** SubjectPublicKeyInfo (RFC 5280 §4.1). */
    PUBLIC_KEY,
    /** RSAPublicKey of PKCS#1 (RFC 8017 §A.1.1). */
    RSA_PUBLIC_KEY,
    CERTIFICATE,
    PKCS12,
    JKS,
    JCEKS,
    /** PKCS#8, PKCS#1 or SEC 1. */
    PRIVATE_KEY,
    ENCRYPTED_PRIVATE_KEY,
    PKCS7,
    /** It begins like DER, and ends too soon. */
    TRUNCATED,
    UNKNOWN;

    private static final long JKS_MAGIC = 0xFEEDFEEDL;
    private static final long JCEKS_MAGIC = 0xCECECECEL;

    /** PKCS#12 is allowed to be BER: a sequence of indefinite length that begins with version 3. */
    private static final long INDEFINITE_SEQUENCE_OF_VERSION = 0x3080_0201L;

    static BinaryForm of(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        long magic = in.remaining() < 4 ? 0 : in.getInt(0) & 0xFFFF_FFFFL;
        if (magic == JKS_MAGIC) {
            return JKS;
        }
        if (magic == JCEKS_MAGIC) {
            return JCEKS;
        }
        if (magic == INDEFINITE_SEQUENCE_OF_VERSION) {
            return PKCS12;
        }
        if (content.length == 0 || content[0] != DerElement.SEQUENCE) {
            return UNKNOWN;
        }
        DerElement outermost = DerElement.next(in);
        return outermost == null ? TRUNCATED : ofTags(tags(outermost));
    }

    private static BinaryForm ofTags(String tags) {
        return switch (tags) {
            case "30 03" -> PUBLIC_KEY;
            case "30 30 03" -> CERTIFICATE;
            case "30 04" -> ENCRYPTED_PRIVATE_KEY;
            case "02 02" -> RSA_PUBLIC_KEY;
            case "02 30", "02 30 30" -> PKCS12;
            case "06 a0" -> PKCS7;
            default -> isPrivateKey(tags) ? PRIVATE_KEY : UNKNOWN;
        };
    }

    private static boolean isPrivateKey(String tags) {
        return tags.startsWith("02 30 04") || tags.startsWith("02 02 02") || tags.startsWith("02 04");
    }

    private static String tags(DerElement sequence) {
        return sequence.children().stream()
                .limit(10)
                .map(child -> String.format("%02x", child.tag()))
                .collect(Collectors.joining(" "));
    }
}
