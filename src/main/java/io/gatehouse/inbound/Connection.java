package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way on which a request came, as the container sees it.
 *
 * @param encrypted whether it came over https
 * @param loopback whether whoever sent it, or passed it on, is on this machine
 * @param passedOn whether a proxy says that it passed it on
 * @param overheard whether a proxy says that it got it over http
 */
record Connection(String address, boolean encrypted, boolean loopback, boolean passedOn, boolean overheard) {

    /** The written address only, in the forms in which containers write it; nothing is looked up. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "((::ffff:|(0:){5}ffff:)?127(\\.\\d{1,3}){3}|::1|(0:){7}1)(%.*)?", Pattern.CASE_INSENSITIVE);

    private static final List<String> MARKS_OF_A_PROXY =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** RFC 7239 §5.4; of several proxies any one. */
    private static final Pattern OVER_HTTP =
            Pattern.compile("(^|[;,\\s])proto=\"?http\"?($|[;,\\s])", Pattern.CASE_INSENSITIVE);

    /** The same in the header that was there before. */
    private static final Pattern HTTP = Pattern.compile("(^|[,\\s])http($|[,\\s])", Pattern.CASE_INSENSITIVE);

    static Connection of(HttpServletRequest request) {
        String address = request.getRemoteAddr() == null ? "" : request.getRemoteAddr();
        boolean passedOn = MARKS_OF_A_PROXY.stream().anyMatch(name -> request.getHeader(name) != null);
        return new Connection(
                address, request.isSecure(), LOOPBACK.matcher(address).matches(), passedOn, isOverheard(request));
    }

    private static boolean isOverheard(HttpServletRequest request) {
        return says(request, "Forwarded", OVER_HTTP) || says(request, "X-Forwarded-Proto", HTTP);
    }

    private static boolean says(HttpServletRequest request, String name, Pattern what) {
        var values = request.getHeaders(name);
        return values != null && Collections.list(values).stream().anyMatch(what.asPredicate());
    }

    /** Whether nobody on the way can read along, as far as can be told here. */
    boolean isPrivate() {
        return encrypted || (loopback && !overheard);
    }

    /** Whether it comes from this machine, and from no proxy there that others can reach. */
    boolean isFromSameHost() {
        return loopback && !passedOn;
    }
}
