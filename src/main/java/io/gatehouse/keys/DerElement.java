package io.gatehouse.keys;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a DER encoding (ITU-T X.690): enough of it to tell key formats from each other before the platform
 * reads them. Pure.
 */
record DerElement(int tag, ByteBuffer content) {

    static final int INTEGER = 0x02;
    static final int SEQUENCE = 0x30;

    /** The element at the beginning, which is then behind the buffer's position; null where none is complete. */
    static @Nullable DerElement next(ByteBuffer in) {
        if (in.remaining() < 2) {
            return null;
        }
        int tag = in.get() & 0xFF;
        long length = length(in);
        if (length < 0 || length > in.remaining()) {
            return null;
        }
        ByteBuffer content = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return new DerElement(tag, content);
    }

    /** Less than zero where it is incomplete, indefinite (which DER forbids) or longer than any key. */
    private static long length(ByteBuffer in) {
        int first = in.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7F;
        if (bytes == 0 || bytes > 4 || bytes > in.remaining()) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (in.get() & 0xFF);
        }
        return length;
    }

    /** The elements inside, up to a broken one. */
    List<DerElement> children() {
        ByteBuffer in = content.duplicate();
        List<DerElement> children = new ArrayList<>();
        for (DerElement child = next(in); child != null; child = next(in)) {
            children.add(child);
        }
        return children;
    }

    byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
