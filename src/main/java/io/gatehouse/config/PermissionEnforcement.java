package io.gatehouse.config;

import io.gatehouse.authorization.PermissionCheck;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionDecision;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts decisions about permissions into answers: only if every one of them is a yes is there none. Thread-safe. */
final class PermissionEnforcement implements PermissionCheck {

    private static final Refusal FORBIDDEN =
            Refusal.forbidden(RefusalCode.PERMISSION, "the caller lacks a permission that is required here");

    private final PermissionDecider decider;
    private final BearerChallenge challenge;

    PermissionEnforcement(PermissionDecider decider, BearerChallenge challenge) {
        this.decider = decider;
        this.challenge = challenge;
    }

    /** Whoever was let in without a token is somebody, and has no permissions. */
    @Override
    public Optional<Refusal> refusal(
            @Nullable Principal caller, @Nullable ValidatedToken token, List<Permission> permissions) {
        if (token == null) {
            return Optional.of(refusal(caller));
        }
        List<PermissionDecision> decisions = decider.decideAll(token, permissions);
        if (decisions.size() != permissions.size()) {
            throw new IllegalStateException("not as many decisions as questions");
        }
        return decisions.stream()
                .filter(decision -> !(decision instanceof PermissionDecision.Allowed))
                .min((a, b) -> Boolean.compare(isLater(a), isLater(b)))
                .map(this::refusal);
    }

    /** A permission that is lacking is lacking whatever becomes of the others. */
    private static boolean isLater(PermissionDecision decision) {
        return !(decision instanceof PermissionDecision.Denied);
    }

    private Refusal refusal(PermissionDecision decision) {
        return decision.match(
                () -> {
                    throw new IllegalStateException("allowed");
                },
                () -> FORBIDDEN,
                unavailable -> unavailable(unavailable.retryAfter()));
    }

    /** The time is rounded up, or the next attempt would come too early. */
    private static Refusal unavailable(Duration retryAfter) {
        return Refusal.unavailable(RefusalCode.PERMISSION_UNAVAILABLE, retryAfter.plusNanos(999_999_999));
    }

    @Override
    public Refusal refusal(@Nullable Principal caller) {
        return caller == null ? Refusal.credentialsNeeded(challenge) : FORBIDDEN;
    }
}
