package io.gatehouse.it.rules;

import io.gatehouse.authorization.AccessRule;
import io.gatehouse.authorization.ResourceCheck;
import io.gatehouse.authorization.ResourceMethod;
import io.gatehouse.refusal.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** An annotation of the application's own, whose rule refuses, and one that fails. */
@ApplicationScoped
public class FailingCheck implements ResourceCheck {

    /** What is asked. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Checked {
        String value();
    }

    @Override
    public Optional<AccessRule> ruleFor(ResourceMethod method) {
        return method.annotation(Checked.class).map(checked -> request -> answer(checked.value()));
    }

    private static Optional<Refusal> answer(String value) {
        return switch (value) {
            case "pass" -> Optional.empty();
            case "refuse" -> Optional.of(Refusal.forbidden("not today"));
            default -> throw new IllegalStateException("a defect");
        };
    }
}
