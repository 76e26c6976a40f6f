package io.gatehouse.metrics;

import io.gatehouse.refusal.RefusalCode;
import java.util.List;
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

    Call begin(CallKind kind, String issuer);

    void register(List<Gauge> gauges);

    /** Takes the gauges away again: they hold the application. */
    void close();
}
