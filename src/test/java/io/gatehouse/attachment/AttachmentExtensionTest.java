package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.Authorizers;
import io.gatehouse.outbound.TokenClient;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AttachmentExtensionTest {

    private final RecordingServer server = new RecordingServer(request -> new Answer(200, "text/plain", "fine"));
    private final FakeAuthorizer authorizer = new FakeAuthorizer();

    @AfterEach
    void close() {
        server.close();
    }

    private OutboundClients configured() {
        AuthorizedOrigins one = AuthorizedOrigins.of(List.of(server.uri("").toString()), false);
        AuthorizedOrigins two =
                AuthorizedOrigins.of(List.of(server.uri("").toString(), "https://orders.example"), false);
        TokenClient tokens = Fakes.of(TokenClient.class, Map.of("jwkSet", arguments -> Map.of()));
        return OutboundClients.of(
                Map.of(
                        "orders", client("orders", one, tokens),
                        "mesh", client("mesh", two, null)),
                Map.of(),
                Map.of("broken", "SOME_VARIABLE: is no URL"));
    }

    private OutboundClient client(String name, AuthorizedOrigins origins, TokenClient tokens) {
        return new OutboundClient(name, authorizer, tokens, origins, Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    /** What the composition root does. */
    private static final class Composition implements Extension {

        private final OutboundClients clients;

        Composition(OutboundClients clients) {
            this.clients = clients;
        }

        void validate(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
            beanManager
                    .getExtension(AttachmentExtension.class)
                    .attach(clients)
                    .forEach(problem -> event.addDeploymentProblem(new DeploymentException(problem)));
        }
    }

    private void deploy(Consumer<WeldContainer> test, Class<?>... beans) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtension(new AttachmentExtension())
                .addExtension(new Composition(configured()))
                .addBeanClasses(beans);
        try (WeldContainer container = weld.initialize()) {
            test.accept(container);
        }
    }

    private List<String> headers() {
        return server.requests().stream()
                .map(request -> String.valueOf(request.header("Authorization")))
                .toList();
    }

    @Dependent
    static class Everything {

        @Inject
        @AuthorizedBy("orders")
        Authorizer authorizer;

        @Inject
        @AuthorizedBy("orders")
        TokenClient tokens;

        @Inject
        @AuthorizedBy("orders")
        Client client;

        @Inject
        @AuthorizedBy("orders")
        WebTarget target;

        @Inject
        @AuthorizedBy("mesh")
        Instance<OutboundClient> mesh;

        @Inject
        @AuthorizedBy("mesh")
        Client meshClient;
    }

    @Test
    void injectsWhatBelongsToAName() {
        deploy(
                container -> {
                    Everything bean = container.select(Everything.class).get();

                    assertThat(bean.authorizer.authorization(server.uri("/"))).contains("Bearer token-1");
                    assertThat(bean.tokens.jwkSet()).isEmpty();
                    assertThat(bean.client.target(server.uri("/a")).request().get(String.class))
                            .isEqualTo("fine");
                    assertThat(bean.target.path("b").request().get(String.class))
                            .isEqualTo("fine");
                    assertThat(bean.mesh.get().name()).isEqualTo("mesh");
                    assertThat(headers()).containsExactly("Bearer token-1", "Bearer token-1");
                },
                Everything.class);
    }

    @Test
    void injectsAnAuthorizerThatSpeaksToItsOriginsOnly() {
        deploy(
                container -> {
                    Authorizer injected = container.select(Everything.class).get().authorizer;

                    assertThat(injected.authorization(URI.create("https://evil.example/")))
                            .isEmpty();
                    assertThat(injected.renewAfterRefusal(URI.create("https://evil.example/"), "Bearer token-1"))
                            .isFalse();
                    assertThat(authorizer.asked()).isEmpty();
                    assertThat(authorizer.refused()).isEmpty();
                },
                Everything.class);
    }

    @Test
    void takesATokenThatIsHandedIn() {
        AuthorizedOrigins origins = AuthorizedOrigins.of(List.of(server.uri("").toString()), false);
        OutboundClient handedIn = new OutboundClient(
                "mesh", Authorizers.staticToken("first"), null, origins, Duration.ZERO, Duration.ZERO);
        handedIn.update("second");

        assertThat(handedIn.authorizer().authorization(server.uri("/"))).contains("Bearer second");
        assertThat(handedIn.authorizer().authorization(URI.create("https://evil.example")))
                .isEmpty();
        assertThatThrownBy(() -> client("orders", origins, null).update("second"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the client \"orders\" gets its tokens itself");
        assertThat(handedIn).hasToString("OutboundClient[mesh, " + origins + "]");
        assertThat(handedIn.authorizer().toString()).doesNotContain("second");
    }

    @Test
    void doesNothingUntilSomethingIsCalled() {
        deploy(container -> container.select(Everything.class).get(), Everything.class);

        assertThat(authorizer.asked()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void keepsAClientOpenThatOneOfItsUsersCloses() {
        deploy(
                container -> {
                    container.select(Everything.class).get().client.close();

                    assertThat(container
                                    .select(Everything.class)
                                    .get()
                                    .client
                                    .target(server.uri("/"))
                                    .request()
                                    .get(String.class))
                            .isEqualTo("fine");
                },
                Everything.class);
    }

    @Test
    void keepsToOneUserWhatHeRegisters() {
        ClientRequestFilter marking = request -> request.getHeaders().putSingle("X-Mark", "mine");
        deploy(
                container -> {
                    Client mine = container.select(Everything.class).get().client;
                    Client other = container.select(Everything.class).get().client;
                    mine.register(marking).property("of.mine", "x");

                    mine.target(server.uri("/").toString()).request().get().close();
                    mine.target(UriBuilder.fromUri(server.uri("/")))
                            .request()
                            .get()
                            .close();
                    mine.target(Link.fromUri(server.uri("/")).build())
                            .request()
                            .get()
                            .close();
                    mine.invocation(Link.fromUri(server.uri("/"))
                                    .type("text/plain")
                                    .build())
                            .get()
                            .close();
                    other.target(server.uri("/")).request().get().close();

                    assertThat(server.requests())
                            .extracting(request -> request.header("X-mark"))
                            .containsExactly("mine", "mine", "mine", "mine", null);
                },
                Everything.class);
    }

    @Test
    void closesItsClientsWithTheApplication() {
        Client[] kept = new Client[1];
        deploy(
                container -> {
                    kept[0] = container.select(Everything.class).get().client;
                    kept[0].target(server.uri("/")).request().get().close();
                    kept[0] = shared(kept[0]);
                },
                Everything.class);

        assertThatThrownBy(() -> kept[0].target(server.uri("/"))).isInstanceOf(IllegalStateException.class);
    }

    private static Client shared(Client view) {
        return ((InjectedClient) view).shared();
    }

    @Test
    void findsClientsForCodeThatAsks() {
        deploy(container -> {
            assertThat(container
                            .select(Client.class, AuthorizedBy.Literal.of("orders"))
                            .get()
                            .target(server.uri("/"))
                            .request()
                            .get(String.class))
                    .isEqualTo("fine");
            assertThatThrownBy(() -> container
                            .select(Client.class, AuthorizedBy.Literal.of("nobody"))
                            .get())
                    .hasStackTraceContaining("there is no client \"nobody\"");
            assertThatThrownBy(() -> container
                            .select(Authorizer.class, AuthorizedBy.Literal.of("broken"))
                            .get())
                    .hasStackTraceContaining("the client \"broken\" cannot be used: SOME_VARIABLE: is no URL");
        });
    }

    @RequestScoped
    static class Misspelt {
        @Inject
        @AuthorizedBy("order")
        Client client;
    }

    @Dependent
    static class MisspeltInParameter {
        @Inject
        void set(@AuthorizedBy("order") Authorizer authorizer) {}
    }

    @Dependent
    static class MisspeltLazily {
        @Inject
        @AuthorizedBy("order")
        Instance<Client> client;
    }

    @ParameterizedTest
    @ValueSource(classes = {Misspelt.class, MisspeltInParameter.class, MisspeltLazily.class})
    void stopsTheDeploymentForANameThatIsNotConfigured(Class<?> bean) {
        assertThatThrownBy(() -> deploy(container -> {}, bean))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("@AuthorizedBy at " + bean.getName() + ".")
                .hasMessageContaining("there is no client \"order\"")
                .hasMessageContaining("configured are: mesh, orders");
    }

    @Dependent
    static class Broken {
        @Inject
        @AuthorizedBy("broken")
        Authorizer authorizer;
    }

    @AuthorizedBy("broken")
    interface BrokenOrders {}

    @ParameterizedTest
    @ValueSource(classes = {Broken.class, BrokenOrders.class})
    void stopsTheDeploymentForAClientThatCannotBeUsed(Class<?> user) {
        assertThatThrownBy(() -> deploy(container -> {}, user))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("GATE0431 @AuthorizedBy at " + user.getName())
                .hasMessageContaining("the client \"broken\" cannot be used: SOME_VARIABLE: is no URL");
    }

    @AuthorizedBy("nobody")
    interface Orders {}

    @Test
    void stopsTheDeploymentForARestClientOfAnUnknownName() {
        assertThatThrownBy(() -> deploy(container -> {}, Orders.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Orders: there is no client \"nobody\"");
    }

    @Dependent
    static class WhichTarget {
        @Inject
        @AuthorizedBy("mesh")
        WebTarget target;
    }

    @Dependent
    static class WhichTokens {
        @Inject
        @AuthorizedBy("mesh")
        TokenClient tokens;
    }

    @Test
    void stopsTheDeploymentForWhatAClientDoesNotHave() {
        assertThatThrownBy(() -> deploy(container -> {}, WhichTarget.class))
                .hasMessageContaining("needs exactly one origin in gatehouse.clients.mesh.targets");
        assertThatThrownBy(() -> deploy(container -> {}, WhichTokens.class))
                .hasMessageContaining("\"mesh\" has no token endpoint");
    }
}
