package io.gatehouse.attachment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** Sets the header, and answers a refusal of it once. Thread-safe: what belongs to a call is in its properties. */
final class AuthorizerFilter implements ClientRequestFilter, ClientResponseFilter {

    private static final String SENT = AuthorizerFilter.class.getName() + ".sent";
    private static final String SECOND_ATTEMPT = AuthorizerFilter.class.getName() + ".secondAttempt";

    private final BoundAuthorizer authorizer;

    AuthorizerFilter(BoundAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    private record Sent(String header) {
        @Override
        public String toString() {
            return "Sent[hidden]";
        }
    }

    /** What the application says itself is its own affair: it is sent as it is, and a refusal of it is no news to us. */
    @Override
    public void filter(ClientRequestContext request) {
        request.removeProperty(SENT);
        if (saysItself(request)) {
            return;
        }
        authorizer.authorization(request.getUri()).ifPresent(header -> send(header, request));
    }

    private static void send(String header, ClientRequestContext request) {
        if (Redirects.mayBeFollowed(request.getClient())) {
            throw new IllegalStateException(
                    "this client may follow redirects, and would take the token along to any host:"
                            + " build it without followRedirects(true), and with no engine but that of Apache's HTTP client");
        }
        Redirects.switchOff(request::setProperty); // a call may have its own property, which beats the client's
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, header);
        request.setProperty(SENT, new Sent(header));
    }

    private static boolean saysItself(ClientRequestContext request) {
        return request.getHeaders().keySet().stream().anyMatch(HttpHeaders.AUTHORIZATION::equalsIgnoreCase);
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        if (response.getStatus() != Response.Status.UNAUTHORIZED.getStatusCode()
                || request.getProperty(SECOND_ATTEMPT) != null
                || !(request.getProperty(SENT) instanceof Sent sent)) {
            return;
        }
        RequestAsMade made = RequestAsMadeFilter.of(request);
        if (made != null && made.isRepeatable() && authorizer.hasAnotherHeader(request.getUri(), sent.header())) {
            FirstAnswer refusal = FirstAnswer.of(response);
            refusal.replaceBy(made.repeat(request, SECOND_ATTEMPT));
        }
    }
}
