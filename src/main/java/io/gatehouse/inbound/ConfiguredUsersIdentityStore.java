package io.gatehouse.inbound;

import io.gatehouse.basic.ConfiguredUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/**
 * The users of {@code gatehouse.basic.users.*}. Found by CDI; says nothing where none are configured. Asked after the
 * application's own stores, unless those name a priority above {@value #PRIORITY}.
 */
@ApplicationScoped
public class ConfiguredUsersIdentityStore implements IdentityStore {

    static final int PRIORITY = 200;

    @Inject
    ConfiguredUsers users;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (users.isEmpty() || !(credential instanceof UsernamePasswordCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        boolean sameHost = AttemptPassword.isFromSameHost(presented);
        return StoreAnswer.of(
                users.check(presented.getCaller(), presented.getPassword().getValue(), sameHost), presented);
    }

    @Override
    public int priority() {
        return PRIORITY;
    }
}
