package io.gatehouse.it.roles;

import io.gatehouse.inbound.ValidatedTokenCredential;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Goes into the application: knows one caller under a name of its own, and gives him a principal of its own. */
@ApplicationScoped
public class RenamingStore implements IdentityStore {

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        boolean otto = credential instanceof ValidatedTokenCredential presented
                && presented.token().callerName().equals("otto");
        return otto
                ? new CredentialValidationResult("Otto of the application", Set.of("user", "known"))
                : CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
}
