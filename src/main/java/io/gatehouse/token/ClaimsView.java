package io.gatehouse.token;

import io.gatehouse.json.JsonNull;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims as far as somebody looks at them: of a token that may be refused, most are never read.
 *
 * <p>Whether the claims are still there after the decision about their token is for the implementation to say; what
 * {@link #kept()} answers is.
 */
public interface ClaimsView {

    /** The claim's value, whatever its type; null where there is no such claim. */
    @Nullable Object get(String name);

    /** Whether there is such a claim, with a value other than null. */
    default boolean has(String name) {
        Object value = get(name);
        return value != null && value != JsonNull.NULL;
    }

    /** All these claims, to be kept. */
    ClaimsSet kept();

    /** The strings of an array claim, or a lone string as a list of one; anything else in the array is left out. */
    default List<String> strings(String name) {
        Object value = get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> elements ? ClaimStrings.among(elements) : List.of();
    }

    /** The scopes of the token: the words of {@code scope} (RFC 6749 §3.3) and {@code scp} (Entra, Okta), or their elements. */
    default Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (String claim : ClaimsSet.SCOPE_CLAIMS) {
            for (String words : strings(claim)) {
                Collections.addAll(scopes, words.split(" ", -1));
            }
        }
        scopes.remove("");
        return Collections.unmodifiableSet(scopes);
    }
}
