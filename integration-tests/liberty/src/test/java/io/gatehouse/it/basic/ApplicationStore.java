package io.gatehouse.it.basic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Goes into the application: its own store, in the form that most applications give it. Fails for one name. */
@ApplicationScoped
public class ApplicationStore implements IdentityStore {

    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        if (credential.getCaller().equals("broken")) {
            throw new IllegalStateException("no connection for " + credential.getPasswordAsString());
        }
        return credential.compareTo("carol", "carol's own")
                ? new CredentialValidationResult("carol", Set.of("user"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
