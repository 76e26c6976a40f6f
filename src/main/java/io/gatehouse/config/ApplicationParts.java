package io.gatehouse.config;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.outbound.TokenStorage;
import io.gatehouse.token.ValidatedToken;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the application around us gives to our parts, each looked for when it is needed.
 *
 * @param audit who is told of every decision about a token
 * @param caller the token of whoever's request is under way
 * @param storage the application's own for tokens, where it has one
 * @param measurements where figures go
 * @param storesAreOurs whether nobody but us has a say in who a caller is
 */
record ApplicationParts(
        AuditTrail audit,
        Supplier<Optional<ValidatedToken>> caller,
        Supplier<Optional<TokenStorage>> storage,
        Measurements measurements,
        boolean storesAreOurs) {

    /** No application: nobody is told, nobody calls. */
    static ApplicationParts none() {
        return new ApplicationParts(AuditTrail.none(), Optional::empty, Optional::empty, Measurements.none(), false);
    }
}
