package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One valid token, to change one thing of. Header and claims are JSON texts by name, so that any value can be written. */
public final class TestTokens {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String ISSUER = "https://issuer.example/realms/main";
    public static final String AUDIENCE = "orders-api";
    public static final String KID = "key-1";

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = validClaims();
    private byte[] headerBytes;
    private byte[] payloadBytes;
    private SignatureAlgorithm algorithm = SignatureAlgorithm.RS256;
    private PrivateKey key = TestKeys.RSA.getPrivate();

    private TestTokens() {
        header.put("alg", "\"RS256\"");
        header.put("typ", "\"JWT\"");
        header.put("kid", TestJson.quote(KID));
    }

    /** RS256 with {@link TestKeys#RSA}, all claims right. */
    public static TestTokens valid() {
        return new TestTokens();
    }

    /** The claims of {@link #valid()}. */
    public static Map<String, String> validClaims() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", TestJson.quote(ISSUER));
        claims.put("aud", TestJson.quote(AUDIENCE));
        claims.put("sub", "\"24400320\"");
        claims.put("upn", "\"alice@example.com\"");
        claims.put("groups", "[\"user\",\"clerk\"]");
        claims.put("iat", Long.toString(NOW.getEpochSecond() - 10));
        claims.put("exp", Long.toString(NOW.getEpochSecond() + 300));
        return claims;
    }

    /** Asks of a token what {@link #valid()} has. */
    public static ClaimsPolicy policy() {
        return new ClaimsPolicy(
                new TrustedIssuer("default", ISSUER),
                new AudienceRule.OneOf(Set.of(AUDIENCE)),
                Duration.ZERO,
                Duration.ZERO,
                null,
                Set.of("iss", "aud", "exp", "iat"),
                List.of("upn", "preferred_username", "sub"),
                "",
                false);
    }

    /** The proof for a token with these claims, got the only way there is: through the gate. */
    public static ValidatedToken validated(Map<String, String> claims) {
        return validatedMembers(TestJson.parse(TestJson.object(claims)));
    }

    /** The same for claims that were parsed already. */
    public static ValidatedToken validatedMembers(Map<String, Object> members) {
        return new ClaimsValidator(policy(), CLOCK)
                .validate(AccessToken.of("secret.token.value"), ClaimsSet.of(members), Authenticity.Genuine::new)
                .match(TokenValidationResult.Valid::token, TestTokens::notValid, TestTokens::notValid);
    }

    private static ValidatedToken notValid(TokenValidationResult result) {
        throw new AssertionError(result);
    }

    public TestTokens header(String name, String json) {
        header.put(name, json);
        return this;
    }

    public TestTokens withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    public TestTokens claim(String name, String json) {
        claims.put(name, json);
        return this;
    }

    public TestTokens withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    /** These very bytes as header, and then no member of it counts. */
    public TestTokens headerText(byte[] bytes) {
        headerBytes = bytes;
        return this;
    }

    /** These very bytes as payload, and then no claim counts. */
    public TestTokens payload(byte[] bytes) {
        payloadBytes = bytes;
        return this;
    }

    /** Names the algorithm in the header and signs with it, with {@link TestKeys#of}. */
    public TestTokens algorithm(SignatureAlgorithm algorithm) {
        header.put("alg", TestJson.quote(algorithm.headerName()));
        return signedWith(algorithm, TestKeys.of(algorithm).getPrivate());
    }

    /** Signs so, whatever the header says. */
    public TestTokens signedWith(SignatureAlgorithm algorithm, PrivateKey key) {
        this.algorithm = algorithm;
        this.key = key;
        return this;
    }

    /** What is signed: the first two parts with their dot. */
    public String signingInput() {
        byte[] head = headerBytes == null ? TestJson.object(header).getBytes(UTF_8) : headerBytes;
        byte[] body = payloadBytes == null ? TestJson.object(claims).getBytes(UTF_8) : payloadBytes;
        return Base64Url.encode(head) + "." + Base64Url.encode(body);
    }

    /** The signature of {@link #signingInput()}. */
    public byte[] signature() {
        return sign(algorithm, key, signingInput());
    }

    /** The token. */
    public String compact() {
        return compact(signature());
    }

    /** The token with another signature. */
    public String compact(byte[] signature) {
        return signingInput() + "." + Base64Url.encode(signature);
    }

    /** Signs a text. */
    public static byte[] sign(SignatureAlgorithm algorithm, PrivateKey key, String signingInput) {
        try {
            Signature signer = Signature.getInstance(algorithm.jcaName());
            signer.initSign(key);
            if (algorithm.parameters().isPresent()) {
                signer.setParameter(algorithm.parameters().get());
            }
            signer.update(signingInput.getBytes(US_ASCII));
            return signer.sign();
        } catch (GeneralSecurityException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
