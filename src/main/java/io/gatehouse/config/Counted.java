package io.gatehouse.config;

/** Counts in words. Pure. */
final class Counted {

    private Counted() {}

    /** So many of a thing whose plural has an s. */
    static String of(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
