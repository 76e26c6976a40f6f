package io.gatehouse.config;

import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The beans of one type that an application has; made when they are first asked for, and kept. Thread-safe. */
final class ApplicationBeans<T> implements Supplier<List<T>> {

    private final Instance<T> instance;
    private volatile @Nullable List<T> beans;

    ApplicationBeans(Instance<T> instance) {
        this.instance = instance;
    }

    /** Where one cannot be made, the next call tries anew. */
    @Override
    public List<T> get() {
        List<T> known = beans;
        if (known == null) {
            synchronized (this) {
                known = beans == null ? instance.stream().toList() : beans;
                beans = known;
            }
        }
        return known;
    }
}
