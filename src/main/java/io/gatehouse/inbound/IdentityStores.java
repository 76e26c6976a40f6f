package io.gatehouse.inbound;

import io.gatehouse.roles.RoleMapper;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.List;
import java.util.Set;

/** Who has a say in the login of a caller, beside ourselves. Stateless. */
public final class IdentityStores {

    private static final Set<Class<?>> OURS = Set.of(
            ValidatedTokenIdentityStore.class,
            ConfiguredUsersIdentityStore.class,
            RegisteredClientsIdentityStore.class,
            RemoteGroupsIdentityStore.class);

    /** Handlers of servers, which ask the stores and do nothing else. */
    private static final List<String> SERVERS =
            List.of("com.ibm.ws.security.javaeesec.", "org.glassfish.soteria.", "org.apache.tomee.security.");

    private IdentityStores() {}

    /**
     * Whether the answer about a token can only be ours: no store, handler or {@link RoleMapper} of the application, and
     * nothing put around them. In case of doubt it is not.
     */
    public static boolean areOursAlone(BeanManager beans) {
        return beans.getBeans(IdentityStore.class, Any.Literal.INSTANCE).stream()
                        .map(Bean::getBeanClass)
                        .allMatch(OURS::contains)
                && beans.getBeans(IdentityStoreHandler.class, Any.Literal.INSTANCE).stream()
                        .allMatch(IdentityStores::isOfServer)
                && beans.getBeans(RoleMapper.class, Any.Literal.INSTANCE).isEmpty()
                && isUndecorated(IdentityStore.class, beans)
                && isUndecorated(IdentityStoreHandler.class, beans);
    }

    /** A class of the server's own, or a bean that the server's own code made. */
    private static boolean isOfServer(Bean<?> handler) {
        Class<?> declared = handler.getBeanClass();
        String maker = (declared == IdentityStoreHandler.class ? handler.getClass() : declared).getName();
        return SERVERS.stream().anyMatch(maker::startsWith);
    }

    private static boolean isUndecorated(Class<?> type, BeanManager beans) {
        return beans.resolveDecorators(Set.of(type), Any.Literal.INSTANCE, Default.Literal.INSTANCE)
                .isEmpty();
    }
}
