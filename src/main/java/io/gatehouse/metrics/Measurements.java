package io.gatehouse.metrics;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.http.ExchangeObserver;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.RefusalCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Told of what the gate does, and turns it into figures. What fails in here is logged once, and changes no answer.
 *
 * <p>Issuers are told by the names that the configuration gives them, so that there are only so many figures. Nothing of a
 * token gets here. Thread-safe; without a library to measure with, it costs nothing.
 */
public final class Measurements implements AutoCloseable {

    /** In place of the issuer of a request without a token. No configured name has parentheses. */
    public static final String NO_ISSUER = "(none)";

    /** In place of an issuer that is not trusted, or cannot be read. */
    public static final String OTHER_ISSUER = "(unknown)";

    /** In place of the issuer, where a token endpoint is asked about a caller's name and password. */
    public static final String BASIC = "(basic)";

    /** In place of the client, where a server is asked who may do what. */
    public static final String PERMISSIONS = "(permissions)";

    private static final System.Logger LOG = ApplicationLog.of(Measurements.class);

    private static final Call NOT_MEASURED = (outcome, taken) -> {};

    private final List<Instruments> all;
    private final LongSupplier nanoTime;
    private final AtomicBoolean failed = new AtomicBoolean();

    Measurements(List<Instruments> all, LongSupplier nanoTime) {
        this.all = List.copyOf(all);
        this.nanoTime = nanoTime;
    }

    /** Nothing is measured. */
    public static Measurements none() {
        return new Measurements(List.of(), () -> 0);
    }

    /** The figures of both. */
    public Measurements and(Measurements others) {
        return all.isEmpty()
                ? others
                : new Measurements(
                        Stream.concat(all.stream(), others.all.stream()).toList(), nanoTime);
    }

    /** Whether anybody measures: else nothing needs to be found out for it. */
    public boolean isOn() {
        return !all.isEmpty();
    }

    /** A caller was let in by a token of this issuer. */
    public void accepted(String issuer) {
        decided(issuer, null);
    }

    /** A request was refused; its token names this issuer, or see {@link #NO_ISSUER} and {@link #OTHER_ISSUER}. */
    public void refused(String issuer, RefusalCode code) {
        decided(issuer, code);
    }

    private void decided(String issuer, @Nullable RefusalCode code) {
        for (Instruments each : all) {
            try {
                each.decided(issuer, code);
            } catch (RuntimeException | LinkageError failure) {
                report(each, failure);
            }
        }
    }

    /**
     * A token of this issuer is valid.
     *
     * @param remembered whether that was known from before, and nothing had to be verified or asked
     */
    public void validated(String issuer, boolean remembered) {
        for (Instruments each : all) {
            try {
                each.validated(issuer, remembered);
            } catch (RuntimeException | LinkageError failure) {
                report(each, failure);
            }
        }
    }

    /**
     * Does the work as part of the trace that a request brings, so that the calls that it waits for are part of it, too: where
     * the server has not begun a span for the request yet.
     *
     * @param header the value of a header of the request, by name; null where it has none
     */
    public <T> T within(UnaryOperator<@Nullable String> header, Supplier<T> work) {
        return within(0, header, work);
    }

    /** From this library on; nothing is made where there is none. */
    private <T> T within(int library, UnaryOperator<@Nullable String> header, Supplier<T> work) {
        if (library == all.size()) {
            return work.get();
        }
        Instruments each = all.get(library);
        Runnable leaving = enter(each, header);
        try {
            return within(library + 1, header, work);
        } finally {
            leave(each, leaving);
        }
    }

    private Runnable enter(Instruments each, UnaryOperator<@Nullable String> header) {
        try {
            return each.enter(header);
        } catch (RuntimeException | LinkageError failure) {
            report(each, failure);
            return () -> {};
        }
    }

    private void leave(Instruments each, Runnable leaving) {
        try {
            leaving.run();
        } catch (RuntimeException | LinkageError failure) {
            report(each, failure);
        }
    }

    /** To stand by at the calls of one kind to one issuer. */
    public ExchangeObserver observer(CallKind kind, String issuer) {
        return observer(kind, CallOwner.issuer(issuer), Set.of());
    }

    /** To stand by at the calls of one kind that one client of ours makes to an authorization server. */
    public ExchangeObserver observerOfClient(CallKind kind, String client) {
        return observer(kind, CallOwner.client(client), Set.of());
    }

    /**
     * To stand by while a server is asked who may do what.
     *
     * @param answers statuses besides 200 by which it answers: a no is no failure
     */
    public ExchangeObserver observerOfPermissions(Set<Integer> answers) {
        return observer(CallKind.PERMISSION, CallOwner.client(PERMISSIONS), answers);
    }

    private ExchangeObserver observer(CallKind kind, CallOwner owner, Set<Integer> answers) {
        return isOn() ? new CallTimer(() -> begin(kind, owner), answers, nanoTime) : ExchangeObserver.none();
    }

    private Call begin(CallKind kind, CallOwner owner) {
        List<Call> calls = all.stream().map(each -> begin(each, kind, owner)).toList();
        return new Call() {
            @Override
            public Map<String, String> headers() {
                Map<String, String> headers = new HashMap<>();
                calls.forEach(call -> headers.putAll(call.headers()));
                return headers;
            }

            @Override
            public void end(CallOutcome outcome, Duration taken) {
                calls.forEach(call -> call.end(outcome, taken));
            }
        };
    }

    private Call begin(Instruments each, CallKind kind, CallOwner owner) {
        try {
            Call call = each.begin(kind, owner);
            return new GuardedCall(call, headers(each, call), failure -> report(each, failure));
        } catch (RuntimeException | LinkageError failure) {
            report(each, failure);
            return NOT_MEASURED;
        }
    }

    /** What has begun has to be ended, whether or not it can be told to others. */
    private Map<String, String> headers(Instruments each, Call call) {
        try {
            return call.headers();
        } catch (RuntimeException | LinkageError failure) {
            report(each, failure);
            return Map.of();
        }
    }

    private record GuardedCall(Call call, Map<String, String> headers, Consumer<Throwable> failed) implements Call {
        @Override
        public void end(CallOutcome outcome, Duration taken) {
            try {
                call.end(outcome, taken);
            } catch (RuntimeException | LinkageError failure) {
                failed.accept(failure);
            }
        }
    }

    /** Figures that are read when somebody looks. */
    public void register(List<Gauge> gauges) {
        forEach(each -> each.register(gauges));
    }

    /** What was registered is forgotten. */
    @Override
    public void close() {
        forEach(Instruments::close);
    }

    private void forEach(Consumer<Instruments> action) {
        for (Instruments each : all) {
            try {
                action.accept(each);
            } catch (RuntimeException | LinkageError failure) {
                report(each, failure);
            }
        }
    }

    /** Once: it would be said with each request. The class and not the message, which may quote anything. */
    private void report(Instruments each, Throwable failure) {
        if (failed.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "GATE0933 figures are missing from now on, because {0} failed: {1}",
                    each.library(),
                    failure.getClass().getName());
        }
    }
}
