package io.gatehouse.permission;

import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.token.ValidatedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Stands for a caller in a cache: the issuer, the caller's name here and there, and, where the caller's own token goes with the
 * question, its SHA-256, because the answer may depend on it.
 */
record CallerKey(String issuer, String name, String subject, String tokenDigest) {

    static CallerKey of(ValidatedToken caller, String subject, Asker asker) {
        String digest =
                asker instanceof Asker.TheCaller ? digest(caller.accessToken().value()) : "";
        return new CallerKey(caller.issuer().name(), caller.callerName(), subject, digest);
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "CallerKey[issuer=" + issuer + "]";
    }
}
