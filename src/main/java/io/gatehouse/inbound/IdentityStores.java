package io.gatehouse.inbound;

import io.gatehouse.roles.RoleMapper;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a say in the login of a caller, beside ourselves: noted while the beans of the deployment are found, because later
 * an extension sees those of its own archive alone. For one thread.
 */
public final class IdentityStores {

    private static final Set<Class<?>> OURS = Set.of(
            ValidatedTokenIdentityStore.class,
            ConfiguredUsersIdentityStore.class,
            RegisteredClientsIdentityStore.class,
            RemoteGroupsIdentityStore.class);

    /** Handlers of servers, which ask the stores and do nothing else. */
    private static final List<String> SERVERS =
            List.of("com.ibm.ws.security.javaeesec.", "org.glassfish.soteria.", "org.apache.tomee.security.");

    private final List<Bean<?>> withASay = new ArrayList<>();
    private boolean oursAlone = true;

    /** To be told of each bean of the deployment. */
    public void note(Bean<?> bean) {
        if (bean.getTypes().contains(RoleMapper.class)) {
            oursAlone = false;
        } else if (bean.getTypes().contains(IdentityStore.class)) {
            oursAlone &= OURS.contains(bean.getBeanClass());
            withASay.add(bean);
        } else if (bean.getTypes().contains(IdentityStoreHandler.class)) {
            oursAlone &= isOfServer(bean);
            withASay.add(bean);
        }
    }

    /** Why the application must not be deployed; empty where it is clear who asks the stores. */
    public Optional<String> problem(BeanManager beans) {
        try {
            beans.resolve(beans.getBeans(IdentityStoreHandler.class));
            return Optional.empty();
        } catch (AmbiguousResolutionException several) {
            return Optional.of("GATE0215 several beans want to ask the identity stores, leave one of them: "
                    + several.getMessage());
        }
    }

    /**
     * Whether the answer about a token can only be ours: no store, handler or {@link RoleMapper} of the application, and
     * nothing put around them. In case of doubt it is not.
     */
    public boolean areOursAlone(BeanManager beans) {
        return oursAlone
                && withASay.stream().allMatch(bean -> beans.resolveDecorators(
                                bean.getTypes(), bean.getQualifiers().toArray(Annotation[]::new))
                        .isEmpty());
    }

    /** A class of the server's own, or a bean that the server's own code made. */
    private static boolean isOfServer(Bean<?> handler) {
        Class<?> declared = handler.getBeanClass();
        String maker = (declared == IdentityStoreHandler.class ? handler.getClass() : declared).getName();
        return SERVERS.stream().anyMatch(maker::startsWith);
    }
}
