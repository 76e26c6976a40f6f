package io.gatehouse.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class where a program is absent, and says so; where the environment variable {@code CI} is set, the class
 * fails instead, or nobody would notice. To be written above other extensions.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
@interface Needs {

    Program value();

    /** Asked before anything of the class is initialised. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Program program =
                    context.getRequiredTestClass().getAnnotation(Needs.class).value();
            if (program.isInstalled()) {
                return ConditionEvaluationResult.enabled(program + " is there");
            }
            String reason = program + " is not there";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason + ", and CI has to have it");
            }
            System.out.println("Skipped " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
