package io.gatehouse.config;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What there is to say about the keys of one issuer. For one thread; it may wait for the issuer. */
final class KeysDiagnosis {

    private static final int MOST_KEYS = 10;

    private final String subject;
    private final LocalValidation local;
    private final String algorithmsProperty;

    KeysDiagnosis(String issuerSubject, LocalValidation local, String algorithmsProperty) {
        this.subject = issuerSubject + ", keys";
        this.local = local;
        this.algorithmsProperty = algorithmsProperty;
    }

    List<Finding> of(VerificationKeys keys) {
        KeyLookup lookup = keys.lookup(null);
        Optional<KeySetStatus> status = KeySetStatus.of(keys);
        String place = status.map(known -> known.location().toString()).orElse("the key in " + local.keysProperty());
        List<Finding> findings = new ArrayList<>();
        if (lookup instanceof KeyLookup.Found found) {
            findings.add(Finding.good(subject, place + ": " + describe(found.keys()) + readAt(status)));
            status.filter(known -> !known.withinReach())
                    .ifPresent(known -> findings.add(Finding.note(
                            subject,
                            place + ": " + known.lastError() + "; those known stay in use for a while",
                            ServerTrouble.remedy(String.valueOf(known.lastError()), local.keysProperty()))));
            withoutKey(found.keys()).ifPresent(findings::add);
        } else {
            String problem = status.map(KeySetStatus::lastError).orElse("there is no key that can be used");
            String remedy = problem.contains("no usable key") && problem.contains("configured")
                    ? "see " + algorithmsProperty + ": no key of the issuer is for what it admits"
                    : ServerTrouble.remedy(problem, local.keysProperty());
            findings.add(Finding.bad(subject, place + ": " + problem, remedy));
        }
        status.map(KeySetStatus::skipped).stream()
                .flatMap(Collection::stream)
                .map(this::skipped)
                .forEach(findings::add);
        status.map(KeySetStatus::remarks).stream()
                .flatMap(Collection::stream)
                .map(remark -> Finding.note(
                        subject,
                        place + ": a certificate " + remark + "; its key is used, as configured",
                        "see " + local.keysProperty() + ": put a newer certificate there, or the bare key"))
                .forEach(findings::add);
        return findings;
    }

    private static String readAt(Optional<KeySetStatus> status) {
        return status.map(KeySetStatus::lastSuccessAt)
                .map(at -> "; read at " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
    }

    private static String describe(List<VerificationKey> keys) {
        String shown =
                keys.stream().limit(MOST_KEYS).map(KeysDiagnosis::describe).collect(Collectors.joining(", "));
        return Counted.of(keys.size(), "key") + ": " + shown + (keys.size() > MOST_KEYS ? ", ..." : "");
    }

    private static String describe(VerificationKey key) {
        String id = key.kid() == null ? "without an id" : "\"" + key.kid() + "\"";
        return id + " for "
                + key.algorithms().stream()
                        .map(SignatureAlgorithm::headerName)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    /** Tokens of such an algorithm are refused for their key, and not for their algorithm. */
    private Optional<Finding> withoutKey(List<VerificationKey> keys) {
        String names = local.keyPolicy().allowed().stream()
                .filter(algorithm -> keys.stream().noneMatch(key -> key.permits(algorithm)))
                .map(SignatureAlgorithm::headerName)
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        subject,
                        names.contains(",")
                                ? names + " are accepted, and no key is for them"
                                : names + " is accepted, and no key is for it",
                        "unless such a key is to come, take it from " + algorithmsProperty));
    }

    /** Reasons have texts of a closed list. */
    private Finding skipped(String keyAndReason) {
        if (keyAndReason.contains("\"use\"") || keyAndReason.contains("\"key_ops\"")) {
            return Finding.good(subject, "left out, being for something else than signatures: " + keyAndReason);
        }
        String remedy = keyAndReason.contains("configured")
                ? "if the issuer signs with it, add its algorithm to " + algorithmsProperty
                : "tokens that are signed with it are refused (GATE-KEY): ask who runs the issuer for another key";
        return Finding.note(subject, "left out: " + keyAndReason, remedy);
    }
}
