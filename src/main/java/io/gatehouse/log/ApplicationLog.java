package io.gatehouse.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A logger whose lines say which application they are about: {@code GATE0902 [shop] refused ...}. A server has one log for
 * all its applications, and each of them has a Gatehouse of its own. Thread-safe.
 */
public final class ApplicationLog implements System.Logger {

    private static final Pattern NUMBER = Pattern.compile("GATE\\d{4} ");

    private final System.Logger log;
    private final String application;

    ApplicationLog(System.Logger log, String application) {
        this.log = log;
        this.application = application;
    }

    /** The logger of this class: named after it, so that levels can be set for packages. */
    public static System.Logger of(Class<?> source) {
        System.Logger log = System.getLogger(source.getName());
        return ApplicationName.HERE.isEmpty() ? log : new ApplicationLog(log, ApplicationName.HERE);
    }

    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return log.isLoggable(level);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle none, @Nullable String message, @Nullable Throwable thrown) {
        if (log.isLoggable(level)) {
            log.log(level, named(String.valueOf(message)), thrown);
        }
    }

    /** Filled in here: what the application is called is no pattern. */
    @Override
    public void log(Level level, @Nullable ResourceBundle none, @Nullable String pattern, @Nullable Object... values) {
        if (log.isLoggable(level)) {
            log.log(level, named(filledIn(String.valueOf(pattern), values)));
        }
    }

    /** A pattern that is none stays as it is: no line is worth an exception. */
    private static String filledIn(String pattern, @Nullable Object @Nullable [] values) {
        if (values == null || values.length == 0) {
            return pattern;
        }
        try {
            return MessageFormat.format(pattern, values);
        } catch (IllegalArgumentException noPattern) {
            return pattern;
        }
    }

    private String named(String line) {
        Matcher number = NUMBER.matcher(line);
        int behind = number.lookingAt() ? number.end() : 0;
        return line.substring(0, behind) + application + line.substring(behind);
    }
}
