package io.gatehouse.inbound;

import io.gatehouse.basic.PasswordResult;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;

/** Puts what our own stores know into the words of Jakarta Security, which have none for an outage. Stateless. */
final class StoreAnswer {

    private StoreAnswer() {}

    static CredentialValidationResult of(PasswordResult result, UsernamePasswordCredential credential) {
        return result.match(
                accepted -> new CredentialValidationResult(new CallerPrincipal(accepted.caller()), accepted.groups()),
                () -> {
                    AttemptPassword.noteRefusal(credential);
                    return CredentialValidationResult.INVALID_RESULT;
                },
                unavailable -> {
                    AttemptPassword.noteOutage(credential, unavailable.retryAfter());
                    return CredentialValidationResult.NOT_VALIDATED_RESULT;
                });
    }
}
