package io.gatehouse.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far apart two names are, in letters added, left out or changed (Levenshtein). Pure. */
final class EditDistance {

    private EditDistance() {}

    /** The nearest name that differs in a third of its letters at most. */
    static Optional<String> nearest(String name, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(candidate -> between(name, candidate)))
                .filter(candidate -> between(name, candidate) <= Math.max(3, candidate.length() / 3));
    }

    static int between(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
