package io.gatehouse.mpjwt;

import io.gatehouse.log.ApplicationLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All claims that the application asks for: which beans they need, and which of them the application cannot be deployed
 * with.
 *
 * <p>Used by one thread, while the application is deployed.
 */
final class ClaimInjections {

    private static final Logger LOG = ApplicationLog.of(ClaimInjections.class);
    private static final String KEPT =
            "GATE0501 {0} is read once, and then serves whoever calls: inject a ClaimValue or"
                    + " a Provider, or make its bean @RequestScoped";

    private final Map<ClaimTarget, Type> wanted = new LinkedHashMap<>();
    private final Map<Member, ClaimInjectionPoint> readOnce = new LinkedHashMap<>();
    private final Set<Member> shortLived = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes note of a point, wherever it is: in a bean, a servlet or a filter. */
    void asked(ClaimInjectionPoint point) {
        String problem = point.problemOfName();
        if (problem != null) {
            problems.add(problem);
        }
        ClaimTarget target = point.target();
        if (target != null) {
            wanted.putIfAbsent(target, point.beanType());
        }
        if (point.readsOnce()) {
            readOnce.put(point.member(), point);
        }
    }

    /** Takes note of the bean around a point. */
    void askedBy(Class<? extends Annotation> scope, boolean passivating, boolean pooled, ClaimInjectionPoint point) {
        String problem = point.problemOfScope(scope, passivating);
        if (problem != null) {
            problems.add(problem);
        }
        if (!pooled && !point.outlivesItsCaller(scope)) {
            shortLived.add(point.member());
        }
    }

    /** One type for each form in which claims are wanted. */
    Map<ClaimTarget, Type> wanted() {
        return wanted;
    }

    /** Why the application must not be deployed; empty if nothing is wrong. */
    Collection<String> problems() {
        return problems;
    }

    /** Says which points will show one caller's claim to others: MicroProfile JWT allows them, and suggests a warning. */
    void warn() {
        readOnce.forEach((member, point) -> {
            if (!shortLived.contains(member)) {
                LOG.log(Level.WARNING, KEPT, point.where());
            }
        });
    }
}
