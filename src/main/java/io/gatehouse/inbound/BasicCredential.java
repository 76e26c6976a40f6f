package io.gatehouse.inbound;

import java.util.Arrays;
import java.util.Objects;

/** A name and a password as they came. Not immutable: the password is wiped when it was decided about. */
final class BasicCredential {

    private final String name;
    private final char[] password;

    BasicCredential(String name, char[] password) {
        this.name = Objects.requireNonNull(name);
        this.password = password.clone();
    }

    String name() {
        return name;
    }

    /** The password itself, not a copy. */
    char[] password() {
        return password;
    }

    /** Directories take an empty name or password for somebody who does not want to log in, and let him (RFC 4513 §5.1). */
    boolean isEmptyInPart() {
        return name.isEmpty() || password.length == 0;
    }

    void wipe() {
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return "BasicCredential[hidden]";
    }
}
