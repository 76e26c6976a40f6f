package io.gatehouse.outbound;

import io.gatehouse.json.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stands for a text that is not to be kept. Pure. */
final class TokenHash {

    private TokenHash() {}

    /** The SHA-256 of the text, as base64url. */
    static String of(String text) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
