package io.gatehouse.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers every grant alike, and writes down what was asked. */
final class FakeTokenClient implements TokenClient {

    /** One request: the name of the grant, and the token or subject that went along, empty where there is none. */
    record Asked(String grant, String with, TokenRequest request) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, TokenResult> answer;

    FakeTokenClient(Function<Asked, TokenResult> answer) {
        this.answer = answer;
    }

    void answerWith(Function<Asked, TokenResult> other) {
        answer = other;
    }

    List<Asked> asked() {
        return asked;
    }

    private TokenResult ask(String grant, String with, TokenRequest request) {
        Asked now = new Asked(grant, with, request);
        asked.add(now);
        return answer.apply(now);
    }

    @Override
    public TokenResult clientCredentials(TokenRequest request) {
        return ask("client_credentials", "", request);
    }

    @Override
    public TokenResult jwtBearer(UserAssertion assertion, TokenRequest request) {
        return ask("jwt_bearer", String.valueOf(assertion.claims().get("sub")), request);
    }

    @Override
    public TokenResult refresh(String refreshToken, TokenRequest request) {
        return ask("refresh_token", refreshToken, request);
    }

    @Override
    public TokenResult exchange(String subjectToken, TokenRequest request) {
        return ask("token_exchange", subjectToken, request);
    }

    @Override
    public TokenResult dependentTokens(String token, TokenRequest request) {
        return ask("dependent_token", token, request);
    }

    @Override
    public TokenResult code(String code, URI redirectUri, TokenRequest request) {
        return ask("authorization_code", code, request);
    }

    @Override
    public CompletionStage<TokenResult> clientCredentialsAsync(TokenRequest request) {
        return CompletableFuture.completedFuture(clientCredentials(request));
    }

    @Override
    public CompletionStage<TokenResult> jwtBearerAsync(UserAssertion assertion, TokenRequest request) {
        return CompletableFuture.completedFuture(jwtBearer(assertion, request));
    }

    @Override
    public CompletionStage<TokenResult> refreshAsync(String refreshToken, TokenRequest request) {
        return CompletableFuture.completedFuture(refresh(refreshToken, request));
    }

    @Override
    public CompletionStage<TokenResult> exchangeAsync(String subjectToken, TokenRequest request) {
        return CompletableFuture.completedFuture(exchange(subjectToken, request));
    }

    @Override
    public CompletionStage<TokenResult> dependentTokensAsync(String token, TokenRequest request) {
        return CompletableFuture.completedFuture(dependentTokens(token, request));
    }

    @Override
    public CompletionStage<TokenResult> codeAsync(String code, URI redirectUri, TokenRequest request) {
        return CompletableFuture.completedFuture(code(code, redirectUri, request));
    }

    @Override
    public IntrospectionResult introspect(String token, TokenRequest request) {
        throw new AssertionError("not expected");
    }

    @Override
    public CompletionStage<IntrospectionResult> introspectAsync(String token, TokenRequest request) {
        throw new AssertionError("not expected");
    }

    @Override
    public RevocationResult revoke(String token, TokenRequest request) {
        throw new AssertionError("not expected");
    }

    @Override
    public CompletionStage<RevocationResult> revokeAsync(String token, TokenRequest request) {
        throw new AssertionError("not expected");
    }

    @Override
    public Map<String, List<Map<String, Object>>> jwkSet() {
        throw new AssertionError("not expected");
    }
}
