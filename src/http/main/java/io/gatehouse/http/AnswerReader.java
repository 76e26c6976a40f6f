package io.gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one answer by the grammar of RFC 9112, strictly: what could be read in two ways is given up. Whatever the peer
 * sends behind the answer is never looked at.
 */
final class AnswerReader {

    /** An answer without its body; names of headers in any case. */
    record Head(boolean chunkable, int status, Map<String, List<String>> headers) {
        List<String> values(String name) {
            return headers.getOrDefault(name, List.of());
        }
    }

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \\t]*;.*)?");
    private static final int MOST_INTERIM_ANSWERS = 16;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int HEX = 16;

    private final Incoming incoming;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int maximum;

    AnswerReader(Connection connection, int maximum) {
        this.incoming = new Incoming(connection);
        this.maximum = maximum;
    }

    /** The head of the answer; interim ones before it (RFC 9110 §15.2) are passed over. */
    Head head() throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM_ANSWERS; interim++) {
            Head head = nextHead();
            if (head.status() >= FIRST_FINAL) {
                return head;
            }
            if (head.status() == SWITCHING_PROTOCOLS) { // nobody asked
                break;
            }
        }
        throw new GivenUp(Fault.NO_ANSWER);
    }

    private Head nextHead() throws IOException {
        Matcher status = matching(STATUS_LINE, incoming.line());
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = incoming.line(); !line.isEmpty(); line = incoming.line()) {
            int colon = Math.max(0, line.indexOf(':'));
            String name = matching(RequestHead.NAME, line.substring(0, colon)).group(); // a folded line has none
            headers.computeIfAbsent(name, first -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Head(status.group(1).equals("1"), Integer.parseInt(status.group(2)), headers);
    }

    /** The body that belongs to this head (RFC 9112 §6.3). */
    byte[] body(Head head) throws IOException {
        List<String> codings = head.values("Transfer-Encoding");
        List<String> lengths = head.values("Content-Length");
        if (head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            return new byte[0];
        }
        if (!codings.isEmpty()) {
            require(head.chunkable() && lengths.isEmpty() && isChunked(codings));
            copyChunks();
        } else if (!lengths.isEmpty()) {
            require(lengths.size() == 1);
            copy(Long.parseLong(matching(LENGTH, lengths.get(0)).group()));
        } else {
            incoming.copy(Long.MAX_VALUE, body, maximum); // to the end of the connection
        }
        return body.toByteArray();
    }

    private static boolean isChunked(List<String> codings) {
        return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
    }

    private void copyChunks() throws IOException {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            copy(size);
            require(incoming.line().isEmpty());
        }
        while (!incoming.line().isEmpty()) {
            // trailers mean nothing to us
        }
    }

    private long chunkSize() throws IOException {
        return Long.parseLong(matching(CHUNK_SIZE, incoming.line()).group(1), HEX);
    }

    private void copy(long count) throws IOException {
        require(incoming.copy(count, body, maximum));
    }

    private static Matcher matching(Pattern pattern, String text) throws GivenUp {
        Matcher matcher = pattern.matcher(text);
        require(matcher.matches());
        return matcher;
    }

    private static void require(boolean holds) throws GivenUp {
        if (!holds) {
            throw new GivenUp(Fault.NO_ANSWER);
        }
    }
}
