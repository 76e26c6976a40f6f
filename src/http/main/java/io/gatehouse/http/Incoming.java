package io.gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Bytes of the peer, as lines or as pieces of a body, each within its bound. */
final class Incoming {

    /** Of all heads, chunk sizes and trailers of one answer: everything that is not body. */
    private static final int MOST_BYTES_OF_LINES = 1 << 16;

    private static final int DEL = 0x7F;

    private final Connection connection;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;
    private int bytesOfLines;

    Incoming(Connection connection) {
        this.connection = connection;
    }

    /** The next line, which has to end with CR LF and hold no control character but tabs. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = byteOfLine();
        while (c != '\r') {
            if ((c < ' ' && c != '\t') || c == DEL) { // the end of the connection, -1, among them
                throw new GivenUp(Fault.NO_ANSWER);
            }
            line.append((char) c);
            c = byteOfLine();
        }
        if (byteOfLine() != '\n') {
            throw new GivenUp(Fault.NO_ANSWER);
        }
        return line.toString();
    }

    private int byteOfLine() throws IOException {
        if (++bytesOfLines > MOST_BYTES_OF_LINES) {
            throw new GivenUp(Fault.BODY_TOO_LARGE);
        }
        return hasMore() ? buffer[next++] & 0xFF : -1;
    }

    /** Adds up to so many bytes to the body; false where the connection ends before. */
    boolean copy(long count, ByteArrayOutputStream body, int maximum) throws IOException {
        long missing = count;
        while (missing > 0 && hasMore()) {
            int piece = (int) Math.min(missing, end - next);
            if (piece > maximum - body.size()) {
                throw new GivenUp(Fault.BODY_TOO_LARGE);
            }
            body.write(buffer, next, piece);
            next += piece;
            missing -= piece;
        }
        return missing == 0;
    }

    private boolean hasMore() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, connection.read(buffer));
        }
        return next < end;
    }
}
