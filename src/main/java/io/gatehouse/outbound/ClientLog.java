package io.gatehouse.outbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What the log says of one client's tokens. Stateless; thread-safe. */
record ClientLog(String client) implements RenewableToken.Listener {

    private static final System.Logger LOG = ApplicationLog.of(ClientLog.class);

    @Override
    public void renewed(boolean atLast, Duration life) {
        LOG.log(atLast ? INFO : DEBUG, "GATE0420 client {0} has a new token, good for {1} s", client, life.toSeconds());
    }

    @Override
    public void failed(boolean first, TokenResult.Failed failure) {
        LOG.log(first ? WARNING : DEBUG, "GATE0421 client {0} gets no token: {1}", client, failure.problem());
    }

    /** The same for one user of many: what is wrong with him alone is nobody's news, and what is wrong with all is one. */
    RenewableToken.Listener amongMany(AtomicBoolean failing) {
        return new RenewableToken.Listener() {
            @Override
            public void renewed(boolean atLast, Duration life) {
                ClientLog.this.renewed(failing.getAndSet(false), life);
            }

            @Override
            public void failed(boolean first, TokenResult.Failed failure) {
                boolean hisAlone = failure instanceof TokenResult.GrantRejected rejected && rejected.isInvalidGrant();
                ClientLog.this.failed(!hisAlone && !failing.getAndSet(true), failure);
            }
        };
    }

    void unreadable(RuntimeException broken) {
        LOG.log(
                WARNING,
                "GATE0422 client {0} cannot read its stored tokens and goes on without them ({1})",
                client,
                reason(broken));
    }

    void unwritable(RuntimeException broken) {
        LOG.log(
                WARNING,
                "GATE0423 client {0} cannot store its tokens: they end with the application ({1})",
                client,
                reason(broken));
    }

    /** Tells of a new token; who listens cannot make it unusable. */
    void tell(Consumer<TokenResponse> listener, TokenResponse response) {
        try {
            listener.accept(response);
        } catch (RuntimeException broken) {
            listenerFailed(broken);
        }
    }

    private void listenerFailed(RuntimeException broken) {
        LOG.log(
                WARNING,
                "GATE0424 who wants to know of new tokens of client {0} ended with {1}",
                client,
                broken.getClass().getName());
    }

    /** Not the message of just anybody: nobody knows what is in there. */
    private static String reason(RuntimeException broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        return cause.getClass().getName();
    }
}
