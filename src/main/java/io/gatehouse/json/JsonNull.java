package io.gatehouse.json;

/** The JSON value {@code null}: present in the text, unlike a member that is absent. */
public enum JsonNull {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
