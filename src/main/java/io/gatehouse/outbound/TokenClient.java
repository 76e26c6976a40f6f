package io.gatehouse.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Asks an authorization server for tokens, as one configured client of it. Each call is one request (and more after {@code
 * Retry-After} or where no connection stood, within the total deadline); nothing is remembered. Thread-safe.
 *
 * <p>Each of them exists in two forms: one waits for the answer, one hands out a stage of it. The stages never complete
 * exceptionally: what goes wrong is a {@link TokenResult.Failed}.
 */
public interface TokenClient {

    /** {@code client_credentials} (RFC 6749 §4.4). */
    TokenResult clientCredentials(TokenRequest request);

    /** See {@link #clientCredentials}. */
    CompletionStage<TokenResult> clientCredentialsAsync(TokenRequest request);

    /** The user grant {@code urn:ietf:params:oauth:grant-type:jwt-bearer} (RFC 7523 §2.1). */
    TokenResult jwtBearer(UserAssertion assertion, TokenRequest request);

    /** See {@link #jwtBearer}. */
    CompletionStage<TokenResult> jwtBearerAsync(UserAssertion assertion, TokenRequest request);

    /** {@code refresh_token} (RFC 6749 §6). The answer's refresh token, where there is one, replaces the one sent. */
    TokenResult refresh(String refreshToken, TokenRequest request);

    /** See {@link #refresh}. */
    CompletionStage<TokenResult> refreshAsync(String refreshToken, TokenRequest request);

    /** {@code urn:ietf:params:oauth:grant-type:token-exchange} of an access token (RFC 8693 §2.1). */
    TokenResult exchange(String subjectToken, TokenRequest request);

    /** See {@link #exchange}. */
    CompletionStage<TokenResult> exchangeAsync(String subjectToken, TokenRequest request);

    /** {@code urn:globus:auth:grant_type:dependent_token}: tokens for what a token that was sent to us leads on to. */
    TokenResult dependentTokens(String token, TokenRequest request);

    /** See {@link #dependentTokens}. */
    CompletionStage<TokenResult> dependentTokensAsync(String token, TokenRequest request);

    /** {@code authorization_code} (RFC 6749 §4.1.3); a PKCE verifier is the parameter {@code code_verifier}. */
    TokenResult code(String code, URI redirectUri, TokenRequest request);

    /** See {@link #code}. */
    CompletionStage<TokenResult> codeAsync(String code, URI redirectUri, TokenRequest request);

    /** What the server says about a token (RFC 7662); only an active one has members. */
    IntrospectionResult introspect(String token, TokenRequest request);

    /** See {@link #introspect}. */
    CompletionStage<IntrospectionResult> introspectAsync(String token, TokenRequest request);

    /** Has an access or refresh token revoked (RFC 7009); done also where the server did not know it. */
    RevocationResult revoke(String token, TokenRequest request);

    /** See {@link #revoke}. */
    CompletionStage<RevocationResult> revokeAsync(String token, TokenRequest request);

    /** The public halves of the keys that this client signs with, as a JWK set (RFC 7517 §5): never a private member. */
    Map<String, List<Map<String, Object>>> jwkSet();
}
