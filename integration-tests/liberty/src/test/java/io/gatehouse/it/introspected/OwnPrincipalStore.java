package io.gatehouse.it.introspected;

import io.gatehouse.inbound.ValidatedTokenCredential;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Goes into the application: makes a principal of its own of some tokens, and knows a user by name and password. */
@ApplicationScoped
public class OwnPrincipalStore implements IdentityStore {

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof ValidatedTokenCredential presented
                && presented.token().callerName().equals("otto")) {
            return new CredentialValidationResult("Otto of the application", Set.of("user"));
        }
        if (credential instanceof UsernamePasswordCredential password && password.compareTo("paula", "s3same")) {
            return new CredentialValidationResult("paula", Set.of("user"));
        }
        return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
}
