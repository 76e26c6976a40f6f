package io.gatehouse.config;

import static io.gatehouse.refusal.RefusalCode.ALGORITHM;
import static io.gatehouse.refusal.RefusalCode.AUDIENCE;
import static io.gatehouse.refusal.RefusalCode.CALLER_NAME;
import static io.gatehouse.refusal.RefusalCode.CLAIM_MALFORMED;
import static io.gatehouse.refusal.RefusalCode.CLAIM_MISSING;
import static io.gatehouse.refusal.RefusalCode.CLAIM_VALUE;
import static io.gatehouse.refusal.RefusalCode.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.refusal.RefusalCode.ENCRYPTION_REQUIRED;
import static io.gatehouse.refusal.RefusalCode.EXPIRATION;
import static io.gatehouse.refusal.RefusalCode.EXPIRED;
import static io.gatehouse.refusal.RefusalCode.HEADER;
import static io.gatehouse.refusal.RefusalCode.ISSUED_AT;
import static io.gatehouse.refusal.RefusalCode.ISSUER;
import static io.gatehouse.refusal.RefusalCode.ISSUER_UNAVAILABLE;
import static io.gatehouse.refusal.RefusalCode.KEY;
import static io.gatehouse.refusal.RefusalCode.MALFORMED;
import static io.gatehouse.refusal.RefusalCode.NOT_ACTIVE;
import static io.gatehouse.refusal.RefusalCode.NOT_DECRYPTABLE;
import static io.gatehouse.refusal.RefusalCode.NOT_YET_VALID;
import static io.gatehouse.refusal.RefusalCode.SENDER_CONSTRAINED;
import static io.gatehouse.refusal.RefusalCode.SIGNATURE;
import static io.gatehouse.refusal.RefusalCode.TOKEN_SCOPE;
import static io.gatehouse.refusal.RefusalCode.TOO_LONG;
import static io.gatehouse.refusal.RefusalCode.TOO_OLD;
import static io.gatehouse.refusal.RefusalCode.TYPE;

import io.gatehouse.refusal.RefusalCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a signed token is looked at for, in the order of looking. */
enum TokenCheck {
    LENGTH("length", false, TOO_LONG),
    ENCRYPTED("encryption", false, ENCRYPTION_REQUIRED, ENCRYPTION_NOT_ACCEPTED, NOT_DECRYPTABLE),
    SHAPE("shape", false, MALFORMED),
    PARAMETERS("header", false, HEADER),
    ISSUED_BY("issuer", false, ISSUER),
    KIND("type", false, TYPE),
    PROTECTION("algorithm", false, ALGORITHM),
    SENDER("sender", true, SENDER_CONSTRAINED),
    SCOPE("scope", true, TOKEN_SCOPE),
    MEANT_FOR("audience", true, AUDIENCE),
    END("expiration time", true, EXPIRATION, EXPIRED),
    BEGINNING("not before", true, NOT_YET_VALID, CLAIM_MALFORMED),
    ISSUED("issue time", true, ISSUED_AT),
    AGE("age", true, TOO_OLD),
    CALLER("caller's name", true, CALLER_NAME),
    CLAIMS("required claims", true, CLAIM_MISSING, CLAIM_VALUE),
    KEY_OF_ISSUER("key", false, KEY, ISSUER_UNAVAILABLE),
    SEAL("signature", false, SIGNATURE),
    ALIVE("active at the issuer", false, NOT_ACTIVE);

    private final String title;
    private final boolean ofClaims;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<RefusalCode> codes;

    TokenCheck(String title, boolean ofClaims, RefusalCode... codes) {
        this.title = title;
        this.ofClaims = ofClaims;
        this.codes = Set.of(codes);
    }

    String title() {
        return title;
    }

    /** Whether it is about claims, which are looked at together. */
    boolean isOfClaims() {
        return ofClaims;
    }

    Set<RefusalCode> codes() {
        return codes;
    }

    static Optional<TokenCheck> of(RefusalCode code) {
        return Arrays.stream(values())
                .filter(check -> check.codes.contains(code))
                .findFirst();
    }
}
