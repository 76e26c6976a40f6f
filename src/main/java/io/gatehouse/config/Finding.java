package io.gatehouse.config;

/**
 * One thing that was looked at.
 *
 * @param subject what it was
 * @param text what was found
 * @param remedy what to change; empty where nothing has to be
 */
record Finding(Verdict verdict, String subject, String text, String remedy) {

    /** What it means for tokens. */
    enum Verdict {
        GOOD("ok"),
        NOTE("note"),
        BAD("BAD");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    static Finding good(String subject, String text) {
        return new Finding(Verdict.GOOD, subject, text, "");
    }

    static Finding note(String subject, String text, String remedy) {
        return new Finding(Verdict.NOTE, subject, text, remedy);
    }

    static Finding bad(String subject, String text, String remedy) {
        return new Finding(Verdict.BAD, subject, text, remedy);
    }

    boolean isBad() {
        return verdict == Verdict.BAD;
    }

    /** One line, and one more for the remedy. */
    String lines() {
        String line = String.format("%-5s %s: %s", verdict.word, subject, text);
        return remedy.isEmpty() ? line : line + System.lineSeparator() + "      -> " + remedy;
    }
}
