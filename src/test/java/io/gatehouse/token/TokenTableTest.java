package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTableTest {

    private final TokenTable<Integer> table = new TokenTable<>(0x9E3779B9);

    @Test
    void doesWhatAMapDoes() {
        Random random = new Random(7);
        Map<String, Integer> map = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String key = "key" + random.nextInt(500);
            if (random.nextInt(3) > 0) {
                assertThat(table.put(scattered(key), key, step)).isEqualTo(map.put(key, step) != null);
            } else {
                assertThat(table.remove(scattered(key), key)).isEqualTo(map.remove(key) != null);
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        for (int key = 0; key < 500; key++) {
            assertThat(table.get(scattered("key" + key), "key" + key)).isEqualTo(map.get("key" + key));
        }
    }

    private static int scattered(String key) {
        int hash = 31 * key.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    @Test
    void comparesKeysAndNotHashesAlone() {
        table.put(1, "a", 1);
        assertThat(table.get(1, "b")).isNull();
        assertThat(table.get(1, new String(new char[] {'a'}))).isEqualTo(1);
        assertThat(table.remove(1, "b")).isFalse();
        assertThat(table.size()).isEqualTo(1);
    }

    /** Somebody who can have as many valid tokens as he likes, might look for such that fall on one place. */
    @Test
    void keepsTheNewestFewOfThoseWithOneHash() {
        for (int key = 0; key < 1000; key++) {
            table.put(42, "key" + key, key);
        }
        assertThat(table.size()).isEqualTo(8);
        assertThat(IntStream.range(0, 1000).filter(key -> table.get(42, "key" + key) != null))
                .containsExactly(992, 993, 994, 995, 996, 997, 998, 999);
    }

    /** Whatever part of the hash they differ in. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 6, 1 << 10, 1 << 16, 1 << 22, 31})
    void keepsAllWithDifferentHashes(int step) {
        for (int key = 0; key < 1000; key++) {
            table.put(step * key, "key" + key, key);
        }
        assertThat(table.size()).isEqualTo(1000);
    }

    @Test
    void letsOthersFindWhatStaysWhileItChangesAndGrows() throws InterruptedException {
        table.put(scattered("stays"), "stays", -1);
        AtomicBoolean missed = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                if (table.get(scattered("stays"), "stays") == null) {
                    missed.set(true);
                }
            }
        });
        reader.start();
        for (int key = 0; key < 20_000; key++) {
            table.put(scattered("key" + key), "key" + key, key);
        }
        done.set(true);
        reader.join();
        assertThat(missed).isFalse();
        assertThat(table.size()).isGreaterThan(19_900);
    }
}
