package io.gatehouse.inbound;

import io.gatehouse.basic.RegisteredClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.jspecify.annotations.Nullable;

/**
 * The clients that the server of {@code gatehouse.basic.token-endpoint} knows. Found by CDI; says nothing where none is
 * configured. Asked last, because it asks over the network.
 */
@ApplicationScoped
public class RegisteredClientsIdentityStore implements IdentityStore {

    static final int PRIORITY = 300;

    @Inject
    @Nullable RegisteredClients clients;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        RegisteredClients configured = clients;
        if (configured == null || !(credential instanceof UsernamePasswordCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return StoreAnswer.of(
                configured.check(presented.getCaller(), presented.getPassword().getValue()), presented);
    }

    @Override
    public int priority() {
        return PRIORITY;
    }
}
