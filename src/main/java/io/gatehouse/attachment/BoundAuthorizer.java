package io.gatehouse.attachment;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.StaticToken;
import io.gatehouse.outbound.TokenException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An authorizer that speaks to its origins only: elsewhere there is no header, and no refusal of ours to hear of. Every
 * attachment asks one of these. Thread-safe.
 */
final class BoundAuthorizer implements Authorizer {

    private static final System.Logger LOG = ApplicationLog.of(BoundAuthorizer.class);

    private final Authorizer authorizer;
    private final AuthorizedOrigins origins;
    private final AtomicBoolean told;

    private BoundAuthorizer(Authorizer authorizer, AuthorizedOrigins origins, AtomicBoolean told) {
        this.authorizer = authorizer;
        this.origins = origins;
        this.told = told;
    }

    /** One that is bound already is bound to these besides: to what both have. */
    static BoundAuthorizer of(Authorizer authorizer, AuthorizedOrigins origins) {
        return authorizer instanceof BoundAuthorizer bound && bound.origins == origins
                ? bound
                : new BoundAuthorizer(authorizer, origins, new AtomicBoolean());
    }

    @Override
    public Optional<String> authorization(URI target) {
        if (!origins.contains(target)) {
            tellOnce(target);
            return Optional.empty();
        }
        return authorizer.authorization(target);
    }

    /** Once: a forgotten origin is found by it, and a client that also calls others is not scolded for each call. */
    private void tellOnce(URI target) {
        if (!origins.isEmpty() && told.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "GATE0430 a call to {0} goes without a token: its origin is none of {1}. Further calls to other origins"
                            + " are not reported",
                    Origin.of(target).map(Origin::toString).orElse("something that is no http URL"),
                    origins);
        }
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return origins.contains(target) && authorizer.renewAfterRefusal(target, refused);
    }

    @Override
    public BoundAuthorizer forCaller() {
        return new BoundAuthorizer(authorizer.forCaller(), origins, told);
    }

    /**
     * Whether a refused attempt is worth another one. To be asked before the first answer is given up: where no other token
     * can be had, that one is the caller's.
     */
    boolean hasAnotherHeader(URI target, String refused) {
        try {
            return renewAfterRefusal(target, refused)
                    && authorization(target)
                            .filter(header -> !header.equals(refused))
                            .isPresent();
        } catch (TokenException none) {
            return false;
        }
    }

    /** Hands another token in, where that is how this one comes by its tokens; false where it is not. */
    boolean update(String token) {
        if (authorizer instanceof BoundAuthorizer bound) {
            return bound.update(token);
        }
        if (authorizer instanceof StaticToken handedIn) {
            handedIn.update(token);
            return true;
        }
        return false;
    }

    @Override
    public String toString() {
        return "BoundAuthorizer[" + origins + "]";
    }
}
