package io.gatehouse.inbound;

import io.gatehouse.caller.Caller;
import jakarta.enterprise.context.ContextException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The caller of the current request, asked for anew with each call: it may be injected, and asked, before somebody is
 * logged in. Where CDI has a request that did not come over HTTP, there is nobody.
 */
@RequestScoped
@Typed(Caller.class)
public class CurrentCaller implements Caller {

    @Inject
    HttpServletRequest request;

    private Caller caller() {
        try {
            return CallerInRequest.of(request);
        } catch (IllegalStateException | ContextException noHttpRequest) {
            return Caller.anonymous();
        }
    }

    @Override
    public boolean isAuthenticated() {
        return caller().isAuthenticated();
    }

    @Override
    public String name() {
        return caller().name();
    }

    @Override
    public String displayName() {
        return caller().displayName();
    }

    @Override
    public String identifier() {
        return caller().identifier();
    }

    @Override
    public Optional<String> issuerName() {
        return caller().issuerName();
    }

    @Override
    public Optional<String> clientId() {
        return caller().clientId();
    }

    @Override
    public boolean isClient() {
        return caller().isClient();
    }

    @Override
    public boolean isUser() {
        return caller().isUser();
    }

    @Override
    public Set<String> roles() {
        return caller().roles();
    }

    @Override
    public Set<String> scopes() {
        return caller().scopes();
    }

    @Override
    public Optional<String> acr() {
        return caller().acr();
    }

    @Override
    public Optional<Instant> authenticatedAt() {
        return caller().authenticatedAt();
    }

    @Override
    public <T> Optional<T> claim(String path, Class<T> type) {
        return caller().claim(path, type);
    }

    @Override
    public List<String> strings(String path) {
        return caller().strings(path);
    }

    @Override
    public String toString() {
        return caller().toString();
    }
}
