package io.gatehouse.mpjwt;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Provider;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.ClaimValue;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The form in which an injection point wants its claim: a {@link ClaimType}, which may stand in an {@code Optional}, which
 * may stand in a {@code ClaimValue}.
 */
record ClaimTarget(ClaimType type, boolean optional, boolean claimValue) {

    private static final Map<Class<?>, ClaimType> PLAIN = Map.ofEntries(
            Map.entry(String.class, ClaimType.STRING),
            Map.entry(Long.class, ClaimType.LONG),
            Map.entry(long.class, ClaimType.LONG),
            Map.entry(Boolean.class, ClaimType.BOOLEAN),
            Map.entry(boolean.class, ClaimType.BOOLEAN),
            Map.entry(JsonValue.class, ClaimType.JSON_VALUE),
            Map.entry(JsonString.class, ClaimType.JSON_STRING),
            Map.entry(JsonNumber.class, ClaimType.JSON_NUMBER),
            Map.entry(JsonArray.class, ClaimType.JSON_ARRAY),
            Map.entry(JsonObject.class, ClaimType.JSON_OBJECT));

    /** The form that the type stands for, or null if MicroProfile JWT does not know the type. */
    static @Nullable ClaimTarget of(Type type) {
        if (type == ClaimValue.class) {
            return new ClaimTarget(ClaimType.ANY, false, true);
        }
        Type valueType = argument(type, ClaimValue.class);
        return valueType == null ? value(type, false) : value(valueType, true);
    }

    private static @Nullable ClaimTarget value(Type type, boolean claimValue) {
        if (claimValue && type == Object.class) {
            return new ClaimTarget(ClaimType.ANY, false, true);
        }
        Type present = argument(type, Optional.class);
        ClaimType claimType = plain(present == null ? type : present);
        return claimType == null ? null : new ClaimTarget(claimType, present != null, claimValue);
    }

    private static @Nullable ClaimType plain(Type type) {
        if (argument(type, Set.class) == String.class) {
            return ClaimType.SET_OF_STRINGS;
        }
        return type instanceof Class<?> plain ? PLAIN.get(plain) : null;
    }

    /** What {@code Provider} or {@code Instance} will provide, or null if the type is neither. */
    static @Nullable Type provided(Type type) {
        Type provided = argument(type, Provider.class);
        return provided == null ? argument(type, Instance.class) : provided;
    }

    private static @Nullable Type argument(Type type, Class<?> generic) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == generic
                ? parameterized.getActualTypeArguments()[0]
                : null;
    }

    /** The claim of the token in this form; a {@code ClaimValue} stays bound to the token and reads it when asked. */
    @Nullable Object read(JsonWebToken token, String claimName) {
        return claimValue ? new LiveClaimValue(claimName, () -> value(token, claimName)) : value(token, claimName);
    }

    private @Nullable Object value(JsonWebToken token, String claimName) {
        Object claim = token.getClaim(claimName);
        Object value = claim == null ? null : type.converted(claim);
        return optional ? Optional.ofNullable(value) : value;
    }
}
