package io.gatehouse.log;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** What the server calls the application whose class loader has loaded us. */
final class ApplicationName {

    /** Jakarta EE Platform 10 §5.2.2, §8.1.1. */
    private static final String APPLICATION = "java:app/AppName";

    private static final int MOST_CHARACTERS = 80;

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\[\\]]");

    /**
     * In brackets; empty where there is no server, or it does not say. Found once, when the first of our classes that logs is
     * loaded: that is while the application is deployed, on a thread that knows which one it is. Threads of ours do not.
     */
    static final String HERE = inBrackets(ApplicationName::lookUp);

    private ApplicationName() {}

    static String inBrackets(UnaryOperator<@Nullable String> lookup) {
        String name = lookup.apply(APPLICATION);
        if (name == null || name.isBlank()) {
            return "";
        }
        String fit = UNFIT.matcher(name.strip()).replaceAll("?");
        return '[' + fit.substring(0, Math.min(fit.length(), MOST_CHARACTERS)) + "] ";
    }

    /** A constant, and of the server's own names: nobody else puts anything there. */
    @SuppressWarnings("BanJNDI")
    private static @Nullable String lookUp(String name) {
        try {
            return InitialContext.doLookup(name) instanceof String text ? text : null;
        } catch (NamingException | RuntimeException | LinkageError none) { // no server, or none that tells
            return null;
        }
    }
}
