package io.gatehouse.config;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.FetchResult;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.TokenValidationResult;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a configuration leads to: asks every issuer for its metadata and keys, compares the clocks, and asks about a
 * token that does not exist. For one thread; it waits for servers.
 */
final class Doctor {

    /** What a skew is for; and what no skew should have to cover. */
    private static final Duration NOTABLE = Duration.ofSeconds(5);

    private static final Duration TOO_MUCH = Duration.ofMinutes(1);

    private final GatehouseConfig config;
    private final TokenValidation tokens;
    private final Clock clock;

    Doctor(GatehouseConfig config, TokenValidation tokens, Clock clock) {
        this.config = config;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Everything that was looked at, by issuer. */
    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        tokens.issuers().stream()
                .sorted(Comparator.comparing(IssuerValidation::name))
                .forEach(issuer -> examine(issuer, findings));
        return findings;
    }

    private void examine(IssuerValidation issuer, List<Finding> findings) {
        String subject = "issuer \"" + issuer.name() + "\"";
        LocalValidation local = issuer.config().local();
        if (local != null) {
            findings.add(audience(subject, local.claims(), issuer.name()));
            examineKeys(issuer, local, subject, findings);
        }
        RemoteValidation remote = issuer.config().remote();
        IntrospectionTokenValidator introspection = issuer.introspection();
        if (remote != null && introspection != null) {
            findings.add(probe(subject, introspection, issuer.name(), remote.endpoint()));
            findings.add(audienceOfAnswers(subject, remote.claims(), issuer.name()));
        }
        clock(issuer, subject).ifPresent(findings::add);
        certificates(issuer, subject, findings);
    }

    /** Each server once, wherever the issuer's things are. */
    private void certificates(IssuerValidation issuer, String subject, List<Finding> findings) {
        Map<String, URI> servers = new LinkedHashMap<>();
        places(issuer).forEach(place -> servers.putIfAbsent(place.getAuthority(), place));
        issuer.status().keySets().stream()
                .map(KeySetStatus::location)
                .filter(place -> place.getAuthority() != null)
                .forEach(place -> servers.putIfAbsent(place.getAuthority(), place));
        RemoteValidation remote = issuer.config().remote();
        if (remote != null) {
            servers.putIfAbsent(remote.endpoint().getAuthority(), remote.endpoint());
        }
        servers.forEach((server, place) -> tokens.client()
                .certificate(place)
                .map(shown -> ServerTrouble.certificate(subject + ", TLS", server, shown, clock.instant()))
                .ifPresent(findings::add));
    }

    private Finding audience(String subject, ClaimsPolicy claims, String issuer) {
        return claims.audience() instanceof AudienceRule.OneOf rule
                ? Finding.good(subject, "tokens have to be for one of " + rule.accepted())
                : Finding.note(
                        subject,
                        "tokens for any other application are accepted as well",
                        "set " + name(ConfigProperty.AUDIENCES, issuer) + " to the audience of this application");
    }

    private String name(ConfigProperty property, String issuer) {
        return config.names().nameOf(property, issuer);
    }

    private void examineKeys(IssuerValidation issuer, LocalValidation local, String subject, List<Finding> findings) {
        if (local.keySource() instanceof KeySource.Discovered place) {
            findings.add(metadata(place, local, subject));
        }
        for (IssuerIdentifier identifier : issuer.config().issuer().identifiers()) {
            if (identifier.isTemplate() && local.keySource() instanceof KeySource.PerIssuer) {
                findings.add(Finding.note(
                        subject, "the keys of " + identifier.text() + " are found with the first token of each", ""));
            } else {
                KeysDiagnosis diagnosis =
                        new KeysDiagnosis(subject, local, name(ConfigProperty.ALGORITHMS, issuer.name()));
                issuer.keysOf(identifier).map(diagnosis::of).stream()
                        .flatMap(List::stream)
                        .filter(finding -> !findings.contains(finding))
                        .forEach(findings::add);
            }
        }
    }

    private Finding metadata(KeySource.Discovered place, LocalValidation local, String subject) {
        IssuerMetadata metadata = new IssuerMetadata(
                place.documents(), place.issuers(), "see " + local.keysProperty(), tokens.client(), clock);
        String subjectOfMetadata = subject + ", metadata";
        FetchResult result = metadata.use(
                "jwks_uri", uri -> new FetchResult.Unreachable(uri.toString(), true)); // found: enough for now
        return result.match(
                ok -> Finding.good(subjectOfMetadata, "found"),
                refused -> Finding.bad(subjectOfMetadata, "status " + refused.status(), ""),
                unreachable -> unreachable.passing() && unreachable.problem().startsWith("http")
                        ? Finding.good(subjectOfMetadata, "they name the keys at " + unreachable.problem())
                        : Finding.bad(
                                subjectOfMetadata,
                                unreachable.problem(),
                                ServerTrouble.remedy(unreachable.problem(), local.keysProperty())));
    }

    private Finding probe(String subject, IntrospectionTokenValidator introspection, String issuer, URI endpoint) {
        String subjectOfProbe = subject + ", introspection";
        String invented = "gatehouse-doctor-" + UUID.randomUUID();
        TokenValidationResult result = introspection.validate(AccessToken.of(invented), Duration.ZERO);
        return result.match(
                valid -> Finding.bad(
                        subjectOfProbe,
                        endpoint + " calls a token active that was just invented",
                        "see " + name(ConfigProperty.INTROSPECTION_ENDPOINT, issuer)
                                + ": whatever answers there, it is no introspection endpoint"),
                invalid -> invalid.reason() == InvalidTokenReason.NOT_ACTIVE
                        ? Finding.good(
                                subjectOfProbe,
                                endpoint + " takes our credentials, and knows an invented token to be none")
                        : Finding.bad(
                                subjectOfProbe,
                                endpoint + " calls a token active that was just invented: "
                                        + invalid.reason().description(),
                                "see " + name(ConfigProperty.INTROSPECTION_ENDPOINT, issuer)),
                unavailable -> unavailable(subjectOfProbe, introspection, issuer, endpoint));
    }

    private Finding unavailable(
            String subject, IntrospectionTokenValidator introspection, String issuer, URI endpoint) {
        String trouble = introspection.trouble().orElse("our own token for it cannot be had");
        boolean ours = trouble.contains("credentials") || trouble.contains("our own token");
        String property = ours
                ? name(ConfigProperty.INTROSPECTION_CLIENT_ID, issuer) + " and what else of "
                        + ConfigProperty.introspectionPrefix(issuer) + "* says who we are"
                : name(ConfigProperty.INTROSPECTION_ENDPOINT, issuer);
        return Finding.bad(subject, endpoint + ": " + trouble, ServerTrouble.remedy(trouble, property));
    }

    private Finding audienceOfAnswers(String subject, ClaimsPolicy answers, String issuer) {
        String claim = answers.audience().claim();
        String subjectOfAnswers = subject + ", introspection";
        if (!(answers.audience() instanceof AudienceRule.OneOf rule)) {
            return Finding.note(
                    subjectOfAnswers,
                    "tokens for any other application are accepted as well",
                    "set " + name(ConfigProperty.AUDIENCES, issuer));
        }
        return answers.requiredClaims().contains(claim)
                ? Finding.good(
                        subjectOfAnswers, "answers have to name one of " + rule.accepted() + " in \"" + claim + "\"")
                : Finding.note(
                        subjectOfAnswers,
                        "answers without \"" + claim + "\" are taken, whomever the token was issued for",
                        "where the server always says it, add it to "
                                + name(ConfigProperty.INTROSPECTION_REQUIRED_CLAIMS, issuer));
    }

    /** By what the server says the time is, where it can be asked for anything. */
    private Optional<Finding> clock(IssuerValidation issuer, String subject) {
        for (URI place : places(issuer)) {
            Instant date = tokens.client()
                    .get(place)
                    .<@Nullable Instant>match(ok -> ok.date(), refused -> refused.date(), unreachable -> null);
            if (date != null) {
                return Optional.of(clock(subject + ", clock", Duration.between(clock.instant(), date), issuer.name()));
            }
        }
        return Optional.empty();
    }

    private static List<URI> places(IssuerValidation issuer) {
        List<URI> places = new ArrayList<>();
        LocalValidation local = issuer.config().local();
        if (local != null && local.keySource() instanceof KeySource.Remote remote) {
            places.add(remote.location());
        }
        if (local != null && local.keySource() instanceof KeySource.Discovered discovered) {
            places.addAll(discovered.documents());
        }
        if (places.isEmpty() && issuer.config().remote() != null) {
            places.add(issuer.config().remote().endpoint());
        }
        return places;
    }

    private Finding clock(String subject, Duration ahead, String issuer) {
        long seconds = ahead.toSeconds();
        String text = seconds == 0
                ? "the same as here"
                : Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind") + " the one here";
        String remedy =
                "set the clocks by NTP; until then " + name(ConfigProperty.CLOCK_SKEW, issuer) + " bridges the gap";
        if (ahead.abs().compareTo(TOO_MUCH) > 0) {
            return Finding.bad(subject, text, remedy);
        }
        return ahead.abs().compareTo(NOTABLE) > 0 ? Finding.note(subject, text, remedy) : Finding.good(subject, text);
    }
}
