package io.gatehouse.inbound;

import static jakarta.security.enterprise.identitystore.IdentityStore.ValidationType.PROVIDE_GROUPS;
import static jakarta.security.enterprise.identitystore.IdentityStore.ValidationType.VALIDATE;

import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the identity stores one after the other, where the server has nobody who does (Jakarta Security 3.0, "Identity Store
 * Handler"). The first who knows a caller decides; who provides groups alone is asked after that. What a store throws ends
 * the login. As thread-safe as the stores.
 */
final class StoresInOrder implements IdentityStoreHandler {

    private final List<IdentityStore> deciding;
    private final List<IdentityStore> withGroupsAlone;

    StoresInOrder(Collection<? extends IdentityStore> stores) {
        List<IdentityStore> ordered = stores.stream()
                .<IdentityStore>map(store -> store)
                .sorted(Comparator.comparingInt(IdentityStore::priority))
                .toList();
        this.deciding = ordered.stream()
                .filter(store -> store.validationTypes().contains(VALIDATE))
                .toList();
        this.withGroupsAlone = ordered.stream()
                .filter(store -> store.validationTypes().equals(Set.of(PROVIDE_GROUPS)))
                .toList();
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        CredentialValidationResult last = CredentialValidationResult.NOT_VALIDATED_RESULT;
        for (IdentityStore store : deciding) {
            CredentialValidationResult result = store.validate(credential);
            switch (result.getStatus()) {
                case VALID -> {
                    return withGroups(result, store);
                }
                case INVALID -> last = result;
                case NOT_VALIDATED -> {
                    // The next may know him.
                }
            }
        }
        return last;
    }

    private CredentialValidationResult withGroups(CredentialValidationResult result, IdentityStore decided) {
        Set<String> groups = new HashSet<>();
        if (decided.validationTypes().contains(PROVIDE_GROUPS)) {
            groups.addAll(result.getCallerGroups());
        }
        withGroupsAlone.forEach(store -> groups.addAll(store.getCallerGroups(result)));
        return new CredentialValidationResult(
                result.getIdentityStoreId(),
                result.getCallerPrincipal(),
                result.getCallerDn(),
                result.getCallerUniqueId(),
                groups);
    }
}
