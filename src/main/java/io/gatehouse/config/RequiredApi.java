package io.gatehouse.config;

import java.util.Optional;
import java.util.stream.Stream;

/** An API that Gatehouse is written to: without it, CDI would drop our beans and name but the first class it did not find. */
enum RequiredApi {
    SERVLET(
            "jakarta.servlet.http.HttpServletRequest",
            "the API of Jakarta Servlet: on Open Liberty, switch the feature servlet-6.0 on"),
    SECURITY(
            "jakarta.security.enterprise.identitystore.IdentityStoreHandler",
            "the API of Jakarta Security: switch it on in the server (on Open Liberty, the feature appSecurity-5.0), or, to"
                    + " guard JAX-RS resources alone, put jakarta.security.enterprise-api into WEB-INF/lib");

    private final String type;
    private final String remedy;

    RequiredApi(String type, String remedy) {
        this.type = type;
        this.remedy = remedy;
    }

    /** What classes of this loader miss, and where it is to be had; empty where nothing is missing. */
    static Optional<String> missingFrom(ClassLoader loader) {
        return Stream.of(values())
                .filter(api -> !api.isSeenBy(loader))
                .map(api -> "GATE0011 Gatehouse does not see " + api.remedy)
                .findFirst();
    }

    private boolean isSeenBy(ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
