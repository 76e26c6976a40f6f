package io.gatehouse.roles;

import java.util.Optional;

/**
 * Takes the comments out of JSON as people write it: from two slashes to the end of the line, and between slash and star.
 * Spaces take their place, so that what is said of a place in the rest is true of the file. For one thread.
 */
final class JsonComments {

    private static final byte NO_COMMENT = 0;

    private final byte[] json;
    private int at;

    private JsonComments(byte[] json) {
        this.json = json;
    }

    /** The JSON alone, of the same length; empty where a comment does not end. */
    static Optional<byte[]> removed(byte[] utf8) {
        JsonComments comments = new JsonComments(utf8.clone());
        return comments.remove() ? Optional.of(comments.json) : Optional.empty();
    }

    /** By bytes: none of UTF-8's longer characters has one in it that looks like a slash, a star or a quote. */
    private boolean remove() {
        while (at < json.length) {
            byte kind = json[at] == '/' && at + 1 < json.length ? json[at + 1] : NO_COMMENT;
            if (json[at] == '"') {
                skipString();
            } else if (kind == '/') {
                blankLine();
            } else if (kind != '*') {
                at++;
            } else if (!blankBlock()) {
                return false;
            }
        }
        return true;
    }

    private void skipString() {
        at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void blankLine() {
        while (at < json.length && json[at] != '\n' && json[at] != '\r') {
            json[at++] = ' ';
        }
    }

    private boolean blankBlock() {
        int end = at + 2;
        while (end + 1 < json.length && (json[end] != '*' || json[end + 1] != '/')) {
            end++;
        }
        if (end + 1 >= json.length) {
            return false;
        }
        while (at < end + 2) {
            json[at++] = ' ';
        }
        return true;
    }
}
