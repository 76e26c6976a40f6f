package io.gatehouse.attachment;

import java.net.http.HttpRequest;
import java.util.Optional;

/** A request of {@code java.net.http}, and whose header goes along. */
record AuthorizedRequest(HttpRequest request, BoundAuthorizer authorizer) {

    private static final String AUTHORIZATION = "Authorization";

    /** Empty also where the application speaks for itself. May block while a token is fetched. */
    Optional<String> header() {
        return request.headers().map().containsKey(AUTHORIZATION)
                ? Optional.empty()
                : authorizer.authorization(request.uri());
    }

    HttpRequest with(Optional<String> header) {
        return header.map(value -> HttpRequest.newBuilder(request, (name, other) -> true)
                        .setHeader(AUTHORIZATION, value)
                        .build())
                .orElse(request);
    }

    /** Whether a refusal of this header could be answered by a second attempt. */
    boolean isRepeatable(Optional<String> header) {
        return header.isPresent()
                && request.bodyPublisher().map(RepeatableBody::isRepeatable).orElse(true);
    }

    /** May block while a token is fetched. */
    boolean hasAnotherHeader(Optional<String> refused) {
        return refused.filter(header -> authorizer.hasAnotherHeader(request.uri(), header))
                .isPresent();
    }

    @Override
    public String toString() {
        return "AuthorizedRequest[" + request.method() + "]";
    }
}
