package io.gatehouse.explanation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The last refusals, the latest first. Bounded; thread-safe. */
final class RecentRefusals {

    private final int capacity;
    private final Deque<RememberedRefusal> latest = new ArrayDeque<>();

    RecentRefusals(int capacity) {
        this.capacity = capacity;
    }

    boolean isOn() {
        return capacity > 0;
    }

    synchronized void add(RememberedRefusal refusal) {
        if (latest.size() == capacity) {
            latest.removeLast();
        }
        latest.addFirst(refusal);
    }

    List<Map<String, Object>> toJson() {
        List<RememberedRefusal> copy;
        synchronized (this) {
            copy = new ArrayList<>(latest);
        }
        return copy.stream().map(RememberedRefusal::toJson).toList();
    }
}
