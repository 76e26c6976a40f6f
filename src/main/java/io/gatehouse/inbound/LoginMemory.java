package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the identity stores said of callers whose tokens are remembered: they need not be asked again, where nobody but us
 * has a say in it and the answer rests on the token alone. Each answer is kept with its token, is gone with it, and is used
 * only after the token was found to be valid once more. Thread-safe.
 */
public final class LoginMemory {

    private static final int UNGUESSABLE = 16;

    private static final LoginMemory OFF = new LoginMemory(null);

    /** What the keys of this deployment begin with; null where nothing is remembered. */
    private final @Nullable String deployment;

    private final AtomicLong logins = new AtomicLong();

    private LoginMemory(@Nullable String deployment) {
        this.deployment = deployment;
    }

    /** Nothing is remembered: the stores are asked with each request. */
    public static LoginMemory off() {
        return OFF;
    }

    /** One for a deployment whose stores answer the same whenever they are asked about the same token. */
    public static LoginMemory on(SecureRandom random) {
        byte[] bytes = new byte[UNGUESSABLE];
        random.nextBytes(bytes);
        return new LoginMemory(HexFormat.of().formatHex(bytes));
    }

    /** Who was let in by this very token before; null where the stores have to be asked. */
    AuthenticationOutcome.@Nullable Accepted find(ValidatedToken token) {
        return deployment == null ? null : token.kept(AuthenticationOutcome.Accepted.class);
    }

    void remember(AuthenticationOutcome.Accepted accepted) {
        ValidatedToken token = accepted.token();
        if (deployment != null && token != null) {
            token.keep(
                    accepted.takenFrom(new RememberedLogin(deployment, logins.incrementAndGet(), System.nanoTime())));
        }
    }

    /** By what a server may know this login again; null for one that the stores were asked about. */
    static @Nullable String key(AuthenticationOutcome.Accepted accepted) {
        RememberedLogin login = accepted.remembered();
        return login == null
                ? null
                : login.key(System.nanoTime(), Thread.currentThread().getId());
    }
}
