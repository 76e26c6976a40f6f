package io.gatehouse.mpjwt;

import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.CallerPrincipal;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The caller principal of a validated token, as MicroProfile JWT shows it to an application.
 *
 * <p>Immutable. Equality is that of the tokens. {@link #toString()} holds nothing of the token. Not serializable, although
 * {@link CallerPrincipal} is: read back from bytes it would claim a validation that never took place.
 */
public final class CallerJsonWebToken extends CallerPrincipal implements JsonWebToken {

    private static final long serialVersionUID = 1L;

    private final transient ValidatedToken token;
    private final transient Set<String> groups;

    private CallerJsonWebToken(ValidatedToken token, Set<String> groups) {
        super(token.callerName());
        this.token = token;
        this.groups = groups;
    }

    /**
     * The principal whose name is the validated caller's name, and whose claims are those of the token.
     *
     * @param groups what the token makes of its caller here, from whichever claims that is read
     */
    public static CallerPrincipal of(ValidatedToken token, Set<String> groups) {
        return new CallerJsonWebToken(Objects.requireNonNull(token), Set.copyOf(groups));
    }

    /** The token that the caller was let in by. */
    public ValidatedToken token() {
        return token;
    }

    @Override
    public String getRawToken() {
        return token.accessToken().value();
    }

    @Override
    public @Nullable String getSubject() {
        return (String) converted(Claims.sub, ClaimType.STRING);
    }

    @Override
    public @Nullable String getTokenID() {
        return (String) converted(Claims.jti, ClaimType.STRING);
    }

    /** Zero for a token that does not say when it expires: the inherited method would unbox null. */
    @Override
    public long getExpirationTime() {
        return seconds(Claims.exp);
    }

    /** Zero for a token that does not say when it was issued. */
    @Override
    public long getIssuedAtTime() {
        return seconds(Claims.iat);
    }

    private long seconds(Claims date) {
        Object seconds = converted(date, ClaimType.LONG);
        return seconds == null ? 0 : (Long) seconds;
    }

    /**
     * The groups that the container was told: those of the {@code groups} claim unless roles are configured to come from
     * elsewhere, so that code that asks here and code that asks {@code isCallerInRole} hear the same. The claim itself
     * is {@code getClaim("groups")}.
     */
    @Override
    public Set<String> getGroups() {
        return groups;
    }

    /** Converts, because the inherited methods would throw at a claim whose type the issuer got wrong. */
    private @Nullable Object converted(Claims name, ClaimType type) {
        Object claim = claim(name.name(), token);
        return claim == null ? null : type.converted(claim);
    }

    /** The claims of the token; not {@code raw_token}, so that whoever prints all claims does not print the secret. */
    @Override
    public Set<String> getClaimNames() {
        return token.claims().names();
    }

    /**
     * The claim, in the type that {@link Claims} gives for it where its JSON value has that type. All others come as for a
     * custom claim: {@code String}, {@code Boolean}, or the JSON-P value.
     */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the interface lets the one who asks name the type
    public <T> @Nullable T getClaim(String claimName) {
        return (T) (claimName.equals(Claims.raw_token.name()) ? getRawToken() : claim(claimName, token));
    }

    private static @Nullable Object claim(String claimName, ValidatedToken token) {
        return token.claims()
                .value(claimName)
                .map(value -> ClaimTypes.javaValue(claimName, value))
                .orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerJsonWebToken that && token.accessToken().equals(that.token.accessToken());
    }

    @Override
    public int hashCode() {
        return token.accessToken().hashCode();
    }

    @Override
    public String toString() {
        return "CallerJsonWebToken[issuer=" + token.issuer().name() + "]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(CallerJsonWebToken.class.getName());
    }

    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException(CallerJsonWebToken.class.getName());
    }
}
