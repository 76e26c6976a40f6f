package io.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.http.FetchResult;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private static final FetchResult OK = new FetchResult.Ok(new byte[0], "application/json", null);

    private final List<String> told = new ArrayList<>();

    private final class Listening implements Instruments {
        @Override
        public String library() {
            return "a library";
        }

        @Override
        public void decided(String issuer, @Nullable RefusalCode code) {
            told.add(issuer + " " + code);
        }

        @Override
        public void validated(String issuer, boolean remembered) {
            told.add(issuer + " remembered: " + remembered);
        }

        @Override
        public Call begin(CallKind kind, CallOwner owner) {
            return (outcome, taken) -> told.add(kind + " " + owner.name() + " " + outcome + " " + taken);
        }

        @Override
        public Runnable enter(UnaryOperator<String> header) {
            told.add("in " + header.apply("traceparent"));
            return () -> told.add("out");
        }

        @Override
        public void register(List<Gauge> gauges) {
            told.add(gauges.size() + " gauges");
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    /** Each call of a method of the fake fails. */
    private static Instruments broken() {
        return (Instruments) java.lang.reflect.Proxy.newProxyInstance(
                Instruments.class.getClassLoader(), new Class<?>[] {Instruments.class}, (self, method, arguments) -> {
                    if (method.getName().equals("library")) {
                        return "a broken library";
                    }
                    throw new IllegalStateException("the secret");
                });
    }

    private Measurements measuring(Instruments... all) {
        Iterator<Long> time = List.of(1_000L, 251_000_000L, 0L, 0L).iterator();
        return new Measurements(List.of(all), time::next);
    }

    @Test
    void tellsEveryLibrary() {
        Measurements both = measuring(new Listening()).and(measuring(new Listening()));

        both.accepted("staff");
        both.refused("staff", RefusalCode.EXPIRED);
        both.validated("staff", true);
        both.register(List.of());
        both.close();

        assertThat(told)
                .containsExactly(
                        "staff null",
                        "staff null",
                        "staff EXPIRED",
                        "staff EXPIRED",
                        "staff remembered: true",
                        "staff remembered: true",
                        "0 gauges",
                        "0 gauges",
                        "closed",
                        "closed");
    }

    @Test
    void tellsHowLongACallTookAndHandsItsResultOn() {
        assertThat(measuring(new Listening()).observer(CallKind.JWKS, "staff").observe(headers -> OK))
                .isSameAs(OK);

        assertThat(told).containsExactly("JWKS staff OK " + Duration.ofNanos(250_999_000));
    }

    @Test
    void tellsOfACallThatBrokeOff() {
        assertThatThrownBy(() -> measuring(new Listening())
                        .observer(CallKind.TOKEN, "staff")
                        .observe(headers -> {
                            throw new IllegalStateException("a defect");
                        }))
                .hasMessage("a defect");

        assertThat(told).singleElement().asString().startsWith("TOKEN staff UNREACHABLE");
    }

    @Test
    void changesNothingWhereALibraryFailsAndSaysSoOnce() {
        try (CapturedLog log = new CapturedLog(Measurements.class)) {
            Measurements measurements = measuring(broken(), new Listening());
            measurements.accepted("staff");
            measurements.refused("staff", RefusalCode.EXPIRED);
            measurements.validated("staff", false);
            measurements.register(List.of());

            assertThat(measurements.observer(CallKind.JWKS, "staff").observe(headers -> OK))
                    .isSameAs(OK);
            measurements.close();

            assertThat(told).hasSize(6);
            assertThat(log.messages(Level.WARNING))
                    .containsExactly("GATE0933 figures are missing from now on, because a broken library failed: "
                            + "java.lang.IllegalStateException");
        }
    }

    @Test
    void isWithinARequestAsLongAsTheWorkForItLasts() {
        assertThat(measuring(new Listening()).within(name -> name + "!", () -> {
                    told.add("work");
                    return "done";
                }))
                .isEqualTo("done");
        assertThatThrownBy(() -> measuring(new Listening()).within(name -> "again", () -> {
                    throw new IllegalStateException("a defect");
                }))
                .hasMessage("a defect");

        assertThat(told).containsExactly("in traceparent!", "work", "out", "in again", "out");
    }

    @Test
    void doesTheWorkForARequestWhateverALibraryDoes() {
        try (CapturedLog log = new CapturedLog(Measurements.class)) {
            assertThat(measuring(broken()).within(name -> null, () -> "done")).isEqualTo("done");
            assertThat(log.messages(Level.WARNING)).hasSize(1);
        }
        assertThat(Measurements.none().within(name -> null, () -> "done")).isEqualTo("done");
    }

    @Test
    void isOffWithoutALibrary() {
        assertThat(Measurements.none().isOn()).isFalse();
        assertThat(Measurements.none().and(measuring(new Listening())).isOn()).isTrue();
        assertThat(Measurements.none().observer(CallKind.JWKS, "staff").observe(headers -> OK))
                .isSameAs(OK);
    }
}
