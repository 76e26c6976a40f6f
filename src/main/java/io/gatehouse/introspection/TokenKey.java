package io.gatehouse.introspection;

import io.gatehouse.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Stands for a token in a cache: its SHA-256 and the name of the issuer that was asked. The token itself is not kept, and
 * issuers cannot see each other's answers.
 */
record TokenKey(String issuerName, String digest) {

    static TokenKey of(String issuerName, AccessToken token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(StandardCharsets.UTF_8));
            return new TokenKey(issuerName, Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
