package io.gatehouse.attachment;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.Set;

/**
 * Tells bodies that can be sent twice from those that are used up by the first time. A known length says nothing of it:
 * {@code fromPublisher(publisher, length)} has one, and its publisher may be good for one subscriber.
 */
final class RepeatableBody {

    /** What {@code ofString}, {@code ofByteArray} and {@code ofFile} of {@code BodyPublishers} make; no type says so. */
    private static final Set<String> REPEATABLE = Set.of(
            "jdk.internal.net.http.RequestPublishers$ByteArrayPublisher",
            "jdk.internal.net.http.RequestPublishers$StringPublisher",
            "jdk.internal.net.http.RequestPublishers$FilePublisher");

    private RepeatableBody() {}

    static boolean isRepeatable(BodyPublisher body) {
        return body.contentLength() == 0 || REPEATABLE.contains(body.getClass().getName());
    }
}
