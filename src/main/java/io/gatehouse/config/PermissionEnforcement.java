package io.gatehouse.config;

import io.gatehouse.authorization.FreshnessCheck.Refusal;
import io.gatehouse.authorization.PermissionCheck;
import io.gatehouse.inbound.BearerChallenge;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionDecision;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts decisions about permissions into answers: only if every one of them is a yes is there none. Thread-safe. */
final class PermissionEnforcement implements PermissionCheck {

    private static final Refusal FORBIDDEN = new Refusal(403, Map.of("Cache-Control", "no-store"));

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
        long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
        return new Refusal(503, Map.of("Retry-After", Long.toString(seconds), "Cache-Control", "no-store"));
    }

    @Override
    public Refusal refusal(@Nullable Principal caller) {
        return caller == null
                ? new Refusal(401, Map.of("WWW-Authenticate", challenge.plain(), "Cache-Control", "no-store"))
                : FORBIDDEN;
    }
}
