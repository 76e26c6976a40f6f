package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.testing.Fakes;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.soteria.HandlerOfServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityStoresTest {

    private final Map<Class<?>, List<Bean<?>>> beans = new HashMap<>();
    private final Map<Class<?>, List<Decorator<?>>> decorators = new HashMap<>();

    IdentityStoresTest() {
        add(IdentityStore.class, ValidatedTokenIdentityStore.class);
        add(IdentityStore.class, ConfiguredUsersIdentityStore.class);
        add(IdentityStore.class, RegisteredClientsIdentityStore.class);
        add(IdentityStore.class, RemoteGroupsIdentityStore.class);
        add(IdentityStoreHandler.class, HandlerOfServer.class);
    }

    private void add(Class<?> type, Class<?> of) {
        beans.computeIfAbsent(type, none -> new ArrayList<>())
                .add(Fakes.of(Bean.class, Map.of("getBeanClass", nothing -> of)));
    }

    private void decorate(Class<?> type) {
        decorators.put(type, List.of(Fakes.of(Decorator.class, Map.of())));
    }

    private boolean areOursAlone() {
        return IdentityStores.areOursAlone(Fakes.of(
                BeanManager.class,
                Map.of(
                        "getBeans", arguments -> inOrder(beans.getOrDefault(arguments[0], List.of())),
                        "resolveDecorators",
                                arguments -> decorators.getOrDefault(
                                        ((Set<?>) arguments[0]).iterator().next(), List.of()))));
    }

    /** Fakes know no {@code hashCode}. */
    private static Set<Bean<?>> inOrder(List<Bean<?>> beans) {
        Set<Bean<?>> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(beans);
        return set;
    }

    @Test
    void areOursWhereTheApplicationHasNone() {
        assertThat(areOursAlone()).isTrue();
    }

    @Test
    void areNotOursAloneWithOneOfTheApplication() {
        add(IdentityStore.class, IdentityStoresTest.class);

        assertThat(areOursAlone()).isFalse();
    }

    @Test
    void areNotOursAloneWithAHandlerThatNobodyKnows() {
        add(IdentityStoreHandler.class, IdentityStoresTest.class);

        assertThat(areOursAlone()).isFalse();
    }

    @Test
    void areNotOursAloneWithAHandlerThatAnExtensionMade() {
        add(IdentityStoreHandler.class, IdentityStoreHandler.class);

        assertThat(areOursAlone()).isFalse();
    }

    @Test
    void areNotOursAloneWithARoleMapperOfTheApplication() {
        add(RoleMapper.class, IdentityStoresTest.class);

        assertThat(areOursAlone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {IdentityStore.class, IdentityStoreHandler.class})
    void areNotOursAloneWithSomethingAroundThem(Class<?> type) {
        decorate(type);

        assertThat(areOursAlone()).isFalse();
    }
}
