package io.gatehouse.explanation;

import java.time.Duration;

/** Says how long something is, to the two units that matter. Pure. */
final class Span {

    private Span() {}

    static String of(Duration duration) {
        Duration length = duration.abs();
        if (length.toDays() > 0) {
            return length.toDays() + " d" + rest(length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return length.toHours() + " h" + rest(length.toMinutesPart(), "min");
        }
        return length.toMinutes() > 0
                ? length.toMinutes() + " min" + rest(length.toSecondsPart(), "s")
                : length.toSeconds() + " s";
    }

    private static String rest(int amount, String unit) {
        return amount == 0 ? "" : " " + amount + " " + unit;
    }
}
