package io.gatehouse.basic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Turns a password into the bytes that are hashed: UTF-8, as every other implementation does today. Stateless. */
final class PasswordBytes {

    private PasswordBytes() {}

    /** The caller has to wipe them. */
    static byte[] of(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        return bytes;
    }
}
