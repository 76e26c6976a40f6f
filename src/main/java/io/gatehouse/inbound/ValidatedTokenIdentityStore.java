package io.gatehouse.inbound;

import io.gatehouse.roles.CallerRoles;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a validated token into caller and groups for the container. It decides nothing about tokens: it takes
 * {@link ValidatedTokenCredential} only, and holding one is the proof.
 *
 * <p>Public and with its own {@code validate(Credential)}, because the default of the API looks the overloads up by
 * reflection and fails at the first login of a class that it cannot reach.
 */
@ApplicationScoped
public class ValidatedTokenIdentityStore implements IdentityStore {

    @Inject
    CallerRoles callerRoles;

    @Inject
    CallerPrincipalFactory principals;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof ValidatedTokenCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        ValidatedToken token = presented.token();
        if (ReservedNames.isCaller(token.callerName())) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        Set<String> groups = groups(token);
        return new CredentialValidationResult(principals.callerPrincipal(token, groups), groups);
    }

    private Set<String> groups(ValidatedToken token) {
        Set<String> roles = callerRoles.roles(token);
        return roles.stream().noneMatch(ReservedNames::isGroup)
                ? roles
                : roles.stream().filter(group -> !ReservedNames.isGroup(group)).collect(Collectors.toUnmodifiableSet());
    }
}
