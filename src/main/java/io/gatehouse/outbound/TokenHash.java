package io.gatehouse.outbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for a text that is not to be kept. Pure. */
final class TokenHash {

    private TokenHash() {}

    /** The first 16 digits of it: enough to tell texts apart that nobody makes up to be alike. */
    static String shortOf(String text) {
        return of(text).substring(0, 16);
    }

    /** The SHA-256 of the text in hexadecimal digits, a name also where upper and lower case are the same. */
    static String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
