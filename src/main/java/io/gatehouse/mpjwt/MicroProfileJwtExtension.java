package io.gatehouse.mpjwt;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.jwt.ClaimLiteral;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code @Inject JsonWebToken} and {@code @Inject @Claim} work (MicroProfile JWT 2.1, "CDI Injection Requirements").
 *
 * <p>The application is not deployed if a {@code @Claim} names two different claims or none, wants a type that no claim
 * has, or would be stored with a passivating bean. The container creates the only instance and uses it in one thread.
 */
public class MicroProfileJwtExtension implements Extension {

    private final ClaimInjections claims = new ClaimInjections();
    private final LoginConfigs loginConfigs = new LoginConfigs();
    private boolean tokenIsInjected;

    /** The realm that {@code @LoginConfig} names, once all types are known; empty if there is none. */
    public Optional<String> realmName() {
        return loginConfigs.realmName();
    }

    /** Whether a token, a claim or an EJB context is injected anywhere that this extension sees, once all types are known. */
    public boolean isTokenInjected() {
        return tokenIsInjected;
    }

    <T> void seeLoginConfig(@Observes @WithAnnotations(LoginConfig.class) ProcessAnnotatedType<T> event) {
        LoginConfig config = event.getAnnotatedType().getAnnotation(LoginConfig.class);
        if (config != null) {
            loginConfigs.seen(event.getAnnotatedType().getJavaClass(), config);
        }
    }

    <T, X> void seeInjectionPoint(@Observes ProcessInjectionPoint<T, X> event) {
        Type type = event.getInjectionPoint().getType();
        Type provided = ClaimTarget.provided(type);
        if ((provided == null ? type : provided) == JsonWebToken.class) {
            tokenIsInjected = true;
        }
        ClaimInjectionPoint point = ClaimInjectionPoint.of(event.getInjectionPoint());
        if (point == null) {
            return;
        }
        tokenIsInjected = true;
        claims.asked(point);
        String problem = point.problemOfType();
        if (problem != null) {
            event.addDefinitionError(new DeploymentException(problem));
        }
    }

    <X> void seeInjectionTarget(@Observes ProcessInjectionTarget<X> event, BeanManager beanManager) {
        List<Field> contexts = EjbContexts.fields(event.getAnnotatedType().getJavaClass());
        if (!contexts.isEmpty()) {
            tokenIsInjected = true;
            event.setInjectionTarget(new EjbContexts<>(
                    event.getInjectionTarget(), contexts, () -> caller(beanManager.createInstance())));
        }
    }

    <X> void seeBean(@Observes ProcessBean<X> event, BeanManager beanManager) {
        boolean pooled = event instanceof ProcessSessionBean<?>;
        var scope = event.getBean().getScope();
        for (InjectionPoint injectionPoint : event.getBean().getInjectionPoints()) {
            ClaimInjectionPoint point = ClaimInjectionPoint.of(injectionPoint);
            if (point != null) {
                claims.askedBy(scope, beanManager.isPassivatingScope(scope), pooled, point);
            }
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        // The type alone, without Principal: CDI has a bean for that one already.
        event.<JsonWebToken>addBean()
                .id(MicroProfileJwtExtension.class.getName())
                .types(JsonWebToken.class)
                .scope(RequestScoped.class)
                .produceWith(MicroProfileJwtExtension::currentToken);
        claims.wanted().forEach((target, type) -> addClaimBean(event, target, type));
    }

    private static void addClaimBean(AfterBeanDiscovery event, ClaimTarget target, Type type) {
        event.<@Nullable Object>addBean()
                .id(MicroProfileJwtExtension.class.getName() + "/" + target)
                .types(type)
                .qualifiers(new ClaimLiteral())
                .scope(Dependent.class)
                .produceWith(MicroProfileJwtExtension::claim);
    }

    private static @Nullable Object claim(Instance<Object> instance) {
        ClaimInjectionPoint point =
                ClaimInjectionPoint.of(instance.select(InjectionPoint.class).get());
        return point == null ? null : point.read(currentToken(instance));
    }

    private static JsonWebToken currentToken(Instance<Object> instance) {
        RequestCaller told = BeanLookup.bean(RequestCaller.class, instance);
        CallerAtHand atHand = BeanLookup.bean(CallerAtHand.class, instance);
        Instance<SecurityContext> securityContext = instance.select(SecurityContext.class);
        SecurityContext container = securityContext.isResolvable() ? securityContext.get() : null;
        return new CurrentJsonWebToken(() -> caller(told, atHand, container));
    }

    private static @Nullable JsonWebToken caller(Instance<Object> instance) {
        return caller(
                BeanLookup.bean(RequestCaller.class, instance),
                BeanLookup.bean(CallerAtHand.class, instance),
                BeanLookup.optional(SecurityContext.class, instance));
    }

    /** Whom the request was let in for where the container does not know him; else whom the container knows. */
    private static @Nullable JsonWebToken caller(
            RequestCaller told, CallerAtHand atHand, @Nullable SecurityContext container) {
        Principal known = principal(told);
        Principal caller = known == null ? atHand.principal() : known;
        if (caller != null) {
            return caller instanceof JsonWebToken token ? token : null;
        }
        return container == null ? null : caller(container);
    }

    private static @Nullable Principal principal(RequestCaller requestCaller) {
        try {
            return requestCaller.principal();
        } catch (ContextNotActiveException noRequest) {
            return null;
        }
    }

    /** The caller principal; where a server shows a principal of its own, the token among those it stands for. */
    private static @Nullable JsonWebToken caller(SecurityContext securityContext) {
        Principal caller = securityContext.getCallerPrincipal();
        if (caller instanceof JsonWebToken token) {
            return token;
        }
        return caller == null
                ? null
                : securityContext.getPrincipalsByType(JsonWebToken.class).stream()
                        .findFirst()
                        .orElse(null);
    }

    void validate(@Observes AfterDeploymentValidation event) {
        claims.problems().forEach(problem -> event.addDeploymentProblem(new DeploymentException(problem)));
        claims.warn();
    }
}
