package io.gatehouse.explanation;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.TokenAccepted;
import io.gatehouse.audit.TokenRefused;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of every refusal: gives it a correlation id, tells the log and the application's observers, and remembers the
 * last ones where that is wanted. Thread-safe; no thread of its own, no I/O but the log.
 *
 * <p>The log gets a DEBUG line for each refusal. At INFO it gets the first refusal of a code at once; those of the minute
 * after it are counted, and told with the next line about that code, or by the next request after that minute, or at the
 * end. A refusal is put into words only where somebody will see them: a flood of refused tokens costs a count each.
 */
public final class RefusalLedger implements AutoCloseable {

    private static final System.Logger LOG = ApplicationLog.of(RefusalLedger.class);

    /** For the list of the last ones: who sends more than this, learns nothing new from each. */
    private static final int EXPLAINED_PER_SECOND = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final int ID_LENGTH = 10;
    private static final String ID_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Explainer explainer;
    private final AuditTrail audit;
    private final Measurements measurements;
    private final RecentRefusals recent;
    private final Clock clock;
    private final PerSecond explanations = new PerSecond(EXPLAINED_PER_SECOND);
    private final Map<RefusalCode, MinuteCount> counts = new EnumMap<>(RefusalCode.class);

    /** Whether refusals were counted and not told: all that a request that is let in has to look at. */
    private final AtomicBoolean untold = new AtomicBoolean();

    private final AtomicReference<Instant> lookDue = new AtomicReference<>(Instant.MIN);

    /**
     * An empty one.
     *
     * @param remembered how many refusals are remembered; 0 for none
     */
    public RefusalLedger(Explainer explainer, AuditTrail audit, int remembered, Clock clock) {
        this(explainer, audit, Measurements.none(), remembered, clock);
    }

    /** The same, which counts what it is told: for figures that others read. */
    public RefusalLedger(
            Explainer explainer, AuditTrail audit, Measurements measurements, int remembered, Clock clock) {
        this.explainer = explainer;
        this.audit = audit;
        this.measurements = measurements;
        this.recent = new RecentRefusals(remembered);
        this.clock = clock;
        for (RefusalCode code : RefusalCode.values()) {
            counts.put(code, new MinuteCount());
        }
    }

    /** One that explains codes alone, and tells nobody but the log. */
    public static RefusalLedger plain() {
        return new RefusalLedger(Explainer.ofCodes(), AuditTrail.none(), 0, Clock.systemUTC());
    }

    /** The refusal as the answer to this request: with a correlation id. One that has an id was noted before. */
    public Refusal noted(Refusal refusal, RefusedRequest request) {
        if (refusal.correlationId() != null) {
            return refusal;
        }
        String id = newId();
        measure(refusal.code(), request);
        Refusal identified = refusal.identifiedBy(id);
        try {
            note(identified, id, request);
        } catch (RuntimeException defect) { // whatever becomes of the note, the refusal stands
            LOG.log(
                    DEBUG,
                    "GATE0905 a refusal could not be explained: {0}",
                    defect.getClass().getName());
        }
        return identified;
    }

    private void measure(RefusalCode code, RefusedRequest request) {
        if (measurements.isOn()) {
            measurements.refused(issuerName(request), code);
        }
    }

    private String issuerName(RefusedRequest request) {
        if (request.token() == null) {
            return Measurements.NO_ISSUER;
        }
        try {
            String name = explainer.issuerName(request);
            return name == null ? Measurements.OTHER_ISSUER : name;
        } catch (RuntimeException defect) { // whatever a token does to its reader, it is counted
            return Measurements.OTHER_ISSUER;
        }
    }

    private static String newId() {
        long random = ThreadLocalRandom.current().nextLong();
        char[] id = new char[ID_LENGTH];
        for (int i = 0; i < ID_LENGTH; i++) {
            id[i] = ID_CHARACTERS.charAt((int) (random >>> (5 * i)) & 31);
        }
        return new String(id);
    }

    private void note(Refusal refusal, String id, RefusedRequest request) {
        Instant now = clock.instant();
        boolean debug = LOG.isLoggable(DEBUG);
        int before = Objects.requireNonNull(counts.get(refusal.code())).add(now);
        boolean told = before != MinuteCount.NOTHING;
        boolean remembered = recent.isOn() && explanations.mayPass(now);
        LazyExplanation explanation = new LazyExplanation(explainer, refusal, request);
        if (debug) {
            LOG.log(
                    DEBUG,
                    "GATE0901 refused ({0}, {1}): {2}",
                    heading(refusal),
                    id,
                    explanation.get().line());
        }
        if (told) {
            tell(refusal, id, before, explanation.get());
            tellOthers(now);
        } else if (!untold.get()) { // a flood is not to write to the same place from all threads
            untold.set(true);
        }
        if (recent.isOn()) {
            recent.add(new RememberedRefusal(refusal, now, remembered || debug || told ? explanation.get() : null));
        }
        if (request.token() != null) {
            audit.refused(() -> new TokenRefused(
                    refusal.code().text(),
                    refusal.status(),
                    id,
                    explanation.get().issuerName()));
        }
    }

    private static String heading(Refusal refusal) {
        return refusal.code().text() + " " + refusal.status();
    }

    private static void tell(Refusal refusal, String id, int before, Explanation explanation) {
        if (before == 0) {
            LOG.log(INFO, "GATE0902 refused ({0}, {1}): {2}", heading(refusal), id, explanation.line());
        } else {
            LOG.log(
                    INFO,
                    "GATE0903 {0} requests were refused since this was told last: {1}; the last one ({2}): {3}",
                    Integer.toString(before + 1),
                    heading(refusal),
                    id,
                    explanation.line());
        }
    }

    /** Those of other codes whose minute is over, before they are forgotten. */
    private void tellOthers(Instant now) {
        counts.forEach((code, count) -> tellCount(code, count.takeIfOver(now)));
    }

    private static void tellCount(RefusalCode code, int further) {
        if (further != MinuteCount.NOTHING) {
            LOG.log(
                    INFO,
                    "GATE0904 {0} more requests were refused since this was told last: {1}: {2}",
                    Integer.toString(further),
                    code.text(),
                    code.meaning());
        }
    }

    /**
     * Does the work of deciding about a request, as part of the trace that the request brings.
     *
     * @param header the value of a header of the request, by name; null where it has none
     */
    public <T> T within(UnaryOperator<@Nullable String> header, Supplier<T> deciding) {
        return measurements.within(header, deciding);
    }

    /** A caller was let in by a token: tells those who want to know, and what is still to be told of refusals. */
    public void accepted(ValidatedToken token, String callerName) {
        if (untold.get()) {
            tellWhatIsOver();
        }
        measurements.accepted(token.issuer().name());
        audit.accepted(() -> new TokenAccepted(token.issuer().name(), callerName));
    }

    /** Looked after once a second at most. */
    private void tellWhatIsOver() {
        Instant now = clock.instant();
        Instant due = lookDue.get();
        if (now.isBefore(due) || !lookDue.compareAndSet(due, now.plus(BETWEEN_LOOKS))) {
            return;
        }
        untold.set(false);
        boolean left = false;
        for (Map.Entry<RefusalCode, MinuteCount> each : counts.entrySet()) {
            tellCount(each.getKey(), each.getValue().takeIfOver(now));
            left |= each.getValue().hasUntold();
        }
        if (left) {
            untold.set(true);
        }
    }

    /** The last refusals as a JSON document, the latest first. */
    public String recentAsJson() {
        return JsonWriter.write(Map.of("refusals", recent.toJson()));
    }

    /** Tells what was counted and not told. */
    @Override
    public void close() {
        counts.forEach((code, count) -> tellCount(code, count.take()));
    }

    /** Made once, and only if somebody asks. For one thread. */
    private static final class LazyExplanation {

        private final Explainer explainer;
        private final Refusal refusal;
        private final RefusedRequest request;
        private @Nullable Explanation made;

        LazyExplanation(Explainer explainer, Refusal refusal, RefusedRequest request) {
            this.explainer = explainer;
            this.refusal = refusal;
            this.request = request;
        }

        Explanation get() {
            Explanation known = made;
            if (known == null) {
                known = explainer.explain(refusal, request);
                made = known;
            }
            return known;
        }
    }
}
