package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteGroupsIdentityStoreTest {

    private static final CredentialValidationResult ALICE = new CredentialValidationResult("alice", Set.of("user"));

    private static RemoteGroupsIdentityStore knowing(Optional<Set<String>> groups) {
        RemoteGroupsIdentityStore store = new RemoteGroupsIdentityStore();
        store.lookup = caller -> caller.getName().equals("alice") ? groups : Optional.of(Set.of());
        return store;
    }

    @Test
    void givesTheGroupsThatAreKnownElsewhere() {
        assertThat(knowing(Optional.of(Set.of("clerk"))).getCallerGroups(ALICE)).containsExactly("clerk");
        assertThat(knowing(Optional.of(Set.of("clerk")))
                        .getCallerGroups(new CredentialValidationResult("bob", Set.of())))
                .isEmpty();
    }

    @Test
    void givesNoneThatTheServerWouldReadAsSomethingElse() {
        assertThat(knowing(Optional.of(Set.of("clerk", "group:realm/admins"))).getCallerGroups(ALICE))
                .containsExactly("clerk");
    }

    @Test
    void breaksTheLoginOffInAnOutage() {
        assertThatExceptionOfType(GroupsUnavailableException.class)
                .isThrownBy(() -> knowing(Optional.empty()).getCallerGroups(ALICE));
    }

    @Test
    void decidesAboutNoCredential() {
        RemoteGroupsIdentityStore store = knowing(Optional.of(Set.of()));

        assertThat(store.validationTypes()).containsExactly(ValidationType.PROVIDE_GROUPS);
        assertThat(store.validate(new UsernamePasswordCredential("alice", "x")))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }
}
