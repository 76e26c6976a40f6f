package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.ClientSecretPost;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.ClientAuthentication.PrivateKeyJwt;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestKeys;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a server that quotes all it was sent, in every place where it can. */
class NoSecretShownTest {

    private static final String SECRET = "cl1ent-s€cret/+:%41";
    private static final TokenRequest REQUEST = TokenRequest.empty()
            .withScopes("read")
            .withParameter("code_verifier", "ver1fier-s3cret")
            .withHeader("X-Api-Key", "api-key-s3cret");
    private static final FakeSigningKeys KEYS =
            FakeSigningKeys.signingWith("k-1", TestKeys.P_256, SignatureAlgorithm.ES256);

    private final MutableClock clock = new MutableClock();
    private final List<AuthenticatedRequest> sent = new ArrayList<>();

    static Stream<Supplier<ClientAuthentication>> proofs() {
        return Stream.of(
                () -> new ClientSecretBasic("id", SECRET, CredentialsEncoding.FORM),
                () -> new ClientSecretBasic("id", SECRET, CredentialsEncoding.RAW),
                () -> new ClientSecretPost("id", SECRET),
                () -> new PrivateKeyJwt(
                        "id", new ClientAssertion(KEYS::current, "id", "https://as.example", new MutableClock())));
    }

    private static final List<Function<TokenClient, Object>> CALLS = List.of(
            client -> client.clientCredentials(REQUEST),
            client -> client.jwtBearer(UserAssertion.forSubject("user-s3cret"), REQUEST),
            client -> client.refresh("refresh-s3cret", REQUEST),
            client -> client.exchange("subject-s3cret", REQUEST.withParameter("actor_token", "actor-s3cret")),
            client -> client.dependentTokens("dependent-s3cret", REQUEST),
            client -> client.code("code-s3cret", URI.create("https://app.example/"), REQUEST),
            client -> client.introspect("introspected-s3cret", REQUEST),
            client -> client.revoke("revoked-s3cret", REQUEST));

    private static final List<Function<String, FetchResult>> ANSWERS = List.of(
            quoted -> refused(400, Map.of("error", "invalid_grant", "error_description", quoted)),
            quoted -> refused(400, Map.of("error", quoted, "error_description", quoted)),
            quoted -> refused(401, Map.of("error", "invalid_client", "error_description", quoted)),
            quoted -> refused(503, Map.of("error", quoted)),
            quoted -> refused(302, Map.of("error", quoted)),
            quoted -> ok(Map.of("access_token", 7, "error", quoted)),
            quoted ->
                    ok(Map.of("access_token", "at-s3cret", "refresh_token", "rt-s3cret", "active", true, "x", quoted)),
            quoted -> ok(Map.of(quoted, quoted)));

    private static FetchResult refused(int status, Map<String, Object> members) {
        return new FetchResult.Refused(status, JsonWriter.write(members).getBytes(UTF_8), "", null);
    }

    private static FetchResult ok(Map<String, Object> members) {
        return new FetchResult.Ok(JsonWriter.write(members).getBytes(UTF_8), "", null);
    }

    private TokenClient client(ClientAuthentication proof, Function<String, FetchResult> answer) {
        URI uri = URI.create("https://as.example/all");
        TokenEndpoints endpoints =
                TokenEndpoints.at(uri).withIntrospectionEndpoint(uri).withRevocationEndpoint(uri);
        TokenClientSettings settings = TokenClientSettings.of(endpoints, proof)
                .withDefaults(REQUEST)
                .withAssertions(Assertions.of("issuer"), KEYS);
        EndpointCaller caller = new EndpointCaller(
                endpoints,
                proof,
                (to, request, wanted) -> {
                    sent.add(request);
                    return answer.apply(quote(request));
                },
                new Attempts(clock, clock::advance, () -> 1.0),
                clock);
        return new HttpTokenClient(settings, caller, clock, Runnable::run);
    }

    /** Values one by one, so that each fits into what is shown of a description. */
    private String quote(AuthenticatedRequest request) {
        List<String> values = new ArrayList<>(request.headers().values());
        request.form().values().forEach((name, all) -> values.addAll(all));
        if (values.stream().anyMatch(value -> value.startsWith("Basic "))) {
            values.add(SECRET); // what the server has decoded
        }
        return values.get(calls % values.size()) + " | " + values.get((calls + 1) % values.size());
    }

    private int calls;

    private static List<String> shown(Object result) {
        List<String> shown = new ArrayList<>(List.of(String.valueOf(result)));
        Optional<TokenResult.Failed> failure = Optional.empty();
        if (result instanceof TokenResult.Failed failed) {
            failure = Optional.of(failed);
        } else if (result instanceof IntrospectionResult.Failed failed) {
            failure = Optional.of(failed.failure());
        } else if (result instanceof RevocationResult.Failed failed) {
            failure = Optional.of(failed.failure());
        }
        failure.ifPresent(failed -> {
            shown.add(failed.problem());
            shown.add(String.valueOf(new TokenException(failed)));
            if (failed instanceof TokenResult.GrantRejected rejected) {
                shown.add(rejected.error());
                shown.add(String.valueOf(rejected.description()));
            }
        });
        return shown;
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void inAnyMessage(Supplier<ClientAuthentication> proof) {
        int looks = 0;
        for (Function<TokenClient, Object> call : CALLS) {
            for (Function<String, FetchResult> answer : ANSWERS) {
                for (calls = 0; calls < 12; calls++) {
                    sent.clear();
                    TokenClient client = client(proof.get(), answer);
                    List<String> shown = new ArrayList<>(shown(call.apply(client)));
                    shown.add(client.toString());
                    for (String text : shown) {
                        assertThat(text).doesNotContain(secrets());
                        looks++;
                    }
                }
            }
        }
        assertThat(looks).isGreaterThan(1000);
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of("s3cret", SECRET, URLEncoder.encode(SECRET, UTF_8)));
        for (AuthenticatedRequest request : sent) {
            Map<String, List<String>> form = new LinkedHashMap<>(request.form().values());
            for (String name : List.of("assertion", "client_assertion")) {
                form.getOrDefault(name, List.of()).forEach(secrets::add);
            }
            Optional.ofNullable(request.headers().get("Authorization"))
                    .map(header -> header.substring("Basic ".length()))
                    .ifPresent(secrets::add);
        }
        return secrets;
    }

    static Stream<String> quotedForms() {
        String secret = "p\"a/ss w\u00f6rd\\";
        return Stream.of(
                secret,
                "p%22a%2Fss+w%C3%B6rd%5C",
                "p%22a%2Fss%20w%C3%B6rd%5C",
                "p\\\"a/ss w\u00f6rd\\\\",
                "p\\\"a\\/ss w\u00f6rd\\\\",
                "p\\\"a/ss w\\u00f6rd\\\\");
    }

    @ParameterizedTest
    @MethodSource("quotedForms")
    void inAnotherForm(String quoted) {
        AuthenticatedRequest request = new AuthenticatedRequest(
                FormBody.empty().with("password", "p\"a/ss w\u00f6rd\\").with("scope", "read"), Map.of());

        assertThat(SentSecrets.of(request).hide("read: " + quoted + "!")).isEqualTo("read: [hidden]!");
    }

    @Test
    void whereAHeaderOnlyLooksLikeBasic() {
        AuthenticatedRequest request = new AuthenticatedRequest(
                FormBody.empty(), Map.of("X-Api-Key", "Basic k3y_(none)", "Authorization", "Basic n0_(base64)"));

        assertThat(SentSecrets.of(request).hide("k3y_(none) n0_(base64)")).isEqualTo("[hidden] [hidden]");
    }

    @Test
    void inAUrl() {
        URI uri = URI.create("https://u-s3cret@as.example:8443/token?key=s3cret");

        assertThat(TokenEndpoints.at(uri).toString())
                .doesNotContain("s3cret")
                .contains("TOKEN=https://as.example:8443/token");
        assertThat(new TokenEndpoints.Target(uri, null).toString()).doesNotContain("s3cret");
    }

    @Test
    void inWhatIsSent() {
        AuthenticatedRequest request = new ClientSecretPost("id", SECRET)
                .authenticate(FormBody.empty().with("code", "code-s3cret"), Map.of())
                .orElseThrow();

        assertThat(Stream.of(
                        request,
                        request.form(),
                        SentSecrets.of(request),
                        new EndpointCaller.Call(
                                TokenEndpoints.Endpoint.TOKEN,
                                target -> request.form(),
                                Map.of("X-Api-Key", "s3cret"),
                                Attempts.Repetition.HARMLESS,
                                Duration.ofSeconds(1)),
                        new EndpointAnswer(
                                TokenEndpoints.Endpoint.TOKEN,
                                URI.create("https://as.example/"),
                                clock.instant(),
                                ok(Map.of("access_token", "s3cret")),
                                SentSecrets.of(request)),
                        UserAssertion.forSubject("s3cret"),
                        REQUEST,
                        KEYS.current()))
                .allSatisfy(shown -> assertThat(shown.toString()).doesNotContain("s3cret", SECRET));
    }
}
