package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.util.List;
import java.util.Set;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

class ApplicationBeansTest {

    private static List<String> roles(ApplicationBeans<RoleMapper> beans) {
        return beans.get().stream()
                .flatMap(mapper -> mapper.roles(null).stream())
                .sorted()
                .toList();
    }

    @Test
    void areAllOfTheTypeAndMadeOnce() {
        Weld weld = new Weld().disableDiscovery().addBeanClasses(Shared.class, PerUse.class);
        try (WeldContainer container = weld.initialize()) {
            ApplicationBeans<RoleMapper> beans = new ApplicationBeans<>(mappers(container));

            assertThat(roles(beans)).containsExactly("per use", "shared");
            assertThat(beans.get()).isSameAs(beans.get());
        }
    }

    @Test
    void mayBeNone() {
        Weld weld = new Weld().disableDiscovery().addBeanClass(String.class);
        try (WeldContainer container = weld.initialize()) {
            assertThat(new ApplicationBeans<>(mappers(container)).get()).isEmpty();
        }
    }

    @Test
    void areTriedAgainWhereOneCannotBeMade() {
        Weld weld = new Weld().disableDiscovery().addBeanClass(Late.class);
        try (WeldContainer container = weld.initialize()) {
            ApplicationBeans<RoleMapper> beans = new ApplicationBeans<>(mappers(container));

            System.setProperty(Late.READY, "false");
            assertThatThrownBy(beans::get).isInstanceOf(RuntimeException.class);
            System.setProperty(Late.READY, "true");
            assertThat(roles(beans)).containsExactly("late");
        } finally {
            System.clearProperty(Late.READY);
        }
    }

    private static Instance<RoleMapper> mappers(WeldContainer container) {
        return container.select(new TypeLiteral<RoleMapper>() {});
    }

    @ApplicationScoped
    public static class Shared implements RoleMapper {
        @Override
        public Set<String> roles(ValidatedToken token) {
            return Set.of("shared");
        }
    }

    @Dependent
    public static class PerUse implements RoleMapper {
        @Override
        public Set<String> roles(ValidatedToken token) {
            return Set.of("per use");
        }
    }

    @Dependent
    public static class Late implements RoleMapper {

        static final String READY = "io.gatehouse.test.late";

        public Late() {
            if (!Boolean.getBoolean(READY)) {
                throw new IllegalStateException("not yet");
            }
        }

        @Override
        public Set<String> roles(ValidatedToken token) {
            return Set.of("late");
        }
    }
}
