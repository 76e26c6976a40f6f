package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Basic credentials beside bearer tokens (RFC 7617): taken where that was configured, over a connection that nobody
 * reads along, and not too many wrong ones. Who is right is said by the identity stores, the application's and ours.
 *
 * <p>An outage is the answer only where no store knows the caller and one could not tell; a guess that another store
 * called wrong counts all the same. Thread-safe.
 */
public final class BasicAuthentication {

    private static final System.Logger LOG = ApplicationLog.of(BasicAuthentication.class);

    private static final BasicOutcome ABSENT = new BasicOutcome.Absent();

    /** After a store broke down: it does not say for how long. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MAXIMUM_CAUSES = 5;

    private final BearerChallenge challenge;
    private final String basicChallenge;
    private final boolean plainHttpAllowed;
    private final @Nullable FailureLimiter limiter;

    /** A store may fail for some callers only, so that there is no change of state to wait for. */
    private final Reminder reports;

    private BasicAuthentication(
            String realm,
            BearerChallenge challenge,
            boolean plainHttpAllowed,
            @Nullable FailureLimiter limiter,
            Clock clock) {
        this.challenge = challenge;
        this.basicChallenge = "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
        this.plainHttpAllowed = plainHttpAllowed;
        this.limiter = limiter;
        this.reports = Reminder.everyMinute(clock);
    }

    /** Basic is a foreign scheme: such credentials are not seen. */
    public static BasicAuthentication off(String realm) {
        return new BasicAuthentication(realm, new BearerChallenge(realm), false, null, Clock.systemUTC());
    }

    /** Basic is taken; over {@code http} from other machines only where that is allowed. */
    public static BasicAuthentication on(
            String realm, BearerChallenge challenge, boolean plainHttpAllowed, FailureLimiter limiter, Clock clock) {
        return new BasicAuthentication(realm, challenge, plainHttpAllowed, limiter, clock);
    }

    /** The challenge for this request; none where its caller had better not send a password. */
    Optional<String> challenge(HttpServletRequest request) {
        return limiter != null && isSafe(Connection.of(request)) ? Optional.of(basicChallenge) : Optional.empty();
    }

    private boolean isSafe(Connection connection) {
        return plainHttpAllowed || connection.isPrivate();
    }

    boolean isPresentIn(HttpServletRequest request) {
        return limiter != null && !(BasicCredentialResolver.resolve(request) instanceof PresentedBasic.Absent);
    }

    /** Looks for credentials, and asks the stores about them. */
    BasicOutcome authenticate(HttpServletRequest request, IdentityStoreHandler stores) {
        FailureLimiter guard = limiter;
        if (guard == null) {
            return ABSENT;
        }
        return BasicCredentialResolver.resolve(request)
                .match(
                        credential -> authenticate(credential, Connection.of(request), guard, stores),
                        () -> ABSENT,
                        this::badRequest);
    }

    /** 400 and not 401 for what came in the clear: nobody is to be asked to send it once more. */
    private BasicOutcome authenticate(
            BasicCredential credential, Connection connection, FailureLimiter guard, IdentityStoreHandler stores) {
        if (!isSafe(connection)) {
            String problem = "Basic credentials are taken over https only";
            return new BasicOutcome.Refused(Refusal.invalidRequest(challenge, RefusalCode.BASIC_INSECURE, problem));
        }
        Optional<Duration> pause = guard.pause(credential.name(), connection.address());
        if (pause.isPresent()) {
            return new BasicOutcome.Refused(Refusal.tooManyRequests(pause.get()));
        }
        StoresVerdict verdict = credential.isEmptyInPart() ? StoresVerdict.WRONG : ask(credential, connection, stores);
        return settle(verdict, credential.name(), connection.address(), guard);
    }

    private StoresVerdict ask(BasicCredential credential, Connection connection, IdentityStoreHandler stores) {
        AttemptPassword password = new AttemptPassword(credential.password(), connection.isFromSameHost());
        UsernamePasswordCredential presented = new UsernamePasswordCredential(credential.name(), password);
        try {
            return StoresVerdict.of(stores.validate(presented), password);
        } catch (RuntimeException broken) {
            report(broken);
            return StoresVerdict.brokenOff(password, PAUSE);
        } finally {
            presented.clear();
            credential.wipe();
        }
    }

    private BasicOutcome settle(StoresVerdict verdict, String name, String address, FailureLimiter guard) {
        if (verdict.accepted() != null) {
            guard.succeeded(name, address);
            return new BasicOutcome.Accepted(verdict.accepted());
        }
        if (verdict.outage() == null) {
            guard.failed(name, address);
            return unauthorized();
        }
        if (verdict.wrong()) {
            guard.failedInPart(name, address);
        }
        return new BasicOutcome.Refused(Refusal.unavailable(RefusalCode.STORE_UNAVAILABLE, verdict.outage()));
    }

    private BasicOutcome unauthorized() {
        return new BasicOutcome.Refused(Refusal.wrongPassword(challenge));
    }

    private BasicOutcome badRequest(String problem) {
        return new BasicOutcome.Refused(Refusal.invalidRequest(challenge, problem));
    }

    /** The place and not the message, which could quote the password. */
    private void report(RuntimeException broken) {
        if (reports.isDue()) {
            LOG.log(WARNING, "GATE0204 an identity store fails, callers get 503: {0}", places(broken));
        }
    }

    /** A few: causes may go round in a circle. */
    private static String places(Throwable broken) {
        return Stream.iterate(broken, Objects::nonNull, Throwable::getCause)
                .limit(MAXIMUM_CAUSES)
                .map(BasicAuthentication::place)
                .collect(Collectors.joining(", caused by "));
    }

    private static String place(Throwable broken) {
        StackTraceElement[] frames = broken.getStackTrace();
        return broken.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }
}
