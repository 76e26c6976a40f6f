package io.gatehouse.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives callers the groups that another server knows of. Found by CDI; gives none where none is configured. It decides
 * about no credential.
 */
@ApplicationScoped
public class RemoteGroupsIdentityStore implements IdentityStore {

    @Inject
    GroupLookup lookup;

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.PROVIDE_GROUPS);
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }

    /**
     * The groups of a caller whom another store let in.
     *
     * @throws GroupsUnavailableException in an outage: there is no other way to say it, and the mechanism makes 503 of it. A
     *     caller without his groups might be let in where he is to be kept out
     */
    @Override
    public Set<String> getCallerGroups(CredentialValidationResult result) {
        return lookup.groups(result.getCallerPrincipal()).orElseThrow(GroupsUnavailableException::new).stream()
                .filter(group -> !ReservedNames.isGroup(group))
                .collect(Collectors.toUnmodifiableSet());
    }
}
