package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CurrentCallerTest {

    private final HttpServletRequest request = new FakeRequest().request();
    private final CurrentCaller caller = new CurrentCaller();

    CurrentCallerTest() {
        caller.request = request;
    }

    @Test
    void isWhoeverIsLoggedInAtTheMoment() {
        assertThat(caller.isAuthenticated()).isFalse();

        CallerInRequest.leave(
                AcceptedCallers.of(TestTokens.validated(TestTokens.validClaims()), "alice", Set.of("user")), request);
        assertThat(caller.isAuthenticated()).isTrue();
        assertThat(caller.name()).isEqualTo("alice");
        assertThat(caller.displayName()).isEqualTo("alice");
        assertThat(caller.identifier()).isEqualTo("24400320");
        assertThat(caller.issuerName()).contains("default");
        assertThat(caller.roles()).containsExactly("user");
        assertThat(caller.string("upn")).contains("alice@example.com");
        assertThat(caller.strings("groups")).containsExactly("user", "clerk");
        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.clientId()).isEmpty();
        assertThat(caller.acr()).isEmpty();
        assertThat(caller.authenticatedAt()).isEmpty();
        assertThat(caller.isClient()).isFalse();
        assertThat(caller.isUser()).isFalse();
        assertThat(caller).hasToString("Caller[authenticated]");

        CallerInRequest.remove(request);
        assertThat(caller.isAuthenticated()).isFalse();
    }

    @Test
    void isNobodyWhereThereIsNoHttpRequest() {
        for (RuntimeException none : new RuntimeException[] {
            new IllegalStateException("no request"), new ContextNotActiveException("no request")
        }) {
            caller.request = Fakes.of(HttpServletRequest.class, Map.of("getAttribute", arguments -> {
                throw none;
            }));
            assertThat(caller.isAuthenticated()).isFalse();
            assertThat(caller.strings("groups")).isEmpty();
        }
    }
}
