package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.Authorizers;
import io.gatehouse.outbound.StaticToken;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/outbound.md} shows for gRPC, on a real connection. */
@Timeout(60)
class GrpcTest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    static CallCredentials bearer(Authorizer authorizer, URI target) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo call, Executor threads, MetadataApplier to) {
                CompletableFuture.supplyAsync(() -> authorizer.authorization(target), threads)
                        .whenComplete((header, failure) -> {
                            Metadata headers = new Metadata();
                            if (failure == null) header.ifPresent(value -> headers.put(AUTHORIZATION, value));
                            if (failure == null) to.apply(headers);
                            else to.fail(Status.UNAUTHENTICATED.withCause(failure));
                        });
            }
        };
    }

    static <T> T onceMore(Authorizer authorizer, URI target, Supplier<T> call) {
        String header = authorizer.authorization(target).orElse("");
        try {
            return call.get();
        } catch (StatusRuntimeException refused) {
            boolean stale = refused.getStatus().getCode() == Code.UNAUTHENTICATED;
            if (!stale || !authorizer.renewAfterRefusal(target, header)) throw refused;
            return call.get();
        }
    }

    private static final URI MESH = URI.create("https://mesh.example");

    private static final MethodDescriptor<String, String> ECHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("mesh.Mesh/Echo")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private static final class Text implements Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream in) {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** Takes no call whose header does not please, and keeps all headers. */
    private static final class Guard implements ServerInterceptor {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private volatile Predicate<String> taken = header -> true;

        @Override
        public <Q, A> Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> handler) {
            String header = String.valueOf(headers.get(AUTHORIZATION));
            seen.add(header);
            if (taken.test(header)) {
                return handler.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED, new Metadata());
            return new Listener<>() {};
        }
    }

    private final Guard guard = new Guard();
    private final FakeAuthorizer tokens = new FakeAuthorizer();
    private final Authorizer authorizer =
            BoundAuthorizer.of(tokens, AuthorizedOrigins.of(List.of("https://mesh.example"), false));
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder("mesh.Mesh")
                .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, answers) -> {
                    answers.onNext(request);
                    answers.onCompleted();
                }))
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerInterceptors.intercept(service, guard))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private String echo(Authorizer of, URI target) {
        CallOptions options = CallOptions.DEFAULT.withCallCredentials(bearer(of, target));
        return ClientCalls.blockingUnaryCall(channel, ECHO, options, "hello");
    }

    @Test
    void sendsTheHeaderWithEachCall() {
        assertThat(echo(authorizer, MESH)).isEqualTo("hello");
        tokens.renewAfterRefusal(MESH, "Bearer token-1");
        assertThat(echo(authorizer, MESH)).isEqualTo("hello");

        assertThat(guard.seen).containsExactly("Bearer token-1", "Bearer token-2");
    }

    /** As a token comes that somebody else fetches. */
    @Test
    void sendsTheTokenThatWasSetLast() {
        StaticToken token = Authorizers.staticToken("first");
        echo(token, MESH);
        token.update("second");
        echo(token, MESH);

        assertThat(guard.seen).containsExactly("Bearer first", "Bearer second");
    }

    /** While the call was on its way, somebody has set another one. */
    @Test
    void asksOnceMoreWithATokenThatWasSetMeanwhile() {
        StaticToken token = Authorizers.staticToken("first");
        guard.taken = header -> {
            token.update("second");
            return header.equals("Bearer second");
        };

        assertThat(onceMore(token, MESH, () -> echo(token, MESH))).isEqualTo("hello");
        assertThat(guard.seen).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void sendsNoHeaderToAnotherOrigin() {
        echo(authorizer, URI.create("https://other.example"));

        assertThat(guard.seen).containsExactly("null");
    }

    @Test
    void failsAtOnceWhereNoTokenCanBeHad() {
        tokens.isOutOfReach();

        assertThatThrownBy(() -> echo(authorizer, MESH))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAUTHENTICATED");
        assertThat(guard.seen).isEmpty();
    }

    @Test
    void asksOnceMoreAfterARefusal() {
        guard.taken = header -> !header.equals("Bearer token-1");

        assertThat(onceMore(authorizer, MESH, () -> echo(authorizer, MESH))).isEqualTo("hello");
        assertThat(guard.seen).containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void leavesTheSecondRefusalToTheCaller() {
        guard.taken = header -> false;

        assertThatThrownBy(() -> onceMore(authorizer, MESH, () -> echo(authorizer, MESH)))
                .hasMessageContaining("UNAUTHENTICATED");
        assertThat(guard.seen).containsExactly("Bearer token-1", "Bearer token-2");
    }

    /** Credentials are asked in threads of gRPC's, so whose call it is has to be said where it is made. */
    @Test
    void sendsTheTokenOfWhoeverCallsWhereThatIsSaid() throws Exception {
        CallersAuthorizer callers = new CallersAuthorizer();
        callers.callerIs("alice");
        for (Authorizer of : List.of(callers, callers.forCaller())) {
            CallOptions options = CallOptions.DEFAULT.withCallCredentials(bearer(of, MESH));
            ClientCalls.futureUnaryCall(channel.newCall(ECHO, options), "hello").get(30, TimeUnit.SECONDS);
        }

        assertThat(guard.seen).containsExactly("null", "Bearer alice-1");
        assertThat(callers.waiting()).doesNotContain(Thread.currentThread());
    }

    @Test
    void isWhatTheDocumentationShows() throws IOException {
        String documented = withoutSpace(Files.readString(Path.of("../docs/outbound.md")));
        String source = Files.readString(Path.of("test/java/io/gatehouse/attachment/GrpcTest.java"));

        for (String start : List.of("static CallCredentials bearer(", "static <T> T onceMore(")) {
            String method =
                    source.substring(source.indexOf(start), source.indexOf("\n    }\n", source.indexOf(start)) + 7);
            assertThat(documented).contains(withoutSpace(method));
        }
    }

    private static String withoutSpace(String text) {
        return Pattern.compile("\\s+").matcher(text).replaceAll("");
    }
}
