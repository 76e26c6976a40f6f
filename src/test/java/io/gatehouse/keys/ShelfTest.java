package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShelfTest {

    @Test
    void lendsWhatWasGivenBackToOneAtATime() {
        Shelf<Object> shelf = new Shelf<>();
        assertThat(shelf.take()).isNull();
        Object thing = new Object();
        shelf.giveBack(thing);
        assertThat(shelf.take()).isSameAs(thing);
        assertThat(shelf.take()).isNull();
    }

    @Test
    void neverLendsOneThingToTwo() throws Exception {
        Shelf<AtomicInteger> shelf = new Shelf<>();
        AtomicInteger mixedUp = new AtomicInteger();
        Callable<Void> worker = () -> {
            for (int i = 0; i < 20_000; i++) {
                AtomicInteger taken = shelf.take();
                AtomicInteger users = taken == null ? new AtomicInteger() : taken;
                if (users.incrementAndGet() != 1) {
                    mixedUp.incrementAndGet();
                }
                users.decrementAndGet();
                shelf.giveBack(users);
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(16, worker))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(mixedUp).hasValue(0);
    }
}
