package io.gatehouse.it.basic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;

/** Goes into the application: a handler of its own, which no server has made. Knows nobody. */
@ApplicationScoped
public class OwnHandler implements IdentityStoreHandler {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return CredentialValidationResult.INVALID_RESULT;
    }
}
