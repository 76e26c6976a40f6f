package io.gatehouse.outbound;

import io.gatehouse.http.FormBody;
import io.gatehouse.json.JsonParser;
import io.gatehouse.outbound.Attempts.Repetition;
import io.gatehouse.outbound.EndpointCaller.Call;
import io.gatehouse.outbound.TokenEndpoints.Endpoint;
import io.gatehouse.outbound.TokenEndpoints.Target;
import io.gatehouse.outbound.TokenResult.ClientRejected;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token client: knows what each grant sends, and nothing of how. Thread-safe; remembers nothing. */
final class HttpTokenClient implements TokenClient {

    private static final String ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

    private final TokenClientSettings settings;
    private final EndpointCaller caller;
    private final @Nullable AssertionSigner signer;
    private final Stages stages;

    HttpTokenClient(TokenClientSettings settings, EndpointCaller caller, Clock clock, Executor executor) {
        this.settings = settings;
        this.caller = caller;
        this.signer = AssertionSigner.of(settings, clock);
        this.stages = new Stages(executor);
    }

    /** Whoever waits for the answer wants it. */
    private static boolean always() {
        return true;
    }

    @Override
    public TokenResult clientCredentials(TokenRequest request) {
        return clientCredentials(request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> clientCredentialsAsync(TokenRequest request) {
        return stages.tokens(wanted -> clientCredentials(request, wanted));
    }

    private TokenResult clientCredentials(TokenRequest request, BooleanSupplier wanted) {
        TokenRequest whole = request.over(settings.defaults());
        return grant(whole, target -> form("client_credentials", whole), Repetition.HARMLESS, wanted);
    }

    @Override
    public TokenResult jwtBearer(UserAssertion assertion, TokenRequest request) {
        return jwtBearer(assertion, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> jwtBearerAsync(UserAssertion assertion, TokenRequest request) {
        return stages.tokens(wanted -> jwtBearer(assertion, request, wanted));
    }

    private TokenResult jwtBearer(UserAssertion assertion, TokenRequest request, BooleanSupplier wanted) {
        if (signer == null) {
            return new ClientRejected("nothing is configured to make user assertions with: an issuer and a key");
        }
        TokenRequest whole = request.over(settings.defaults());
        return grant(whole, target -> signer.form(assertion, whole, target), Repetition.HARMLESS, wanted);
    }

    @Override
    public TokenResult refresh(String refreshToken, TokenRequest request) {
        return refresh(refreshToken, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> refreshAsync(String refreshToken, TokenRequest request) {
        return stages.tokens(wanted -> refresh(refreshToken, request, wanted));
    }

    private TokenResult refresh(String refreshToken, TokenRequest request, BooleanSupplier wanted) {
        TokenRequest whole = withOwnScopes(request);
        return grant(
                whole,
                target -> form("refresh_token", whole).with("refresh_token", refreshToken),
                Repetition.HARMFUL,
                wanted);
    }

    /** A refresh token and a code have scopes; others may only be asked for by whoever knows these (RFC 6749 §6). */
    private TokenRequest withOwnScopes(TokenRequest request) {
        return request.over(settings.defaults().withScopes());
    }

    @Override
    public TokenResult exchange(String subjectToken, TokenRequest request) {
        return exchange(subjectToken, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> exchangeAsync(String subjectToken, TokenRequest request) {
        return stages.tokens(wanted -> exchange(subjectToken, request, wanted));
    }

    private TokenResult exchange(String subjectToken, TokenRequest request, BooleanSupplier wanted) {
        TokenRequest type = TokenRequest.empty().withParameter("subject_token_type", ACCESS_TOKEN_TYPE);
        TokenRequest whole = request.over(settings.defaults()).over(type);
        return grant(
                whole,
                target -> form("urn:ietf:params:oauth:grant-type:token-exchange", whole)
                        .with("subject_token", subjectToken),
                Repetition.HARMLESS,
                wanted);
    }

    @Override
    public TokenResult dependentTokens(String token, TokenRequest request) {
        return dependentTokens(token, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> dependentTokensAsync(String token, TokenRequest request) {
        return stages.tokens(wanted -> dependentTokens(token, request, wanted));
    }

    private TokenResult dependentTokens(String token, TokenRequest request, BooleanSupplier wanted) {
        TokenRequest whole = request.over(settings.defaults());
        return grant(
                whole,
                target -> form("urn:globus:auth:grant_type:dependent_token", whole)
                        .with("token", token),
                Repetition.HARMLESS,
                wanted);
    }

    @Override
    public TokenResult code(String code, URI redirectUri, TokenRequest request) {
        return code(code, redirectUri, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<TokenResult> codeAsync(String code, URI redirectUri, TokenRequest request) {
        return stages.tokens(wanted -> code(code, redirectUri, request, wanted));
    }

    private TokenResult code(String code, URI redirectUri, TokenRequest request, BooleanSupplier wanted) {
        TokenRequest whole = withOwnScopes(request);
        return grant(
                whole,
                target -> form("authorization_code", whole)
                        .with("code", code)
                        .with("redirect_uri", redirectUri.toString()),
                Repetition.HARMFUL,
                wanted);
    }

    private TokenResult grant(
            TokenRequest whole, Function<Target, FormBody> form, Repetition repetition, BooleanSupplier wanted) {
        EndpointAnswer answer =
                caller.send(new Call(Endpoint.TOKEN, form, whole.headers(), repetition, timeout(whole)), wanted);
        return answer.<TokenResult>match(body -> TokenResponseReader.read(body, answer), failed -> failed);
    }

    private static FormBody form(String grantType, TokenRequest whole) {
        FormBody form = FormBody.empty().with("grant_type", grantType);
        if (!whole.scopes().isEmpty()) {
            form = form.with("scope", String.join(" ", whole.scopes()));
        }
        return withParameters(form, whole);
    }

    private static FormBody withParameters(FormBody form, TokenRequest request) {
        FormBody longer = form;
        for (TokenRequest.Parameter parameter : request.parameters()) {
            longer = longer.with(parameter.name(), parameter.value());
        }
        return longer;
    }

    private Duration timeout(TokenRequest whole) {
        return whole.timeout().orElse(settings.timeout());
    }

    @Override
    public IntrospectionResult introspect(String token, TokenRequest request) {
        return introspect(token, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<IntrospectionResult> introspectAsync(String token, TokenRequest request) {
        return stages.run(wanted -> introspect(token, request, wanted), IntrospectionResult.Failed::new);
    }

    private IntrospectionResult introspect(String token, TokenRequest request, BooleanSupplier wanted) {
        EndpointAnswer answer = aboutToken(Endpoint.INTROSPECTION, token, request, wanted);
        return answer.match(body -> read(body, answer), IntrospectionResult.Failed::new);
    }

    /** Nothing but the boolean {@code true} is a yes, and nothing but {@code false} a no. */
    private static IntrospectionResult read(byte[] body, EndpointAnswer answer) {
        Map<String, Object> members =
                JsonParser.parseObject(body).match(parsed -> parsed.members(), malformed -> Map.of());
        if (!(members.get("active") instanceof Boolean active)) {
            return new IntrospectionResult.Failed(answer.unreadable("it has no boolean \"active\""));
        }
        return active ? new IntrospectionResult.Active(members) : new IntrospectionResult.Inactive();
    }

    @Override
    public RevocationResult revoke(String token, TokenRequest request) {
        return revoke(token, request, HttpTokenClient::always);
    }

    @Override
    public CompletionStage<RevocationResult> revokeAsync(String token, TokenRequest request) {
        return stages.run(wanted -> revoke(token, request, wanted), RevocationResult.Failed::new);
    }

    private RevocationResult revoke(String token, TokenRequest request, BooleanSupplier wanted) {
        return aboutToken(Endpoint.REVOCATION, token, request, wanted)
                .match(body -> new RevocationResult.Revoked(), RevocationResult.Failed::new);
    }

    /** The parameters of the configuration are those of grants: a server may refuse what it does not expect here. */
    private EndpointAnswer aboutToken(Endpoint endpoint, String token, TokenRequest request, BooleanSupplier wanted) {
        FormBody form = withParameters(FormBody.empty().with("token", token), request);
        TokenRequest whole = request.over(settings.defaults());
        return caller.send(
                new Call(endpoint, target -> form, whole.headers(), Repetition.HARMLESS, timeout(whole)), wanted);
    }

    @Override
    public Map<String, List<Map<String, Object>>> jwkSet() {
        SigningKeys keys = settings.signingKeys();
        return Map.of("keys", keys == null ? List.of() : keys.publicKeys());
    }

    @Override
    public String toString() {
        return "TokenClient[" + settings + "]";
    }
}
