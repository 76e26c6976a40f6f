package io.gatehouse.keys;

import io.gatehouse.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only while every thread of a simulation waits, and then at once to the next moment at which one of
 * them goes on: half a minute of many threads takes a second or so, and nothing depends on the machine.
 */
final class VirtualTime implements WaitingPlaces.Patience {

    private record Sleeper(CompletableFuture<?> until, Instant deadline) {}

    private final MutableClock clock = new MutableClock();
    private final List<Sleeper> sleepers = new ArrayList<>();
    private final List<Thread> started = new ArrayList<>();
    private int threads;

    Clock clock() {
        return clock;
    }

    /** Adds a thread to the simulation; it must wait in no other way than through this. */
    synchronized void start(Runnable work) {
        threads++;
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } finally {
                end();
            }
        });
        thread.setDaemon(true);
        started.add(thread);
        thread.start();
    }

    private synchronized void end() {
        threads--;
        passIfAllWait();
        notifyAll();
    }

    void sleep(Duration time) {
        await(new CompletableFuture<Void>(), time);
    }

    @Override
    public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
        value.whenComplete((done, failed) -> wake());
        synchronized (this) {
            Sleeper me = new Sleeper(value, clock.instant().plus(atMost));
            sleepers.add(me);
            while (!isAwake(me)) {
                passIfAllWait();
                if (!isAwake(me)) {
                    pause();
                }
            }
            sleepers.remove(me);
            return value.getNow(null);
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private boolean isAwake(Sleeper sleeper) {
        return sleeper.until().isDone() || !clock.instant().isBefore(sleeper.deadline());
    }

    private void passIfAllWait() {
        if (sleepers.size() == threads && sleepers.stream().noneMatch(this::isAwake)) {
            sleepers.stream()
                    .map(Sleeper::deadline)
                    .min(Instant::compareTo)
                    .ifPresent(next -> clock.advance(Duration.between(clock.instant(), next)));
            notifyAll();
        }
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    void join() throws InterruptedException {
        for (int i = 0; ; i++) {
            Thread next;
            synchronized (this) {
                if (i == started.size()) {
                    return;
                }
                next = started.get(i);
            }
            next.join();
        }
    }
}
