package io.gatehouse.outbound;

import java.net.URI;
import java.util.Optional;

/**
 * Says what goes into the {@code Authorization} header of a call to another service, and learns when that was refused.
 *
 * <p>The attachments (JAX-RS client, MicroProfile Rest Client, {@code java.net.http}, gRPC) ask it once per attempt. They,
 * and not the authorizer, see to it that a header goes to the configured origins only. Implementations are thread-safe.
 */
public interface Authorizer {

    /**
     * The value of the header for a call to this target; empty where the call goes without one.
     *
     * <p>May block while a token is fetched, within the client's total deadline.
     *
     * @throws TokenException where a header is needed and none can be had now
     */
    Optional<String> authorization(URI target);

    /**
     * The target answered 401 to a call with this header. Says whether another attempt makes sense: true where the next
     * header will be another one, because it was renewed now or since the call was sent. At most one renewal comes of it,
     * however many threads were refused with the same token.
     *
     * @param refused the whole value of the header that was sent
     */
    boolean renewAfterRefusal(URI target, String refused);

    /**
     * The same for the calls of whoever calls on this thread now: what it gives is his, whichever thread asks it. For code
     * that waits for the header in another thread than the caller's; to be asked on his, and forgotten with the call.
     *
     * <p>Fetches nothing and does not fail: where there is no caller, asking for the header says so.
     */
    default Authorizer forCaller() {
        return this;
    }
}
