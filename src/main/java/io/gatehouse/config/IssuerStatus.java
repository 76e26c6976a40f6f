package io.gatehouse.config;

import io.gatehouse.introspection.IntrospectionStatus;
import io.gatehouse.keys.KeySetStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one issuer is doing, at one moment: for whoever reports on the application's health.
 *
 * @param keySets each set once, ordered by location; none where the keys stand in the configuration, or are not used
 * @param templates one summary for each identifier that is a template with keys per issuer: there may be a thousand
 *     sets
 * @param keysTrustedSince keys that were fetched before this are too old to be used
 * @param introspection null where the issuer is never asked
 */
record IssuerStatus(
        String name,
        ValidationMode mode,
        List<KeySetStatus> keySets,
        List<Template> templates,
        Instant keysTrustedSince,
        @Nullable IntrospectionStatus introspection) {
    IssuerStatus {
        keySets = List.copyOf(keySets);
        templates = List.copyOf(templates);
    }

    /**
     * The sets of the issuers that one template has taken.
     *
     * @param keySets how many there are
     * @param outOfReach how many of them could not be read at the last attempt
     */
    record Template(String identifier, int keySets, int outOfReach) {}

    /** How well the keys of the issuer can be used. */
    enum Keys {
        /** As they should be, or not wanted yet. */
        OK,
        /** Some could not be read at the last attempt: those known stay in use. */
        KEPT,
        /** Some could not be read, and there are none from before that may be used: tokens get 503. */
        MISSING
    }

    Keys keys() {
        List<KeySetStatus> outOfReach =
                keySets.stream().filter(keys -> !keys.withinReach()).toList();
        if (outOfReach.stream().anyMatch(this::isMissing)) {
            return Keys.MISSING;
        }
        boolean kept = !outOfReach.isEmpty() || templates.stream().anyMatch(template -> template.outOfReach() > 0);
        return kept ? Keys.KEPT : Keys.OK;
    }

    private boolean isMissing(KeySetStatus keys) {
        Instant fetched = keys.lastSuccessAt();
        return keys.keys() == 0 || fetched == null || fetched.isBefore(keysTrustedSince);
    }

    int keySetsOutOfReach() {
        long few = keySets.stream().filter(keys -> !keys.withinReach()).count();
        return (int) few + templates.stream().mapToInt(Template::outOfReach).sum();
    }

    /** When the attempt started that brought the fetched set that is oldest now; empty before the first. */
    Optional<Instant> oldestFetch() {
        return keySets.stream()
                .filter(keys -> !"file".equals(keys.location().getScheme()))
                .map(KeySetStatus::lastSuccessAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }
}
