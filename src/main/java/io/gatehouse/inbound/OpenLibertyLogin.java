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

    private OpenLibertyLogin() {}

    /** To be called before the container is told who calls: it adds what it knows to the same table. */
    static void prepare(HttpMessageContext context) {
        if (context.getMessageInfo().getClass().getName().startsWith(VENDOR)) {
            prepare(context.getClientSubject());
        }
    }

    static void prepare(@Nullable Subject caller) {
        if (caller != null) {
            caller.getPrivateCredentials().add(forOneRequest());
        }
    }

    @SuppressWarnings("JdkObsolete") // the server looks for this very class
    private static Hashtable<String, Object> forOneRequest() {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(NO_LTPA_COOKIE, true);
        properties.put(NO_LTPA_CACHE, true);
        return properties;
    }
}
