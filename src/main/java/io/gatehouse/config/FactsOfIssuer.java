package io.gatehouse.config;

import io.gatehouse.explanation.IssuerFacts;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one issuer's configuration and state are, in words. Stateless. */
final class FactsOfIssuer {

    /** An issuer may have as many key sets as it has identifiers. */
    private static final int MOST_KEY_SETS = 2;

    private FactsOfIssuer() {}

    static IssuerFacts.Signed signed(LocalValidation local, Supplier<IssuerStatus> status) {
        return new IssuerFacts.Signed() {
            @Override
            public ClaimsPolicy claims() {
                return local.claims();
            }

            @Override
            public Set<String> types() {
                return local.acceptedTypes();
            }

            @Override
            public Set<String> algorithms() {
                return local.keyPolicy().allowed().stream()
                        .map(SignatureAlgorithm::headerName)
                        .collect(Collectors.toUnmodifiableSet());
            }

            @Override
            public String keys() {
                return local.keySource() instanceof KeySource.Inline
                        ? "the key in " + local.keysProperty()
                        : describe(status.get());
            }
        };
    }

    private static String describe(IssuerStatus status) {
        List<KeySetStatus> sets = status.keySets();
        if (sets.isEmpty()) {
            return status.templates().stream()
                    .map(template -> Counted.of(template.keySets(), "key set") + " of " + template.identifier() + ", "
                            + template.outOfReach() + " out of reach")
                    .collect(Collectors.joining(", "));
        }
        return sets.stream().limit(MOST_KEY_SETS).map(FactsOfIssuer::describe).collect(Collectors.joining(", "));
    }

    private static String describe(KeySetStatus set) {
        String known = set.lastSuccessAt() == null
                ? "not read yet"
                : Counted.of(set.keys(), "key") + ", read at "
                        + set.lastSuccessAt().truncatedTo(ChronoUnit.SECONDS);
        String trouble = set.withinReach() ? "" : "; out of reach: " + set.lastError();
        return set.location() + " (" + known + trouble + ")";
    }

    static IssuerFacts.Asked asked(RemoteValidation remote, IntrospectionTokenValidator introspection) {
        return new IssuerFacts.Asked() {
            @Override
            public ClaimsPolicy claims() {
                return remote.claims();
            }

            @Override
            public Optional<ClaimsSet> remembered(AccessToken token) {
                return introspection.remembered(token);
            }

            @Override
            public String endpoint() {
                return remote.endpoint()
                        + introspection
                                .trouble()
                                .map(trouble -> " (" + trouble + ")")
                                .orElse("");
            }
        };
    }
}
