package io.gatehouse.mpjwt;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import org.eclipse.microprofile.jwt.Claim;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** An injection point that asks for a claim, and what MicroProfile JWT has to say about it. */
record ClaimInjectionPoint(Member member, Type type, Claim claim) {

    /** The injection point, or null if it has no {@code @Claim}. */
    static @Nullable ClaimInjectionPoint of(InjectionPoint point) {
        for (Annotation qualifier : point.getQualifiers()) {
            if (qualifier instanceof Claim claim) {
                return new ClaimInjectionPoint(point.getMember(), point.getType(), claim);
            }
        }
        return null;
    }

    String claimName() {
        return claim.standard() == Claims.UNKNOWN
                ? claim.value()
                : claim.standard().name();
    }

    /** The type of the bean that is injected, which for {@code Provider} and {@code Instance} is what they provide. */
    Type beanType() {
        Type provided = ClaimTarget.provided(type);
        return provided == null ? type : provided;
    }

    /** The form of the claim, or null if the type is none that a claim can have. */
    @Nullable ClaimTarget target() {
        return ClaimTarget.of(beanType());
    }

    /** What is wrong with the annotation, or null. */
    @Nullable String problemOfName() {
        if (claimName().isEmpty()) {
            return where() + " does not say which claim it wants: give @Claim a value or a standard";
        }
        if (!claim.value().isEmpty() && !claim.value().equals(claimName())) {
            return where() + " names two claims, " + claim.value() + " and " + claimName() + ": give only one of them";
        }
        return null;
    }

    /** What is wrong with the type, or null. */
    @Nullable String problemOfType() {
        return target() != null
                ? null
                : where() + " wants a claim as " + type.getTypeName() + ": use String, Long, Boolean, Set<String>,"
                        + " a jakarta.json value, an Optional or ClaimValue of these, or a Provider of any of them";
    }

    /** What is wrong with having this point in a bean of such a scope, or null. */
    @Nullable String problemOfScope(Class<? extends Annotation> scope, boolean passivating) {
        return passivating && ClaimTarget.provided(type) == null
                ? where() + " would be stored with its @" + scope.getSimpleName()
                        + " bean: claims can only be had through Provider or Instance there"
                : null;
    }

    /** Whether the value is read once and then kept by a bean that can serve other callers as well. */
    boolean outlivesItsCaller(Class<? extends Annotation> scope) {
        return readsOnce() && scope != RequestScoped.class && scope != Dependent.class;
    }

    /** Whether the value is the one of the moment of injection. */
    boolean readsOnce() {
        ClaimTarget target = target();
        return ClaimTarget.provided(type) == null && target != null && !target.claimValue();
    }

    /** What to inject: the claim, or zero or false where a primitive wants a claim that is absent. */
    @Nullable Object read(JsonWebToken token) {
        ClaimTarget target = target();
        Object value = target == null ? null : target.read(token, claimName());
        if (value == null && type == long.class) {
            return 0L;
        }
        return value == null && type == boolean.class ? false : value;
    }

    String where() {
        return member.getDeclaringClass().getName() + "." + member.getName();
    }
}
