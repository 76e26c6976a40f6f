package io.gatehouse.keys;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that Gatehouse knows (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2).
 *
 * <p>{@code none} and the symmetric algorithms have no constant, so no configuration can express them.
 */
public enum SignatureAlgorithm {
    RS256("RS256", "SHA256withRSA", null, RSAPublicKey.class, null),
    RS384("RS384", "SHA384withRSA", null, RSAPublicKey.class, null),
    RS512("RS512", "SHA512withRSA", null, RSAPublicKey.class, null),
    PS256("PS256", "RSASSA-PSS", pss("SHA-256", MGF1ParameterSpec.SHA256, 32), RSAPublicKey.class, null),
    PS384("PS384", "RSASSA-PSS", pss("SHA-384", MGF1ParameterSpec.SHA384, 48), RSAPublicKey.class, null),
    PS512("PS512", "RSASSA-PSS", pss("SHA-512", MGF1ParameterSpec.SHA512, 64), RSAPublicKey.class, null),
    ES256("ES256", "SHA256withECDSAinP1363Format", null, ECPublicKey.class, EllipticCurve.P_256.name()),
    ES384("ES384", "SHA384withECDSAinP1363Format", null, ECPublicKey.class, EllipticCurve.P_384.name()),
    ES512("ES512", "SHA512withECDSAinP1363Format", null, ECPublicKey.class, EllipticCurve.P_521.name()),
    /** The older, polymorphic name for both of the following. */
    EDDSA("EdDSA", "EdDSA", null, EdECPublicKey.class, null),
    ED25519("Ed25519", "EdDSA", null, EdECPublicKey.class, NamedParameterSpec.ED25519.getName()),
    ED448("Ed448", "EdDSA", null, EdECPublicKey.class, NamedParameterSpec.ED448.getName());

    private static final Map<String, SignatureAlgorithm> BY_HEADER_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(a -> a.headerName, Function.identity()));

    private static final Set<SignatureAlgorithm> EDWARDS = Set.of(EDDSA, ED25519, ED448);

    private final String headerName;
    private final String jcaName;

    @SuppressWarnings("ImmutableEnumChecker") // the platform's type has no setter
    private final @Nullable PSSParameterSpec parameters;

    private final Class<? extends PublicKey> keyType;
    private final @Nullable String curve;

    SignatureAlgorithm(
            String headerName,
            String jcaName,
            @Nullable PSSParameterSpec parameters,
            Class<? extends PublicKey> keyType,
            @Nullable String curve) {
        this.headerName = headerName;
        this.jcaName = jcaName;
        this.parameters = parameters;
        this.keyType = keyType;
        this.curve = curve;
    }

    /** The salt is as long as the hash, and MGF1 uses the same hash (RFC 7518 §3.5). */
    private static PSSParameterSpec pss(String hash, MGF1ParameterSpec mgf1, int saltLength) {
        return new PSSParameterSpec(hash, "MGF1", mgf1, saltLength, 1);
    }

    /** The algorithm that a header's {@code alg} names, compared case-sensitively (RFC 7515 §4.1.1). */
    public static Optional<SignatureAlgorithm> named(String headerName) {
        return Optional.ofNullable(BY_HEADER_NAME.get(headerName));
    }

    /** The names of all algorithms, for messages. */
    public static List<String> headerNames() {
        return Arrays.stream(values()).map(SignatureAlgorithm::headerName).toList();
    }

    /** The value of {@code alg}. */
    public String headerName() {
        return headerName;
    }

    /** The name for {@link java.security.Signature#getInstance(String)}. */
    public String jcaName() {
        return jcaName;
    }

    /** What {@link java.security.Signature#setParameter(AlgorithmParameterSpec)} needs, if anything. */
    public Optional<AlgorithmParameterSpec> parameters() {
        return Optional.ofNullable(parameters);
    }

    /** Whether a key is of the type and on the curve that this algorithm is defined for. */
    public boolean fits(PublicKey key) {
        if (!keyType.isInstance(key)) {
            return false;
        }
        if (curve == null) {
            return true;
        }
        if (key instanceof ECPublicKey ec) {
            return EllipticCurve.of(ec).map(c -> c.name().equals(curve)).orElse(false);
        }
        return key instanceof EdECPublicKey ed && ed.getParams().getName().equals(curve);
    }

    /** Whether a private key is of the type and on the curve that this algorithm is defined for. */
    boolean fits(PrivateKey key) {
        if (key instanceof ECPrivateKey ec) {
            return EllipticCurve.of(ec.getParams())
                    .map(c -> c.name().equals(curve))
                    .orElse(false);
        }
        if (key instanceof EdECPrivateKey ed) {
            return keyType == EdECPublicKey.class
                    && (curve == null || ed.getParams().getName().equals(curve));
        }
        return key instanceof RSAPrivateKey && keyType == RSAPublicKey.class;
    }

    /** Whether both are the same algorithm for a key that fits both: the three Edwards names are. */
    boolean sameAs(SignatureAlgorithm other) {
        return this == other || (EDWARDS.contains(this) && EDWARDS.contains(other));
    }

    static SignatureAlgorithm of(EllipticCurve curve) {
        return switch (curve) {
            case P_256 -> ES256;
            case P_384 -> ES384;
            case P_521 -> ES512;
        };
    }

    /** The one algorithm for a key about which nothing else is said: one key, one algorithm (RFC 8725 §3.1). */
    static Optional<SignatureAlgorithm> defaultFor(PublicKey key) {
        return List.of(RS256, ES256, ES384, ES512, EDDSA).stream()
                .filter(algorithm -> algorithm.fits(key))
                .findFirst();
    }
}
