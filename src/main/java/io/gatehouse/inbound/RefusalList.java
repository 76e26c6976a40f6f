package io.gatehouse.inbound;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.caller.Caller;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows the last refusals and what would have to change, at a path of the application's choice, to callers with one role:
 * for who runs the application, because it says what the configuration is. Immutable.
 */
public final class RefusalList implements OwnPage {

    private final OwnPath path;
    private final String role;
    private final RefusalLedger ledger;
    private final BearerChallenge challenge;

    private RefusalList(OwnPath path, String role, RefusalLedger ledger, BearerChallenge challenge) {
        this.path = path;
        this.role = role;
        this.ledger = ledger;
        this.challenge = challenge;
    }

    /**
     * Answers at this path.
     *
     * @param path below the context path, with a slash before it; null to answer nowhere
     * @param role what callers need, in the application's words
     * @param authentication asked where the container let no mechanism of ours look at the request
     */
    public static RefusalList at(
            @Nullable String path,
            String role,
            AuthenticationMode mode,
            RequestAuthentication authentication,
            RefusalLedger ledger,
            BearerChallenge challenge) {
        return new RefusalList(new OwnPath(path, mode, authentication), role, ledger, challenge);
    }

    @Override
    public boolean isAskedBy(HttpServletRequest request) {
        return path.isAskedBy(request);
    }

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Caller> caller = path.caller(request, response);
        if (caller.isEmpty()) {
            return;
        }
        if (caller.get().roles().contains(role) || request.isUserInRole(role)) {
            path.write(ledger.recentAsJson(), request, response);
        } else {
            path.refuse(Refusal.roleMissing(challenge, List.of(role)), request, response);
        }
    }
}
