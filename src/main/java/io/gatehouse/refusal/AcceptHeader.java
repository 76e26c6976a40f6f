package io.gatehouse.refusal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept} (RFC 9110 §12.5.1). Pure. */
final class AcceptHeader {

    private AcceptHeader() {}

    /** Whether a client takes the type: the most specific range decides, and who says nothing takes all. */
    static boolean accepts(@Nullable String accept, String type) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        int best = 0;
        boolean accepted = false;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            int specificity = specificity(parts[0].strip(), type);
            if (specificity > best) {
                best = specificity;
                accepted = isWanted(parts);
            }
        }
        return accepted;
    }

    private static int specificity(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    /** A weight of zero says no; what is no weight says nothing. */
    private static boolean isWanted(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0{0,3})?")) {
                return false;
            }
        }
        return true;
    }
}
