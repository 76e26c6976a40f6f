package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gatehouse.inbound.GatehouseAuthenticationMechanism;
import io.gatehouse.testing.Fakes;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenLibertyMemoryTest {

    private static final Principal OURS = () -> "alice";
    private static final Principal OF_SERVER = new X500Principal("CN=alice");

    /** No class of the server's is there. */
    @Test
    void doesNothingOnAnotherServer() {
        ClassLoader another = new ClassLoader(null) {};

        assertThatCode(() -> OpenLibertyMemory.forget(another)).doesNotThrowAnyException();
    }

    @Test
    void looksForTheServerAmongItsBeansAlone() {
        BeanManager beans = Fakes.of(
                BeanManager.class,
                Map.of(
                        "getBeans",
                        nothing -> Set.of(Fakes.of(Bean.class, Map.of("getBeanClass", none -> String.class)))));

        assertThatCode(() -> OpenLibertyMemory.forget(beans)).doesNotThrowAnyException();
    }

    @Nested
    class Mechanisms {

        @Test
        void forgetsOurMechanismAndNoOther() throws ReflectiveOperationException {
            Object anothers = new Remembered("another mechanism");
            FakeProperties.INSTANCE.ModuleToHam.put("ours", new Remembered(new GatehouseAuthenticationMechanism()));
            FakeProperties.INSTANCE.ModuleToHam.put("another's", anothers);
            FakeProperties.INSTANCE.ModuleToHam.put("of a server that has changed", "no field");

            OpenLibertyMechanisms.forgetIn(FakeProperties.class);

            assertThat(FakeProperties.INSTANCE.ModuleToHam)
                    .hasSize(2)
                    .containsEntry("another's", anothers)
                    .containsKey("of a server that has changed");
        }
    }

    @Nested
    class Callers {

        private final FakeCacheService service = new FakeCacheService();
        private final FakeCache cache = new FakeCache();

        @Test
        void forgetsOurCallersAndNoOthers() {
            service.cache = cache;
            cache.primaryTable.put("realm:alice", entry(OURS));
            cache.primaryTable.put("realm:bob", entry(OF_SERVER));
            cache.secondaryTable.put("realm:carol", entry(OF_SERVER, OURS));
            cache.secondaryTable.put("realm:dan", entry());
            cache.tertiaryTable.put("realm:erin", entry(OURS));

            OpenLibertyCallers.forget(new FakeServer(service));

            assertThat(cache.primaryTable).containsOnlyKeys("realm:bob");
            assertThat(cache.secondaryTable).containsOnlyKeys("realm:dan");
            assertThat(cache.tertiaryTable).isEmpty();
        }

        @Test
        void forgetsThemWhereTheServerKeepsThemInASubclassAndBehindASharedCache() {
            cache.primaryTable.put("key", new Entry(new KeptInMemory(ours())));
            service.cache = new JCacheFake(cache);

            OpenLibertyCallers.forget(new FakeServer(service));

            assertThat(cache.primaryTable).isEmpty();
        }

        private static Subject ours() {
            return new Subject(false, Set.of(OURS), Set.of(), Set.of());
        }

        @Test
        void leavesWhatItDoesNotKnow() {
            service.cache = cache;
            cache.primaryTable.put("no entry", "text");
            cache.primaryTable.put("no object", new Entry(null));
            cache.primaryTable.put("no Subject", new Entry(new Kept(null)));

            OpenLibertyCallers.forget(new FakeServer(service));

            assertThat(cache.primaryTable).hasSize(3);
        }

        @Test
        void doesNothingWhereTheServerHasChanged() {
            assertThatCode(() -> {
                        OpenLibertyCallers.forget(new FakeServer(null)); // no such service
                        OpenLibertyCallers.forget(new FakeServer("another service"));
                        OpenLibertyCallers.forget(new FakeServer(service)); // which has no cache
                        service.cache = "another cache";
                        OpenLibertyCallers.forget(new FakeServer(service));
                    })
                    .doesNotThrowAnyException();
        }

        private static Entry entry(Principal... principals) {
            return new Entry(new Kept(new Subject(false, Set.of(principals), Set.of(), Set.of())));
        }
    }

    // The members that are looked for, under the names that the server gave them.

    private record JCacheFake(Object inMemoryCache) {}

    private static class KeptBySuperclass {
        private final Subject subject;

        KeptBySuperclass(Subject subject) {
            this.subject = subject;
        }
    }

    private static final class KeptInMemory extends KeptBySuperclass {
        KeptInMemory(Subject subject) {
            super(subject);
        }
    }

    public static final class FakeProperties {
        private static final FakeProperties INSTANCE = new FakeProperties();

        private final Map<Object, Object> ModuleToHam = Collections.synchronizedMap(new LinkedHashMap<>());

        public static FakeProperties getInstance() {
            return INSTANCE;
        }
    }

    private record Remembered(Object ham) {}

    /** The loader of a bundle, its bundle, and its context. */
    public static final class FakeServer extends ClassLoader {
        private final @Nullable Object service;

        private FakeServer(@Nullable Object service) {
            super(null);
            this.service = service;
        }

        public FakeServer getBundle() {
            return this;
        }

        public FakeServer getBundleContext() {
            return this;
        }

        public @Nullable Integer getServiceReference(Class<?> type) {
            throw new IllegalArgumentException(type.getName());
        }

        public @Nullable Integer getServiceReference(String name) {
            return service == null || !name.endsWith(".AuthCacheService") ? null : 7;
        }

        public @Nullable Object getService(Integer reference) {
            return service;
        }
    }

    private static final class FakeCacheService {
        @Nullable Object cache;
    }

    private static final class FakeCache {
        final Map<Object, Object> primaryTable = new ConcurrentHashMap<>();
        final Map<Object, Object> secondaryTable = new ConcurrentHashMap<>();
        final Map<Object, Object> tertiaryTable = new ConcurrentHashMap<>();
    }

    private record Entry(@Nullable Object value) {}

    private record Kept(@Nullable Subject subject) {}
}
