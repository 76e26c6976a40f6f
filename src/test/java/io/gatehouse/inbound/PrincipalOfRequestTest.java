package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalOfRequestTest {

    private final HttpServletRequest request = new FakeRequest().request();
    private final PrincipalOfRequest principals = new PrincipalOfRequest();

    PrincipalOfRequestTest() {
        principals.request = request;
    }

    @Test
    void isWhomTheFilterLetIn() {
        assertThat(principals.principal()).isNull();

        AuthenticationOutcome.Accepted alice = AcceptedCallers.withoutToken("alice", Set.of());
        CallerInRequest.leave(alice, request);
        assertThat(principals.principal()).isSameAs(alice.principal());

        CallerInRequest.remove(request);
        assertThat(principals.principal()).isNull();
    }

    /** He may have been logged out since, or another logged in. */
    @Test
    void isNobodyWhereTheContainerIsToBeAsked() {
        CallerInRequest.leave(AcceptedCallers.withoutToken("alice", Set.of()), request);
        MechanismMark.leaveIn(request);
        assertThat(principals.principal()).isNull();
    }

    @Test
    void isNobodyWhereThereIsNoHttpRequest() {
        for (RuntimeException none : new RuntimeException[] {
            new IllegalStateException("no request"), new ContextNotActiveException("no request")
        }) {
            principals.request = Fakes.of(HttpServletRequest.class, Map.of("getAttribute", arguments -> {
                throw none;
            }));
            assertThat(principals.principal()).isNull();
        }
    }
}
