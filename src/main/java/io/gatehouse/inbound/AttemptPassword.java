package io.gatehouse.inbound;

import jakarta.security.enterprise.credential.Password;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The password of one attempt, with what our own stores need to know of the request, and with room for what the result
 * of a store cannot say: that nobody can tell now.
 *
 * <p>It travels inside a plain {@link UsernamePasswordCredential}, because the default of {@code IdentityStore.validate}
 * looks for a method that takes the credential's exact class: a subclass of that would miss the application's own. For
 * one thread.
 */
final class AttemptPassword extends Password {

    private final boolean sameHost;
    private boolean wrong;
    private @Nullable Duration outage;

    AttemptPassword(char[] value, boolean sameHost) {
        super(value);
        this.sameHost = sameHost;
    }

    /** Whether the credential is known to come from this very machine. */
    static boolean isFromSameHost(UsernamePasswordCredential credential) {
        return credential.getPassword() instanceof AttemptPassword attempt && attempt.sameHost;
    }

    /** Leaves word that a store could not tell; lost where somebody else than the mechanism asks the stores. */
    static void noteOutage(UsernamePasswordCredential credential, Duration retryAfter) {
        if (credential.getPassword() instanceof AttemptPassword attempt) {
            attempt.outage = retryAfter;
        }
    }

    /** Leaves word that a store knows better, in case that another one breaks down after it. */
    static void noteRefusal(UsernamePasswordCredential credential) {
        if (credential.getPassword() instanceof AttemptPassword attempt) {
            attempt.wrong = true;
        }
    }

    /** Whether one of our own stores refused it. */
    boolean isWrong() {
        return wrong;
    }

    Optional<Duration> outage() {
        return Optional.ofNullable(outage);
    }

    @Override
    public String toString() {
        return "AttemptPassword[hidden]";
    }
}
