package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBContext;
import jakarta.ejb.SessionContext;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class EjbContextsTest {

    private final Principal serversOwn = () -> "alice";
    private JsonWebToken caller = Tokens.with();
    private Principal shown = serversOwn;

    /** What a server adds to the standard's context. */
    public interface ServersContext {
        String serverSpecific();
    }

    static class Base {
        EJBContext inherited;
    }

    static class Bean extends Base {
        static SessionContext shared;

        private SessionContext session;
        private String other = "other";
    }

    private final SessionContext serversContext = (SessionContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SessionContext.class, ServersContext.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getCallerPrincipal" -> shown;
                case "isCallerInRole" -> arguments[0].equals("user");
                case "serverSpecific" -> "specific";
                default -> throw new IllegalStateException("not now");
            });

    private Bean injected() {
        Bean bean = new Bean();
        new EjbContexts<>(new ServersInjection(), EjbContexts.fields(Bean.class), () -> caller).inject(bean, null);
        return bean;
    }

    @Test
    void findsTheContextsOfABeanAndOfWhatItExtends() {
        assertThat(EjbContexts.fields(Bean.class)).extracting(Field::getName).containsExactly("session", "inherited");
        assertThat(EjbContexts.fields(String.class)).isEmpty();
    }

    @Test
    void showsTheTokenWhereTheServerShowsItsOwnPrincipal() {
        Bean bean = injected();

        assertThat(bean.session.getCallerPrincipal()).isSameAs(caller);
        assertThat(bean.inherited.getCallerPrincipal()).isSameAs(caller);
    }

    @Test
    void showsTheServersPrincipalWhereItNamesAnother() {
        shown = () -> "batch";

        assertThat(injected().session.getCallerPrincipal()).isSameAs(shown);
    }

    @Test
    void showsTheServersPrincipalToCallersWithoutAToken() {
        caller = null;

        assertThat(injected().session.getCallerPrincipal()).isSameAs(serversOwn);
    }

    @Test
    void leavesEverythingElseToTheServer() {
        SessionContext session = injected().session;

        assertThat(session.isCallerInRole("user")).isTrue();
        assertThat(session.isCallerInRole("admin")).isFalse();
        assertThat(((ServersContext) session).serverSpecific()).isEqualTo("specific");
        assertThatThrownBy(session::getRollbackOnly).isInstanceOf(IllegalStateException.class);
    }

    /** Injects as a server does: the contexts and nothing else. */
    private final class ServersInjection implements InjectionTarget<Bean> {

        @Override
        public void inject(Bean bean, CreationalContext<Bean> context) {
            bean.session = serversContext;
            bean.inherited = serversContext;
        }

        @Override
        public void postConstruct(Bean bean) {}

        @Override
        public void preDestroy(Bean bean) {}

        @Override
        public Bean produce(CreationalContext<Bean> context) {
            return new Bean();
        }

        @Override
        public void dispose(Bean bean) {}

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
