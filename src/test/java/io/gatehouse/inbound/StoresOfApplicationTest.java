package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.testing.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

class StoresOfApplicationTest {

    private static AuthenticationMode mode = AuthenticationMode.AUTO;

    private static void deploy(Consumer<IdentityStoreHandler> test, Class<?>... beans) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addBeanClasses(StoresOfApplication.class, Mode.class, Store.class)
                .addBeanClasses(beans);
        try (WeldContainer container = weld.initialize()) {
            test.accept(container.select(StoresOfApplication.class).get().handler());
        }
    }

    private static String answer(IdentityStoreHandler handler) {
        CredentialValidationResult result = handler.validate(new UsernamePasswordCredential("alice", "secret"));
        return result.getCallerPrincipal().getName();
    }

    @Test
    void areAskedByGatehouseWhereNobodyElseDoes() {
        mode = AuthenticationMode.AUTO;
        try (CapturedLog log = new CapturedLog(StoresOfApplication.class)) {
            deploy(handler -> assertThat(answer(handler)).isEqualTo("alice of the store"));
            assertThat(log.messages(Level.INFO)).singleElement().asString().startsWith("GATE0213");
        }
    }

    @Test
    void areAskedInVainWhereTheContainerIsToSayWhoCalls() {
        mode = AuthenticationMode.CONTAINER;
        try (CapturedLog log = new CapturedLog(StoresOfApplication.class)) {
            deploy(handler -> assertThat(handler).isInstanceOf(StoresInOrder.class));
            assertThat(log.messages(Level.WARNING)).singleElement().asString().startsWith("GATE0214");
        }
    }

    @Test
    void areAskedByWhomeverTheServerOrTheApplicationHas() {
        try (CapturedLog log = new CapturedLog(StoresOfApplication.class)) {
            deploy(handler -> assertThat(answer(handler)).isEqualTo("alice of the handler"), Handler.class);
            assertThat(log.everything()).isEmpty();
        }
    }

    @ApplicationScoped
    static class Mode {
        @Produces
        AuthenticationMode mode() {
            return mode;
        }
    }

    @ApplicationScoped
    static class Store implements IdentityStore {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            return new CredentialValidationResult("alice of the store", Set.of());
        }
    }

    @ApplicationScoped
    static class Handler implements IdentityStoreHandler {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            return new CredentialValidationResult("alice of the handler", Set.of());
        }
    }
}
