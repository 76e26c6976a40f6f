package io.gatehouse.metrics;

import io.gatehouse.refusal.RefusalCode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The figures in one library. Implementations are thread-safe; whatever they throw is caught where they are used. */
interface Instruments {

    /** What it is called in the log. */
    String library();

    /**
     * A token was let in, or a request refused.
     *
     * @param code null where it was let in
     */
    void decided(String issuer, @Nullable RefusalCode code);

    void validated(String issuer, boolean remembered);

    Call begin(CallKind kind, CallOwner owner);

    /**
     * What this thread does from here on is done for a request.
     *
     * @param header the value of a header of the request, by name; null where it has none
     * @return to be run on the same thread when that is over
     */
    default Runnable enter(UnaryOperator<@Nullable String> header) {
        return () -> {};
    }

    void register(List<Gauge> gauges);

    /** Takes the gauges away again: they hold the application. */
    void close();
}
