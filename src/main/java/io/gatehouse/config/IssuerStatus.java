package io.gatehouse.config;

import io.gatehouse.keys.KeySetStatus;
import java.util.List;

/**
 * How the keys of one issuer are doing, at one moment: for whoever reports on the application's health.
 *
 * @param keySets each set once, ordered by location; none where the keys stand in the configuration, or are not used
 * @param templates one summary for each identifier that is a template with keys per issuer: there may be a thousand
 *     sets
 */
record IssuerStatus(String name, ValidationMode mode, List<KeySetStatus> keySets, List<Template> templates) {
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
}
