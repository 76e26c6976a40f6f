package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.testing.Fakes;
import jakarta.ejb.SessionContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.jwt.Claim;
import org.eclipse.microprofile.jwt.ClaimValue;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroProfileJwtExtensionTest {

    private static void deploy(Consumer<WeldContainer> test, Class<?>... beans) {
        deploy(new MicroProfileJwtExtension(), test, beans);
    }

    private static void deploy(MicroProfileJwtExtension extension, Consumer<WeldContainer> test, Class<?>... beans) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtension(extension)
                .addBeanClass(FakeRequest.class)
                .addBeanClass(FakeSecurityContext.class)
                .addBeanClasses(beans)
                .addBeanClass(RequestCaller.class);
        try (WeldContainer container = weld.initialize()) {
            test.accept(container);
        }
    }

    private static void deployWithoutContainer(Consumer<WeldContainer> test, Class<?>... beans) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtension(new MicroProfileJwtExtension())
                .addBeanClasses(FakeRequest.class, RequestCaller.class)
                .addBeanClasses(beans);
        try (WeldContainer container = weld.initialize()) {
            RequestContextController request =
                    container.select(RequestContextController.class).get();
            request.activate();
            test.accept(container);
            request.deactivate();
        }
    }

    private static void callAs(WeldContainer container, Principal caller, Runnable call) {
        RequestContextController request =
                container.select(RequestContextController.class).get();
        request.activate();
        try {
            container.select(FakeSecurityContext.class).get().login(caller, null);
            call.run();
        } finally {
            request.deactivate();
        }
    }

    @Nested
    class Injects {

        @Test
        void theTokenOfEachCallerIntoABeanThatServesThemAll() {
            deploy(
                    container -> {
                        Shared shared = container.select(Shared.class).get();
                        callAs(container, Tokens.with(), () -> {
                            assertThat(shared.token().getName()).isEqualTo("alice");
                            assertThat(shared.live().getValue()).isEqualTo(Tokens.RAW);
                            assertThat(shared.provided()).isEqualTo(Tokens.RAW);
                        });
                        callAs(container, CallerJsonWebToken.of(Tokens.validated("second"), Set.of()), () -> {
                            assertThat(shared.token().getRawToken()).isEqualTo("second");
                            assertThat(shared.live().getValue()).isEqualTo("second");
                            assertThat(shared.provided()).isEqualTo("second");
                        });
                        callAs(container, null, () -> {
                            assertThat(shared.token().getName()).isNull();
                            assertThat(shared.live().getValue()).isNull();
                            assertThat(shared.provided()).isNull();
                        });
                    },
                    Shared.class);
        }

        @Test
        void whatTheExtensionCannotSeeFromItsOwnBeanArchive() {
            Instance<?> nothing = Fakes.of(Instance.class, Map.of("isResolvable", arguments -> false));
            @SuppressWarnings("unchecked")
            Instance<Object> blind = Fakes.of(Instance.class, Map.of("select", arguments -> nothing));

            deploy(container -> callAs(container, Tokens.with(), () -> {
                RequestCaller found = BeanLookup.bean(RequestCaller.class, blind);
                found.set(() -> "alice");
                assertThat(container
                                .select(RequestCaller.class)
                                .get()
                                .principal()
                                .getName())
                        .isEqualTo("alice");
            }));
        }

        @Test
        void theTokenOfWhomTheRequestWasLetInForAndTheContainerDoesNotKnow() {
            deploy(
                    container -> callAs(container, () -> "another", () -> {
                        Shared shared = container.select(Shared.class).get();
                        container.select(FakeRequest.class).get().letIn(Tokens.with());
                        assertThat(shared.token().getRawToken()).isEqualTo(Tokens.RAW);

                        container
                                .select(RequestCaller.class)
                                .get()
                                .set(CallerJsonWebToken.of(Tokens.validated("told"), Set.of()));
                        assertThat(shared.token().getRawToken()).isEqualTo("told");
                    }),
                    Shared.class);
        }

        @Test
        void noTokenWhereTheRequestWasLetInForSomebodyWithoutOne() {
            deploy(
                    container -> callAs(container, Tokens.with(), () -> {
                        container.select(FakeRequest.class).get().letIn(() -> "dev");
                        assertThat(container.select(Shared.class).get().token().getRawToken())
                                .isNull();
                    }),
                    Shared.class);
        }

        @ParameterizedTest
        @ValueSource(classes = {TokenAlone.class, ProvidedToken.class, SameNames.class, ProviderInSession.class})
        void intoBeansThatAskForIt(Class<?> bean) {
            MicroProfileJwtExtension extension = new MicroProfileJwtExtension();
            deploy(
                    extension,
                    container -> assertThat(extension.isTokenInjected()).isTrue(),
                    bean);
        }

        @Test
        void nothingIntoBeansThatDoNot() {
            MicroProfileJwtExtension extension = new MicroProfileJwtExtension();
            deploy(
                    extension,
                    container -> assertThat(extension.isTokenInjected()).isFalse(),
                    OrdersApplication.class);
        }

        @Test
        void theTokenWhereTheServerHasNoJakartaSecurity() {
            deployWithoutContainer(
                    container -> {
                        FakeRequest request =
                                container.select(FakeRequest.class).get();
                        request.letIn(Tokens.with());
                        JsonWebToken token =
                                container.select(Shared.class).get().token();
                        assertThat(token.getRawToken()).isEqualTo(Tokens.RAW);
                        request.letIn(null);
                        assertThat(token.getRawToken()).isNull();
                    },
                    Shared.class);
        }

        @Test
        void theServersPrincipalIntoAnEjbContextWhereNobodyKnowsMore() {
            deployWithoutContainer(
                    container -> {
                        EnterpriseBean bean =
                                container.select(EnterpriseBean.class).get();
                        assertThat(bean.caller().getName()).isEqualTo("alice@example.com");
                    },
                    EnterpriseBean.class,
                    EnterpriseContainer.class);
        }

        @Test
        void theTokenAlsoWhereTheServerShowsAPrincipalOfItsOwn() {
            deploy(
                    container -> callAs(container, () -> "server's own", () -> {
                        container.select(FakeSecurityContext.class).get().login(() -> "server's own", Tokens.with());
                        assertThat(container.select(JsonWebToken.class).get().getRawToken())
                                .isEqualTo(Tokens.RAW);
                    }),
                    Shared.class);
        }

        @Test
        void claimsInEveryForm() {
            deploy(
                    container -> callAs(
                            container,
                            Tokens.with("\"aud\":\"api\"", "\"sub\":\"42\"", "\"active\":true"),
                            () -> container.select(Forms.class).get().check()),
                    Forms.class);
        }

        @Test
        void nothingWhereTheClaimIsAbsent() {
            deploy(
                    container -> callAs(container, Tokens.with(), () -> {
                        Forms forms = container.select(Forms.class).get();
                        assertThat(forms.flag()).isFalse();
                        assertThat(forms.number()).isZero();
                        assertThat(forms.audiences()).isNull();
                    }),
                    Forms.class);
        }

        @Test
        void claimsIntoConstructorsAndMethods() {
            deploy(
                    container -> callAs(container, Tokens.with(), () -> {
                        Constructed bean = container.select(Constructed.class).get();
                        assertThat(bean.issuer).isEqualTo("https://issuer.example");
                        assertThat(bean.name).isEqualTo("alice");
                    }),
                    Constructed.class);
        }

        @Test
        void nothingThatCompetesWithThePrincipalOfCdi() {
            deploy(
                    container -> assertThat(container
                                    .select(Principal.class)
                                    .handlesStream()
                                    .map(handle -> handle.getBean().getBeanClass())
                                    .map(Class::getName))
                            .noneMatch(name -> name.startsWith("io.gatehouse")),
                    Shared.class);
        }
    }

    @Nested
    class RefusesToDeploy {

        @Test
        void aClaimThatIsNamedTwiceAndDifferently() {
            assertThatThrownBy(() -> deploy(container -> {}, TwoNames.class))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("TwoNames.time names two claims, exp and iat");
        }

        @Test
        void aClaimWithoutAName() {
            assertThatThrownBy(() -> deploy(container -> {}, NoName.class))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("does not say which claim");
        }

        @Test
        void aClaimThatWouldBeStoredInASession() {
            assertThatThrownBy(() -> deploy(container -> {}, InSession.class))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("InSession.name would be stored with its @SessionScoped bean");
        }

        @Test
        void aClaimValueThatWouldBeStoredInASession() {
            assertThatThrownBy(() -> deploy(container -> {}, ClaimValueInSession.class))
                    .isInstanceOf(DeploymentException.class);
        }

        @Test
        void aTypeThatNoClaimHas() {
            assertThatThrownBy(() -> deploy(container -> {}, OddType.class))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContaining("OddType.number wants a claim as java.lang.Integer");
        }
    }

    @Nested
    class Deploys {

        @Test
        void aClaimThatIsNamedTwiceAlike() {
            deploy(
                    container -> callAs(container, Tokens.with(), () -> assertThat(
                                    container.select(SameNames.class).get().time)
                            .isEqualTo(1_800_000_300L)),
                    SameNames.class);
        }

        @Test
        void aProviderInASession() {
            deploy(container -> {}, ProviderInSession.class);
        }

        @Test
        void aRawClaimInABeanOfTheApplication() {
            deploy(container -> {}, RawInApplication.class);
        }
    }

    @Nested
    class LoginConfiguration {

        @Test
        void namesTheRealm() {
            deploy(
                    container -> assertThat(container
                                    .getBeanManager()
                                    .getExtension(MicroProfileJwtExtension.class)
                                    .realmName())
                            .contains("orders"),
                    OrdersApplication.class);
        }

        @Test
        void isOptional() {
            assertThat(new MicroProfileJwtExtension().realmName()).isEmpty();
        }

        @Test
        void namesNoRealmWhereTwoAreNamed() {
            LoginConfigs configs = new LoginConfigs();
            configs.seen(OrdersApplication.class, OrdersApplication.class.getAnnotation(LoginConfig.class));
            configs.seen(BillsApplication.class, BillsApplication.class.getAnnotation(LoginConfig.class));

            assertThat(configs.realmName()).isEmpty();
        }
    }

    @ApplicationScoped
    static class Shared {
        @Inject
        JsonWebToken token;

        @Inject
        @Claim(standard = Claims.raw_token)
        ClaimValue<String> live;

        @Inject
        @Claim("raw_token")
        Provider<String> provided;

        JsonWebToken token() {
            return token;
        }

        ClaimValue<String> live() {
            return live;
        }

        String provided() {
            return provided.get();
        }
    }

    @RequestScoped
    static class Forms {
        @Inject
        @Claim("exp")
        long primitive;

        @Inject
        @Claim("exp")
        Long wrapped;

        @Inject
        @Claim("active")
        boolean flag;

        @Inject
        @Claim("aud")
        Set<String> audiences;

        @Inject
        @Claim("sub")
        Optional<String> subject;

        @Inject
        @Claim("absent")
        ClaimValue<Optional<Long>> absent;

        @Inject
        @Claim("upn")
        @SuppressWarnings("rawtypes")
        ClaimValue raw;

        @Inject
        @Claim("upn")
        JsonString json;

        @Inject
        @Claim("iat")
        Instance<Long> instance;

        @Inject
        @Claim("iat")
        Provider<JsonNumber> provider;

        @Inject
        @Claim("sub")
        Provider<Optional<String>> providedOptional;

        @Inject
        @Claim("absent")
        long number;

        long number() {
            return number;
        }

        boolean flag() {
            return flag;
        }

        Set<String> audiences() {
            return audiences;
        }

        void check() {
            assertThat(primitive).isEqualTo(1_800_000_300L);
            assertThat(wrapped).isEqualTo(1_800_000_300L);
            assertThat(flag).isTrue();
            assertThat(audiences).containsExactly("api");
            assertThat(subject).contains("42");
            assertThat(absent.getValue()).isEmpty();
            assertThat(raw.getValue()).isEqualTo("alice");
            assertThat(json.getString()).isEqualTo("alice");
            assertThat(instance.get()).isEqualTo(1_799_999_990L);
            assertThat(provider.get().longValueExact()).isEqualTo(1_799_999_990L);
            assertThat(providedOptional.get()).contains("42");
        }
    }

    @Dependent
    static class Constructed {
        final String issuer;
        String name;

        @Inject
        Constructed(@Claim(standard = Claims.iss) String issuer) {
            this.issuer = issuer;
        }

        @Inject
        void initialize(@Claim("upn") String name) {
            this.name = name;
        }
    }

    @RequestScoped
    static class TwoNames {
        @Inject
        @Claim(value = "exp", standard = Claims.iat)
        Long time;
    }

    @Dependent
    static class SameNames {
        @Inject
        @Claim(value = "exp", standard = Claims.exp)
        Long time;
    }

    @RequestScoped
    static class NoName {
        @Inject
        @Claim
        String name;
    }

    @SessionScoped
    static class InSession implements Serializable {
        @Inject
        @Claim("upn")
        String name;
    }

    @SessionScoped
    static class ClaimValueInSession implements Serializable {
        @Inject
        @Claim("upn")
        ClaimValue<String> name;
    }

    @SessionScoped
    static class ProviderInSession implements Serializable {
        @Inject
        @Claim("upn")
        Provider<String> name;
    }

    @RequestScoped
    static class OddType {
        @Inject
        @Claim("exp")
        Integer number;
    }

    @ApplicationScoped
    static class RawInApplication {
        @Inject
        @Claim("upn")
        String name;
    }

    @Dependent
    @LoginConfig(authMethod = "MP-JWT", realmName = "orders")
    static class OrdersApplication {}

    @LoginConfig(authMethod = "BASIC", realmName = "bills")
    static class BillsApplication {}

    @ApplicationScoped
    static class EnterpriseBean {
        @Inject
        SessionContext context;

        Principal caller() {
            return context.getCallerPrincipal();
        }
    }

    @ApplicationScoped
    static class EnterpriseContainer {
        @Produces
        SessionContext context() {
            Principal ofServer = () -> "alice@example.com";
            return Fakes.of(SessionContext.class, Map.of("getCallerPrincipal", nothing -> ofServer));
        }
    }

    @ApplicationScoped
    static class TokenAlone {
        @Inject
        JsonWebToken token;
    }

    @ApplicationScoped
    static class ProvidedToken {
        @Inject
        Provider<JsonWebToken> token;
    }

    @ApplicationScoped
    static class FakeRequest implements CallerAtHand {

        private Principal caller;

        void letIn(Principal letIn) {
            caller = letIn;
        }

        @Override
        public Principal principal() {
            return caller;
        }
    }

    @RequestScoped
    static class FakeSecurityContext implements SecurityContext {

        private Principal caller;
        private Principal further;

        void login(Principal caller, Principal further) {
            this.caller = caller;
            this.further = further;
        }

        @Override
        public Principal getCallerPrincipal() {
            return caller;
        }

        @Override
        public <T extends Principal> Set<T> getPrincipalsByType(Class<T> type) {
            return type.isInstance(further) ? Set.of(type.cast(further)) : Set.of();
        }

        @Override
        public boolean isCallerInRole(String role) {
            return false;
        }

        @Override
        public boolean hasAccessToWebResource(String resource, String... methods) {
            return false;
        }

        @Override
        public AuthenticationStatus authenticate(
                HttpServletRequest request, HttpServletResponse response, AuthenticationParameters parameters) {
            return AuthenticationStatus.NOT_DONE;
        }
    }
}
