package io.gatehouse.inbound;

import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import java.util.Hashtable;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Tells Open Liberty that this login is for one request. Without it the server makes an LTPA token per request, which
 * costs more than everything else together, in order to keep the caller's Subject by it: for a cookie that is never sent,
 * and beyond the life of the application, whose classes the Subject holds. Other servers never see it. Stateless.
 */
final class OpenLibertyLogin {

    private static final String VENDOR = "com.ibm.";

    /** Both have to be there: the one is about the cookie, the other about the entry of the server's cache. */
    private static final String NO_LTPA_COOKIE = "com.ibm.ws.authentication.internal.sso.disable.ltpa.cookie";

    private static final String NO_LTPA_CACHE = "com.ibm.ws.authentication.internal.sso.disable.ltpa.cache";

    /** By what the server finds the Subject of an earlier login, rather than to make it once more. */
    private static final String CACHE_KEY = "com.ibm.wsspi.security.cred.cacheKey";

    private OpenLibertyLogin() {}

    /**
     * To be called before the container is told who calls: it adds what it knows to the same table.
     *
     * @param key what this login, and no other, is known by; null where it is not to be found again
     */
    static void prepare(HttpMessageContext context, @Nullable String key) {
        if (context.getMessageInfo().getClass().getName().startsWith(VENDOR)) {
            prepare(context.getClientSubject(), key);
        }
    }

    static void prepare(@Nullable Subject caller, @Nullable String key) {
        if (caller != null) {
            caller.getPrivateCredentials().add(properties(key));
        }
    }

    @SuppressWarnings("JdkObsolete") // the server looks for this very class
    private static Hashtable<String, Object> properties(@Nullable String key) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(NO_LTPA_COOKIE, true);
        properties.put(NO_LTPA_CACHE, true);
        if (key != null) {
            properties.put(CACHE_KEY, key);
        }
        return properties;
    }
}
