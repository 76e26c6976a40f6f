package io.gatehouse.basic;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** A password as it is written down. Immutable; {@code toString} shows nothing of it. */
public sealed interface StoredPassword permits StoredPassword.Plain, PasswordHash {

    /** Whether this is the password; takes as long for a wrong one as for the right one. */
    boolean verify(char[] password);

    /** Written down as it is: for trying things out on one machine, and for nothing else. */
    record Plain(String text) implements StoredPassword {
        public Plain {
            Objects.requireNonNull(text);
        }

        @Override
        public boolean verify(char[] password) {
            byte[] expected = text.getBytes(StandardCharsets.UTF_8);
            byte[] presented = CharBuffer.wrap(password).toString().getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(expected, presented);
        }

        @Override
        public String toString() {
            return "Plain[hidden]";
        }
    }
}
