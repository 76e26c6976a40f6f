package io.gatehouse.explanation;

import static io.gatehouse.explanation.Setting.ALGORITHMS;
import static io.gatehouse.explanation.Setting.ALLOW_ID_TOKENS;
import static io.gatehouse.explanation.Setting.ALLOW_SENDER_CONSTRAINED_TOKENS;
import static io.gatehouse.explanation.Setting.DECRYPTION_KEY;
import static io.gatehouse.explanation.Setting.INTROSPECTION_CLIENT_ID;
import static io.gatehouse.explanation.Setting.INTROSPECTION_ENDPOINT;
import static io.gatehouse.explanation.Setting.KEYS;
import static io.gatehouse.explanation.Setting.MAXIMUM_TOKEN_LENGTH;
import static io.gatehouse.explanation.Setting.OPAQUE_TOKENS;
import static io.gatehouse.explanation.Setting.TOKEN_TYPES;

import io.gatehouse.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts into words what is wrong with a token as such: its shape, header, signature, and what its issuer says. For one refusal. */
final class TokenWords {

    /** As the jwt room has it: whoever must not be there. */
    private static final List<String> NEVER_ACCEPTED = List.of("crit", "b64", "zip", "jwk", "jwks");

    private static final List<String> TEXTS = List.of("kid", "typ", "cty", "enc");

    private static final int SIGNED_PARTS = 3;

    private final RereadToken token;
    private final @Nullable IssuerFacts issuer;
    private final TrustedIssuers trusted;
    private final Instant now;
    private final Function<Setting, String> names;

    TokenWords(RereadToken token, @Nullable IssuerFacts issuer, TrustedIssuers trusted, Instant now) {
        this.token = token;
        this.issuer = issuer;
        this.trusted = trusted;
        this.now = now;
        this.names = setting -> trusted.property(setting, issuer == null ? null : issuer.name());
    }

    /** Empty where the token shows nothing of that code. */
    Optional<Words> of(RefusalCode code) {
        return Optional.ofNullable(
                switch (code) {
                    case TOO_LONG -> tooLong();
                    case MALFORMED -> malformed();
                    case ENCRYPTION_REQUIRED, ENCRYPTION_NOT_ACCEPTED, NOT_DECRYPTABLE -> encryption(code);
                    case TYPE -> type();
                    case SENDER_CONSTRAINED -> senderConstrained();
                    case HEADER -> header();
                    case ALGORITHM -> algorithm();
                    case NOT_ACTIVE -> notActive();
                    case KEY -> key();
                    case SIGNATURE -> signature();
                    case ISSUER -> new IssuerWords(token, trusted, issuer).words();
                    case ISSUER_UNAVAILABLE -> unavailable();
                    default -> null;
                });
    }

    private Words tooLong() {
        return new Words(
                "the token has " + token.length() + " characters; at most " + trusted.maximumTokenLength()
                        + " are accepted",
                "have the issuer put less into it, or see " + names.apply(MAXIMUM_TOKEN_LENGTH));
    }

    private Words malformed() {
        if (token.parts() != SIGNED_PARTS && !token.isEncrypted()) {
            return new Words(
                    token.parts() == 1
                            ? "the token is no JWT but opaque: it has no dots"
                            : "the token is no JWT: it has " + token.parts() + " parts between dots, and not 3",
                    trusted.ofOpaqueTokens().isPresent()
                            ? "see " + names.apply(OPAQUE_TOKENS)
                            : "if its issuer has to be asked about it, set " + names.apply(INTROSPECTION_ENDPOINT));
        }
        String part = token.header().isEmpty()
                ? "its header is no JSON object in base64url"
                : token.claims().isEmpty() && !token.isEncrypted()
                        ? "its claims are no JSON object in base64url"
                        : "its signature is missing or no base64url";
        return new Words(
                "the token is no well-formed JWT: " + part,
                "it was cut off or altered: compare it with what the" + " client got from the issuer");
    }

    private Words encryption(RefusalCode code) {
        String algorithm = token.header("alg")
                .map(alg -> " (alg " + Quoted.of(alg) + kid() + ")")
                .orElse("");
        return new Words(
                code.meaning() + (code == RefusalCode.ENCRYPTION_REQUIRED ? "" : algorithm),
                switch (code) {
                    case ENCRYPTION_REQUIRED ->
                        "have the issuer encrypt it; where tokens are not encrypted, remove "
                                + names.apply(DECRYPTION_KEY);
                    case ENCRYPTION_NOT_ACCEPTED ->
                        "set " + names.apply(DECRYPTION_KEY) + ", or have the issuer send signed tokens";
                    default ->
                        "the issuer has to encrypt for the public part of the key in " + names.apply(DECRYPTION_KEY);
                });
    }

    private String kid() {
        return token.header("kid").map(kid -> ", kid " + Quoted.of(kid)).orElse(", no kid");
    }

    private Words type() {
        Set<String> types = issuer == null || issuer.signed() == null
                ? Set.of()
                : issuer.signed().types();
        Optional<String> typ =
                token.header("typ").filter(value -> !types.isEmpty() && !types.contains(mediaType(value)));
        if (typ.isPresent() && !token.isEncrypted()) {
            return new Words(
                    "the token's type is " + Quoted.of(typ.get()) + "; accepted: " + Quoted.sorted(types),
                    "if these are access tokens, add the type to " + names.apply(TOKEN_TYPES)
                            + "; else the client sends the wrong one of its tokens");
        }
        if (token.isEncrypted()) {
            return new Words(
                    "the encrypted token does not say that there is a signed JWT in it (\"cty\":\"JWT\")",
                    "have the issuer sign the token before it encrypts it");
        }
        return kind(token.claims().flatMap(claims -> claims.string("typ")).orElse(""));
    }

    /** RFC 7515 §4.1.9. */
    private static String mediaType(String typ) {
        String lower = typ.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    private Words kind(String typ) {
        if (Set.of("Refresh", "Offline", "Logout").contains(typ)) {
            return new Words(
                    "the token is a " + typ.toLowerCase(Locale.ROOT) + " token and no access token",
                    "the client sends the wrong one of its tokens: it has to send the access token");
        }
        boolean asked = token.claims().isEmpty();
        return asked
                ? new Words(
                        "the issuer says that the token is no bearer token (\"token_type\")",
                        "the client has to get and send a bearer token")
                : new Words(
                        "the token is an ID token and no access token",
                        "the client has to send its access token; where there is none, see "
                                + names.apply(ALLOW_ID_TOKENS));
    }

    private Words senderConstrained() {
        return new Words(
                "the token is bound to a key of its sender (\"cnf\"), and nobody here checks that he has it",
                "have the issuer send plain bearer tokens, or accept the risk with "
                        + names.apply(ALLOW_SENDER_CONSTRAINED_TOKENS) + "=true");
    }

    private Words header() {
        List<String> wrong = new ArrayList<>();
        NEVER_ACCEPTED.stream().filter(token.header()::containsKey).forEach(wrong::add);
        TEXTS.stream()
                .filter(name ->
                        token.header().containsKey(name) && token.header(name).isEmpty())
                .map(name -> name + " (no text)")
                .forEach(wrong::add);
        return new Words(
                "the token has header parameters that are never accepted: " + Quoted.all(wrong),
                "no property admits them: have the issuer leave them out");
    }

    private Words algorithm() {
        String alg = token.header("alg").orElse("");
        Set<String> accepted = issuer == null || issuer.signed() == null
                ? Set.of()
                : issuer.signed().algorithms();
        if (alg.isEmpty() || alg.equalsIgnoreCase("none") || alg.startsWith("HS")) {
            return new Words(
                    alg.isEmpty()
                            ? "the token names no algorithm (\"alg\")"
                            : "the token's algorithm is " + Quoted.of(alg)
                                    + ": unsigned tokens and those with a shared secret are never accepted",
                    "have the issuer sign with a private key: RS256, ES256, EdDSA and the like");
        }
        if (token.isEncrypted()) {
            return new Words(
                    "the token is encrypted with alg " + Quoted.of(alg) + ", enc "
                            + Quoted.of(token.header("enc").orElse("")),
                    "have the issuer use RSA-OAEP-256 with A256GCM, and see " + names.apply(DECRYPTION_KEY));
        }
        return !accepted.isEmpty() && !accepted.contains(alg)
                ? new Words(
                        "the token's algorithm is " + Quoted.of(alg) + "; accepted: " + Quoted.sorted(accepted),
                        "see " + names.apply(ALGORITHMS) + ", or have the issuer sign with an accepted one")
                : new Words(
                        "the token's algorithm is " + Quoted.of(alg) + ", and the key that it names is not for that: "
                                + keys(),
                        "see the \"alg\" of the issuer's keys, and " + names.apply(ALGORITHMS));
    }

    private Words notActive() {
        Optional<Instant> expired =
                token.claims().flatMap(claims -> claims.instant("exp")).filter(now::isAfter);
        String asked = issuer == null || issuer.asked() == null
                ? "the issuer"
                : issuer.asked().endpoint();
        return new Words(
                asked + " says that the token is not active"
                        + expired.map(exp -> "; its \"exp\" was " + Span.of(Duration.between(exp, now)) + " ago")
                                .orElse(""),
                "it has expired, was revoked or never was one; if it should be active: some servers say so to a client"
                        + " that is not in its \"aud\" (see " + names.apply(INTROSPECTION_CLIENT_ID)
                        + "), or under another host name than in \"iss\" (see "
                        + names.apply(INTROSPECTION_ENDPOINT) + ")");
    }

    private String keys() {
        return issuer == null || issuer.signed() == null
                ? "the issuer's keys"
                : issuer.signed().keys();
    }

    private Words key() {
        return new Words(
                "the token is signed by the key "
                        + token.header("kid").map(Quoted::of).orElse("without an id")
                        + ", which is not among the issuer's: " + keys(),
                "if the issuer has such a key, " + names.apply(KEYS)
                        + " is not the place of its keys; else the token comes from another server, or its key was"
                        + " withdrawn");
    }

    private Words signature() {
        return new Words(
                "the token's signature was not made by "
                        + token.header("kid")
                                .map(kid -> "the issuer's key " + Quoted.of(kid))
                                .orElse("any of the issuer's keys")
                        + ": " + keys(),
                "the token was altered, or comes from another server with the same \"iss\"; else " + names.apply(KEYS)
                        + " is not the place of the issuer's keys");
    }

    private @Nullable Words unavailable() {
        if (issuer == null) {
            return null;
        }
        List<String> states = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        boolean mayBeSigned = token.claims().isPresent() || issuer.asked() == null; // an encrypted one shows no claims
        if (issuer.signed() != null && mayBeSigned) {
            String state = issuer.signed().keys();
            states.add("keys: " + state);
            remedies.add(
                    state.contains("no usable key")
                            ? "see " + names.apply(ALGORITHMS) + ", and whether " + names.apply(KEYS)
                                    + " is the place of the keys that the issuer signs with"
                            : place(names.apply(KEYS), state));
        }
        if (issuer.asked() != null) {
            String state = issuer.asked().endpoint();
            states.add("introspection: " + state);
            remedies.add(
                    state.contains("our own")
                            ? "see " + names.apply(INTROSPECTION_CLIENT_ID)
                                    + ", and the secret, key or token that goes with it"
                            : place(names.apply(INTROSPECTION_ENDPOINT), state));
        }
        return new Words(
                "nobody can say now whether the token is good; " + String.join(", ", states),
                String.join("; ", remedies));
    }

    /** States of servers have texts of a closed list. */
    private static String place(String property, String state) {
        return state.contains("answer")
                ? "see " + property + ": something answers there, and not with what is asked for"
                : "see " + property + ", and whether this server can reach it";
    }
}
