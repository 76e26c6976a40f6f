package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.TokenException;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.RecordingServer.Request;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;
import org.jboss.resteasy.client.jaxrs.engines.ManualClosingApacheHttpClient43Engine;
import org.jboss.resteasy.client.jaxrs.engines.URLConnectionEngine;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same on each implementation, and over real connections. */
@Timeout(60)
class AuthorizerFeatureTest {

    enum Implementation {
        JERSEY(() -> new JerseyClientBuilder().build()),
        RESTEASY(() -> new ResteasyClientBuilderImpl().build());

        private final Supplier<Client> maker;

        Implementation(Supplier<Client> maker) {
            this.maker = maker;
        }
    }

    private static final String REFUSES_THE_FIRST = "Bearer token-1";

    private final FakeAuthorizer authorizer = new FakeAuthorizer();
    private final RecordingServer server = new RecordingServer(request -> new Answer(200, "text/plain", "fine"));
    private final RecordingServer stranger = new RecordingServer(request -> new Answer(200, "text/plain", "aha"));
    private final List<AutoCloseable> open = new ArrayList<>(List.of(server, stranger));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Client plain(Implementation implementation) {
        Client client = implementation.maker.get();
        open.add(0, client::close);
        return client;
    }

    private Client client(Implementation implementation) {
        return plain(implementation).register(feature());
    }

    private AuthorizerFeature feature() {
        String origin = server.uri("").toString();
        return AuthorizerFeature.of(authorizer, AuthorizedOrigins.of(List.of(origin), false));
    }

    private static List<String> headers(RecordingServer server) {
        return server.requests().stream()
                .map(request -> String.valueOf(request.header("Authorization")))
                .toList();
    }

    /** 401 for the first token, an echo of the body for any other. */
    private void refuseTheFirst() {
        server.answerWith(request -> REFUSES_THE_FIRST.equals(request.header("Authorization"))
                ? new Answer(401, "text/plain", "no")
                : new Answer(200, "text/plain", "echo " + request.body()));
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheHeaderToItsOrigin(Implementation implementation) {
        String answer =
                client(implementation).target(server.uri("/orders")).request().get(String.class);

        assertThat(answer).isEqualTo("fine");
        assertThat(headers(server)).containsExactly("Bearer token-1");
        assertThat(authorizer.asked()).containsExactly(server.uri("/orders"));
    }

    @ParameterizedTest
    @EnumSource
    void sendsNoHeaderElsewhere(Implementation implementation) {
        Client client = client(implementation);
        URI otherName = URI.create(server.uri("/").toString().replace("127.0.0.1", "localhost"));

        client.target(stranger.uri("/")).request().get().close();
        client.target(otherName).request().get().close();

        assertThat(headers(stranger)).containsExactly("null");
        assertThat(headers(server)).containsExactly("null");
        assertThat(authorizer.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void goesByTheAddressThatOtherFiltersMadeOfIt(Implementation implementation) {
        ClientRequestFilter elsewhere = request -> request.setUri(stranger.uri("/"));
        client(implementation)
                .register(elsewhere, Integer.MAX_VALUE - 1)
                .target(server.uri("/"))
                .request()
                .get()
                .close();

        assertThat(headers(stranger)).containsExactly("null");
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheHeaderOfTheApplicationAlone(Implementation implementation) {
        server.answerWith(request -> new Answer(401, "text/plain", "no"));
        ClientRequestFilter own = request -> request.getHeaders().putSingle("authorization", "Basic eDp5");
        Client client = client(implementation);

        client.target(server.uri("/"))
                .request()
                .header("Authorization", "Basic eDp5")
                .get()
                .close();
        client.target(server.uri("/")).register(own).request().get().close();

        assertThat(headers(server)).containsExactly("Basic eDp5", "Basic eDp5");
        assertThat(authorizer.asked()).isEmpty();
        assertThat(authorizer.refused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void followsNoRedirectWithTheHeader(Implementation implementation) {
        Client client = client(implementation);
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            server.answerWith(request -> new Answer(status, "text/plain", "there"));
            server.redirectTo(stranger.uri("/theft"));

            Response response = client.target(server.uri("/"))
                    .property("jersey.config.client.followRedirects", true)
                    .request()
                    .property("jersey.config.client.followRedirects", true)
                    .get();

            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(response.getLocation()).isEqualTo(stranger.uri("/theft"));
            response.close();
        }
        assertThat(headers(server)).hasSize(5).containsOnly("Bearer token-1");
        assertThat(stranger.requests()).isEmpty();
    }

    enum Following {
        /** Says no, and does. */
        BY_URL_CONNECTION(new URLConnectionEngine()),
        WITHOUT_AN_ANSWER(engine(method -> {
            throw new UnsupportedOperationException();
        })),
        /** No engine that we know. */
        BY_ANOTHER_WHO_DENIES_IT(engine(method -> method.getReturnType() == boolean.class ? false : null));

        private final ClientHttpEngine engine;

        Following(ClientHttpEngine engine) {
            this.engine = engine;
        }

        private static ClientHttpEngine engine(Function<Method, Object> answers) {
            return (ClientHttpEngine) Proxy.newProxyInstance(
                    Following.class.getClassLoader(),
                    new Class<?>[] {ClientHttpEngine.class},
                    (proxy, method, arguments) -> method.getName().equals("close") ? null : answers.apply(method));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingThroughAnEngineOfWhichItIsUnknownWhetherItFollowsRedirects(Following following) {
        server.answerWith(request -> new Answer(302, "text/plain", "there"));
        server.redirectTo(stranger.uri("/theft"));
        Client client =
                new ResteasyClientBuilderImpl().httpEngine(following.engine).build();
        open.add(0, client::close);
        WebTarget target = client.register(feature()).target(server.uri("/"));

        assertThatThrownBy(() -> target.request().get())
                .isInstanceOf(ProcessingException.class)
                .hasStackTraceContaining("this client may follow redirects");
        assertThat(server.requests()).isEmpty();
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    void takesEnginesOfTheApacheClient() {
        for (ClientHttpEngine engine :
                List.of(new ManualClosingApacheHttpClient43Engine(), new ApacheHttpClient43Engine() {})) {
            Client client = new ResteasyClientBuilderImpl().httpEngine(engine).build();
            open.add(0, client::close);
            client.register(feature()).target(server.uri("/")).request().get().close();
        }

        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-1");
    }

    /** RESTEasy does that below all filters. */
    @Test
    void sendsNothingWithAClientThatCannotBeKeptFromFollowingRedirects() {
        server.answerWith(request -> new Answer(302, "text/plain", "there"));
        server.redirectTo(stranger.uri("/theft"));
        Client following =
                new ResteasyClientBuilderImpl().setFollowRedirects(true).build();
        open.add(0, following::close);
        WebTarget target = following.register(feature()).target(server.uri("/"));

        assertThatThrownBy(() -> target.request().get())
                .isInstanceOf(ProcessingException.class)
                .hasStackTraceContaining("this client may follow redirects");
        assertThat(server.requests()).isEmpty();
        assertThat(stranger.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void followsNoRedirectAfterTheSecondAttempt(Implementation implementation) {
        server.answerWith(request -> REFUSES_THE_FIRST.equals(request.header("Authorization"))
                ? new Answer(401, "text/plain", "no")
                : new Answer(302, "text/plain", "there"));
        server.redirectTo(stranger.uri("/theft"));

        Response response =
                client(implementation).target(server.uri("/")).request().get();

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(stranger.requests()).isEmpty();
        response.close();
    }

    @ParameterizedTest
    @EnumSource
    void asksOnceMoreAfterA401(Implementation implementation) {
        refuseTheFirst();

        Response response = client(implementation)
                .target(server.uri("/orders?a=b%20c"))
                .request("text/plain", "text/html")
                .header("X-Correlator", "42")
                .cookie("flavour", "plain")
                .get();

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getMediaType()).isEqualTo(MediaType.TEXT_PLAIN_TYPE);
        assertThat(response.readEntity(String.class)).isEqualTo("echo ");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(authorizer.refused()).containsExactly("Bearer token-1");
        Request first = server.requests().get(0);
        Request second = server.requests().get(1);
        assertThat(second.target()).isEqualTo(first.target()).isEqualTo("/orders?a=b%20c");
        for (String name : List.of("X-correlator", "Cookie", "Accept")) {
            assertThat(second.headers().get(name))
                    .isEqualTo(first.headers().get(name))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheSecond401ToTheCaller(Implementation implementation) {
        server.answerWith(request -> new Answer(401, "text/plain", "no to " + request.header("Authorization")));

        Response response =
                client(implementation).target(server.uri("/")).request().get();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.readEntity(String.class)).isEqualTo("no to Bearer token-2");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(authorizer.refused()).containsExactly("Bearer token-1");
    }

    @ParameterizedTest
    @EnumSource
    void leavesA401ToTheCallerWhereThereIsNoOtherToken(Implementation implementation) {
        authorizer.neverRenews();
        server.answerWith(request -> new Answer(401, "text/plain", "no"));

        Response response =
                client(implementation).target(server.uri("/")).request().get();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.readEntity(String.class)).isEqualTo("no");
        assertThat(headers(server)).containsExactly("Bearer token-1");
    }

    @ParameterizedTest
    @EnumSource
    void leavesA401ToTheCallerWhereNoTokenCanBeHadAnyMore(Implementation implementation) {
        server.answerWith(request -> {
            authorizer.isOutOfReach();
            return new Answer(401, "text/plain", "no");
        });

        Response response =
                client(implementation).target(server.uri("/")).request().get();

        assertThat(response.readEntity(String.class)).isEqualTo("no");
        assertThat(headers(server)).containsExactly("Bearer token-1");
    }

    @ParameterizedTest
    @EnumSource
    void renewsForNoOtherStatus(Implementation implementation) {
        Client client = client(implementation);
        for (int status : new int[] {400, 403, 404, 407, 500, 503}) {
            server.answerWith(request -> new Answer(status, "text/plain", "no"));
            Response response = client.target(server.uri("/")).request().get();
            assertThat(response.getStatus()).isEqualTo(status);
            response.close();
        }
        assertThat(headers(server)).hasSize(6).containsOnly("Bearer token-1");
        assertThat(authorizer.refused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failsWhereNoTokenCanBeHad(Implementation implementation) {
        authorizer.isOutOfReach();

        assertThatThrownBy(() ->
                        client(implementation).target(server.uri("/")).request().get())
                .isInstanceOf(ProcessingException.class)
                .hasRootCauseInstanceOf(TokenException.class);
        assertThat(server.requests()).isEmpty();
    }

    record Order(String what) {}

    private static final class OrderWriter implements MessageBodyWriter<Object> {

        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return type == Order.class || generic.getTypeName().contains("Order");
        }

        @Override
        public void writeTo(
                Object entity,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            out.write((generic.getTypeName() + entity).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Every other request is refused. */
    private void refuseEachFirstAttempt() {
        server.answerWith(request -> server.requests().size() % 2 == 1
                ? new Answer(401, "text/plain", "no")
                : new Answer(200, "text/plain", "echo " + request.body()));
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheSameEntityOnceMore(Implementation implementation) {
        refuseEachFirstAttempt();
        Client client = client(implementation).register(new OrderWriter());
        List<Entity<?>> entities = List.of(
                Entity.text("plain text"),
                Entity.json("{\"a\":1}"),
                Entity.form(new Form("a", "1").param("b", "ü &")),
                Entity.entity(new byte[] {65, 66, 67}, MediaType.APPLICATION_OCTET_STREAM_TYPE),
                Entity.entity(new Order("book"), "application/orders"),
                Entity.entity(new GenericEntity<>(List.of(new Order("book"))) {}, "application/orders"));
        for (Entity<?> entity : entities) {
            server.requests().clear();
            Response response = client.target(server.uri("/")).request().put(entity);

            assertThat(response.getStatus()).as(entity.toString()).isEqualTo(200);
            response.close();
            Request first = server.requests().get(0);
            Request second = server.requests().get(1);
            assertThat(second.method()).isEqualTo("PUT");
            assertThat(second.body()).isEqualTo(first.body()).isNotEmpty();
            assertThat(second.header("Content-type"))
                    .isEqualTo(first.header("Content-type"))
                    .startsWith(entity.getMediaType().toString());
        }
    }

    private static List<Entity<?>> usedUp() {
        StreamingOutput output = out -> out.write(65);
        return List.of(
                Entity.text(new ByteArrayInputStream(new byte[] {65})),
                Entity.text(new StringReader("A")),
                Entity.text(output),
                Entity.entity("--x\r\n\r\nA\r\n--x--", "multipart/mixed;boundary=x"));
    }

    @ParameterizedTest
    @EnumSource
    void leavesA401ToTheCallerWhereTheEntityIsUsedUp(Implementation implementation) {
        refuseEachFirstAttempt();
        Client client = client(implementation);
        for (Entity<?> entity : usedUp()) {
            server.requests().clear();
            Response response = client.target(server.uri("/")).request().post(entity);

            assertThat(response.getStatus()).as(entity.toString()).isEqualTo(401);
            assertThat(response.readEntity(String.class)).isEqualTo("no");
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(authorizer.refused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void asksOnceMoreWithoutAnEntity(Implementation implementation) {
        refuseEachFirstAttempt();
        Client client = client(implementation);
        for (String method : List.of("DELETE", "HEAD", "OPTIONS")) {
            server.requests().clear();
            Response response = client.target(server.uri("/")).request().method(method);

            assertThat(response.getStatus()).isEqualTo(200);
            response.close();
            assertThat(server.requests()).extracting(Request::method).containsExactly(method, method);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheWholeOfALongAnswer(Implementation implementation) throws IOException {
        String text = "0123456789".repeat(100_000);
        server.answerWith(request -> server.requests().size() % 2 == 1
                ? new Answer(401, "text/plain", text)
                : new Answer(200, "text/plain", text));
        Client client = client(implementation);
        for (int i = 0; i < 20; i++) { // more often than there are connections to forget
            Response response = client.target(server.uri("/")).request().get();
            try (InputStream body = response.readEntity(InputStream.class)) {
                assertThat(body.readNBytes(i % 2 == 0 ? 10 : 2_000_000))
                        .startsWith("0123456789".getBytes(StandardCharsets.US_ASCII));
            }
            response.close();
        }
        assertThat(server.requests()).hasSize(40);
    }

    @ParameterizedTest
    @EnumSource
    void showsFiltersEachAttemptOnce(Implementation implementation) {
        refuseTheFirst();
        List<String> seen = new CopyOnWriteArrayList<>();
        ClientRequestFilter adding = request -> {
            seen.add("asks " + request.getHeaderString("Authorization"));
            request.getHeaders().add("X-Trace", "one");
        };
        ClientResponseFilter looking = (request, response) -> seen.add("gets " + response.getStatus());
        Client client = client(implementation);

        WebTarget target = client.register(adding).target(server.uri("/")).register(looking);
        target.request().get().close();

        assertThat(seen).containsExactly("asks null", "gets 401", "asks null", "gets 200");
        assertThat(server.requests())
                .extracting(request -> request.header("X-trace"))
                .containsExactly("one", "one");
    }

    @ParameterizedTest
    @EnumSource
    void worksForATargetAlone(Implementation implementation) {
        refuseTheFirst();
        Client client = plain(implementation);
        WebTarget target = client.target(server.uri("/")).register(feature());

        assertThat(target.request().get(String.class)).isEqualTo("echo ");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");

        client.target(server.uri("/")).request().get().close();
        assertThat(headers(server)).endsWith("null");
    }

    @ParameterizedTest
    @EnumSource
    void worksForCallsThatNobodyWaitsFor(Implementation implementation) throws Exception {
        refuseTheFirst();
        Client client = client(implementation);
        CompletionStage<String> stage =
                client.target(server.uri("/")).request().rx().post(Entity.text("later"), String.class);

        assertThat(stage.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo("echo later");
        assertThat(client.target(server.uri("/"))
                        .request()
                        .async()
                        .get(String.class)
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo("echo ");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-2");
    }

    /** JAX-RS gives filters no other thread than the client's: whose call it is has to be said where it is made. */
    @ParameterizedTest
    @EnumSource
    void takesTheTokenOfWhoeverCallsWhereThatIsSaid(Implementation implementation) throws Exception {
        CallersAuthorizer callers = new CallersAuthorizer();
        callers.callerIs("alice");
        AuthorizedOrigins origins = AuthorizedOrigins.of(List.of(server.uri("").toString()), false);
        Client client = plain(implementation);
        for (Authorizer authorizer : List.of(callers, callers.forCaller())) {
            client.target(server.uri("/"))
                    .register(AuthorizerFeature.of(authorizer, origins))
                    .request()
                    .rx()
                    .get(String.class)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        assertThat(headers(server)).containsExactly("null", "Bearer alice-1");
        assertThat(callers.waiting()).doesNotContain(Thread.currentThread());
    }

    @ParameterizedTest
    @EnumSource
    void takesOneAuthorizer(Implementation implementation) {
        FakeAuthorizer other = new FakeAuthorizer();
        client(implementation)
                .register(AuthorizerFeature.of(
                        other, AuthorizedOrigins.of(List.of(server.uri("").toString()), false)))
                .target(server.uri("/"))
                .request()
                .get()
                .close();

        assertThat(headers(server)).containsExactly("Bearer token-1");
        assertThat(other.asked()).isEmpty();
    }
}
