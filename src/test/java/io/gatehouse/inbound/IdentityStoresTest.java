package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.testing.Fakes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.soteria.HandlerOfServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityStoresTest {

    private final IdentityStores stores = new IdentityStores();
    private @Nullable Class<?> decorated;

    IdentityStoresTest() {
        add(IdentityStore.class, ValidatedTokenIdentityStore.class);
        add(IdentityStore.class, ConfiguredUsersIdentityStore.class);
        add(IdentityStore.class, RegisteredClientsIdentityStore.class);
        add(IdentityStore.class, RemoteGroupsIdentityStore.class);
        add(IdentityStoreHandler.class, HandlerOfServer.class);
        add(Object.class, IdentityStoresTest.class);
    }

    private void add(Class<?> type, Class<?> of) {
        stores.note(Fakes.of(
                Bean.class,
                Map.of(
                        "getBeanClass", nothing -> of,
                        "getTypes", nothing -> Set.copyOf(List.of(type, of)),
                        "getQualifiers", nothing -> Set.of(Any.Literal.INSTANCE))));
    }

    private boolean areOursAlone() {
        return stores.areOursAlone(Fakes.of(
                BeanManager.class,
                Map.of(
                        "resolveDecorators",
                        arguments -> decorated != null && ((Set<?>) arguments[0]).contains(decorated)
                                ? List.of(Fakes.of(Decorator.class, Map.of()))
                                : List.of())));
    }

    @Test
    void areAskedByOneHandlerAtMost() {
        AmbiguousResolutionException several = new AmbiguousResolutionException("two handlers");
        List<Object> asked = new ArrayList<>();
        BeanManager beans = Fakes.of(
                BeanManager.class,
                Map.of(
                        "getBeans",
                        arguments -> {
                            asked.add(arguments[0]);
                            return Set.of();
                        },
                        "resolve",
                        arguments -> {
                            throw several;
                        }));
        assertThat(stores.problem(beans).orElseThrow()).contains("GATE0215", "two handlers");
        assertThat(asked).isEqualTo(List.of(IdentityStoreHandler.class));
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
    @ValueSource(classes = {IdentityStore.class, IdentityStoreHandler.class, ValidatedTokenIdentityStore.class})
    void areNotOursAloneWithSomethingAroundThem(Class<?> type) {
        decorated = type;

        assertThat(areOursAlone()).isFalse();
    }
}
