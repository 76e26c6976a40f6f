package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gatehouse.testing.Fakes;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GatehouseServletContainerInitializerTest {

    private final List<Object> calls = new ArrayList<>();
    private final FilterRegistration.Dynamic registration = Fakes.of(
            FilterRegistration.Dynamic.class,
            Map.of(
                    "setAsyncSupported", this::note,
                    "addMappingForUrlPatterns", this::note));

    private Object note(Object... arguments) {
        calls.add(arguments);
        return null;
    }

    private static void start(FilterRegistration.Dynamic answer) {
        ServletContext context = Fakes.of(
                ServletContext.class,
                Map.of("addFilter", arguments -> answer, "getServerInfo", nothing -> "another server"));
        new GatehouseServletContainerInitializer().onStartup(null, context);
    }

    private static Set<String> declared(Class<?>... annotated) {
        Set<String> roles = new TreeSet<>();
        ServletContext context = Fakes.of(
                ServletContext.class,
                Map.of(
                        "addFilter",
                        nothing -> null,
                        "getServerInfo",
                        nothing -> "another server",
                        "declareRoles",
                        arguments -> roles.addAll(List.of((String[]) arguments[0]))));
        new GatehouseServletContainerInitializer().onStartup(Set.of(annotated), context);
        return roles;
    }

    @RolesAllowed("clerk")
    @DeclareRoles("auditor")
    private static final class Orders {

        @RolesAllowed({"manager", "**", ""})
        void all() {}
    }

    @DeclareRoles({"guest", "clerk"})
    private static final class Gate {}

    @Test
    void declaresTheRolesThatTypesAndMethodsNameButNotThatOfEverybody() {
        assertThat(declared(Orders.class, Gate.class)).containsExactly("auditor", "clerk", "guest", "manager");
    }

    @Test
    void declaresNothingWhereNothingIsAnnotated() {
        assertThat(declared(String.class)).isEmpty();
    }

    @Test
    void putsItsFiltersBeforeAllOthersButWhoAmIBehindThem() {
        start(registration);

        assertThat(calls).hasSize(8);
        assertThat((Object[]) calls.get(0)).containsExactly(true);
        assertThat((Object[]) calls.get(1))
                .containsExactly(EnumSet.of(DispatcherType.REQUEST), false, new String[] {"/*"});
        assertThat((Object[]) calls.get(3)).containsExactly(EnumSet.of(DispatcherType.REQUEST), false, new String[] {
            "/.well-known/oauth-protected-resource"
        });
        assertThat((Object[]) calls.get(5))
                .containsExactly(EnumSet.of(DispatcherType.REQUEST), false, new String[] {"/*"});
        assertThat((Object[]) calls.get(6)).containsExactly(true);
        assertThat((Object[]) calls.get(7))
                .containsExactly(EnumSet.of(DispatcherType.REQUEST), true, new String[] {"/*"});
    }

    @Test
    void isContentWhereTheFilterIsThereAlready() {
        assertThatCode(() -> start(null)).doesNotThrowAnyException();
    }
}
