package io.gatehouse.authorization;

import io.gatehouse.permission.Permission;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether a caller has permissions. Implementations are thread-safe. */
public interface PermissionCheck {

    /** The answer for whoever may not pass, because he is nobody, lacks one of the permissions, or nobody can tell. */
    Optional<Refusal> refusal(@Nullable Principal caller, @Nullable ValidatedToken token, List<Permission> permissions);

    /** The answer for whoever asks for a resource that nobody has permissions on. */
    Refusal refusal(@Nullable Principal caller);
}
