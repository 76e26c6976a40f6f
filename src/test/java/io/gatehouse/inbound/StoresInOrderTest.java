package io.gatehouse.inbound;

import static jakarta.security.enterprise.identitystore.IdentityStore.ValidationType.PROVIDE_GROUPS;
import static jakarta.security.enterprise.identitystore.IdentityStore.ValidationType.VALIDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As the specification of Jakarta Security wants it of a server. */
class StoresInOrderTest {

    private static final CredentialValidationResult ALICE =
            new CredentialValidationResult("store", new CallerPrincipal("alice"), "cn=alice", "4711", Set.of("user"));
    private static final CredentialValidationResult INVALID = CredentialValidationResult.INVALID_RESULT;
    private static final CredentialValidationResult UNKNOWN = CredentialValidationResult.NOT_VALIDATED_RESULT;

    private final List<String> asked = new ArrayList<>();

    private final class Store implements IdentityStore {

        private final String name;
        private final int priority;
        private final Set<ValidationType> types;
        private final CredentialValidationResult result;
        private final Set<String> groups;

        Store(
                String name,
                int priority,
                Set<ValidationType> types,
                CredentialValidationResult result,
                String... groups) {
            this.name = name;
            this.priority = priority;
            this.types = types;
            this.result = result;
            this.groups = Set.of(groups);
        }

        @Override
        public CredentialValidationResult validate(Credential credential) {
            asked.add(name);
            return result;
        }

        @Override
        public Set<String> getCallerGroups(CredentialValidationResult known) {
            asked.add(name + " about " + known.getCallerPrincipal().getName());
            return groups;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Set<ValidationType> validationTypes() {
            return types;
        }
    }

    private Store says(String name, int priority, CredentialValidationResult result) {
        return new Store(name, priority, IdentityStore.DEFAULT_VALIDATION_TYPES, result);
    }

    private static CredentialValidationResult ask(IdentityStore... stores) {
        return new StoresInOrder(List.of(stores)).validate(new UsernamePasswordCredential("alice", "secret"));
    }

    @Test
    void theFirstWhoKnowsTheCallerDecides() {
        CredentialValidationResult result =
                ask(says("last", 30, INVALID), says("second", 20, ALICE), says("first", 10, UNKNOWN));

        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerPrincipal().getName()).isEqualTo("alice");
        assertThat(result.getCallerGroups()).containsExactly("user");
        assertThat(result.getCallerDn()).isEqualTo("cn=alice");
        assertThat(result.getCallerUniqueId()).isEqualTo("4711");
        assertThat(result.getIdentityStoreId()).isEqualTo("store");
        assertThat(asked).containsExactly("first", "second");
    }

    @Test
    void anotherMayKnowWhomOneRefuses() {
        assertThat(ask(says("first", 1, INVALID), says("second", 2, ALICE)).getStatus())
                .isEqualTo(Status.VALID);
    }

    @Test
    void aRefusalIsNotForgottenWhereTheOthersKnowNothing() {
        assertThat(ask(says("first", 1, INVALID), says("second", 2, UNKNOWN)).getStatus())
                .isEqualTo(Status.INVALID);
    }

    @Test
    void nobodyKnowsWhomNoStoreKnows() {
        assertThat(ask().getStatus()).isEqualTo(Status.NOT_VALIDATED);
        assertThat(ask(says("only", 1, UNKNOWN)).getStatus()).isEqualTo(Status.NOT_VALIDATED);
    }

    @Test
    void whoProvidesGroupsAloneIsAskedForThemAndForNothingElse() {
        CredentialValidationResult result = ask(
                new Store("groups", 1, Set.of(PROVIDE_GROUPS), INVALID, "clerk"),
                new Store("more", 9, Set.of(PROVIDE_GROUPS), INVALID, "user", "boss"),
                says("decides", 5, ALICE));

        assertThat(result.getCallerGroups()).containsExactlyInAnyOrder("user", "clerk", "boss");
        assertThat(asked).containsExactly("decides", "groups about alice", "more about alice");
    }

    @Test
    void theGroupsOfAStoreThatOnlyDecidesDoNotCount() {
        CredentialValidationResult result = ask(new Store("decides", 1, Set.of(VALIDATE), ALICE));

        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerGroups()).isEmpty();
    }

    @Test
    void nobodyAsksForTheGroupsOfWhomNobodyKnows() {
        ask(new Store("groups", 1, Set.of(PROVIDE_GROUPS), INVALID, "clerk"), says("decides", 5, INVALID));
        assertThat(asked).containsExactly("decides");
    }

    @Test
    void whatAStoreThrowsEndsTheLogin() {
        IdentityStore broken = new IdentityStore() {
            @Override
            public CredentialValidationResult validate(Credential credential) {
                throw new IllegalStateException("no connection");
            }
        };
        assertThatThrownBy(() -> ask(broken, says("second", 200, ALICE))).hasMessage("no connection");
        assertThat(asked).isEmpty();
    }
}
