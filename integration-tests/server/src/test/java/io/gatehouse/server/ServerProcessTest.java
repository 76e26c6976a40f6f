package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a runtime that looks like Open Liberty's, and whose server says where it runs and then does nothing. */
@Timeout(120)
class ServerProcessTest {

    private static final String NAME = "some";

    @TempDir
    Path directory;

    private Path runtime;
    private Path own;

    @BeforeEach
    void makeRuntime() throws IOException {
        runtime = FakeRuntime.in(directory.resolve("runtime"));
        own = directory.resolve("own");
    }

    private ServerProcess start(Path where, List<String> options, Map<String, String> environment) throws IOException {
        ServerProcess.prepare(where, NAME);
        return ServerProcess.start(runtime, where, NAME, options, environment);
    }

    private ServerProcess start(Path where) throws IOException {
        return start(where, List.of(), Map.of());
    }

    private static CompletableFuture<ProcessHandle> endOf(ServerProcess server) {
        return ProcessHandle.of(server.pid()).orElseThrow().onExit();
    }

    private static List<Path> filesIn(Path place) {
        try (var files = Files.walk(place)) {
            return files.map(place::relativize).sorted().toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Nested
    class ThePlace {

        @Test
        void isEmptyWhateverWasThere() throws IOException {
            Files.createDirectories(own.resolve("usr/servers/some/logs"));
            Files.writeString(own.resolve("usr/servers/some/logs/messages.log"), "old");
            Files.writeString(own.resolve("console.log"), "old");

            Path place = ServerProcess.prepare(own, NAME);

            assertThat(place).isEqualTo(own.resolve("usr/servers/some")).isEmptyDirectory();
            assertThat(filesIn(own))
                    .containsExactly(Path.of(""), Path.of("usr"), Path.of("usr/servers"), Path.of("usr/servers/some"));
        }

        @Test
        void isMadeWhereThereWasNothing() throws IOException {
            assertThat(ServerProcess.prepare(own.resolve("deep/down"), NAME)).isEmptyDirectory();
        }

        @Test
        void leavesEverythingBesideItAlone() throws IOException {
            Path neighbour = Files.createDirectories(directory.resolve("own-too"));
            Files.writeString(neighbour.resolve("kept"), "kept");
            Files.createDirectories(own);
            List<Path> before = filesIn(directory.resolve("runtime"));

            ServerProcess.prepare(own, NAME);

            assertThat(neighbour.resolve("kept")).hasContent("kept");
            assertThat(filesIn(directory.resolve("runtime"))).isEqualTo(before);
        }

        /** The runtime may be linked to from there. */
        @Test
        void leavesWhatALinkPointsToAlone() throws IOException {
            Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
            Files.writeString(elsewhere.resolve("kept"), "kept");
            Files.createDirectories(own);
            Files.createSymbolicLink(own.resolve("link"), elsewhere);

            ServerProcess.prepare(own, NAME);

            assertThat(own.resolve("link")).doesNotExist();
            assertThat(elsewhere.resolve("kept")).hasContent("kept");
        }
    }

    @Nested
    class TheProcess {

        @Test
        void isStoppedWhenItIsClosedAndNoOtherIs() throws IOException {
            try (ServerProcess other = start(directory.resolve("other"))) {
                ServerProcess server = start(own);
                assertThat(server.isAlive()).isTrue();
                assertThat(other.pid()).isNotEqualTo(server.pid());

                server.close();

                assertThat(server.isAlive()).isFalse();
                assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive))
                        .isEmpty();
                assertThatThrownBy(() -> endOf(other).get(500, TimeUnit.MILLISECONDS))
                        .as("the end of the other")
                        .isInstanceOf(TimeoutException.class);
                assertThat(other.isAlive()).isTrue();
            }
        }

        @Test
        void mayBeClosedTwiceAndAfterItsEnd() throws Exception {
            ServerProcess server = start(own);
            CompletableFuture<ProcessHandle> end = endOf(server);
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            end.get(60, TimeUnit.SECONDS);

            server.close();
            server.close();

            assertThat(server.isAlive()).isFalse();
        }

        /** Whoever is told to stop while it waits for the end of the server, leaves neither behind. */
        @Test
        void isStoppedAlsoByAnInterruptedThread() throws Exception {
            ServerProcess server = start(own);
            CompletableFuture<ProcessHandle> end = endOf(server);

            Thread.currentThread().interrupt();
            server.close();

            assertThat(Thread.interrupted()).as("it is not forgotten").isTrue();
            end.get(60, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
        }

        @Test
        void runsInItsOwnPlaceAndIsToldWhereItListens() throws Exception {
            try (ServerProcess server =
                    start(own, List.of("-Dof.the.test=yes", "-Xmx32m"), Map.of("OF_THE_TEST", "also"))) {
                Map<String, String> said = FakeRuntime.said(server.console());

                assertThat(server.console()).isEqualTo(own.resolve("console.log"));
                assertThat(said)
                        .containsEntry("name", NAME)
                        .containsEntry("HTTP_PORT", Integer.toString(server.port()))
                        .containsEntry("WLP_USER_DIR", own.resolve("usr").toString())
                        .containsEntry("WLP_OUTPUT_DIR", own.resolve("output").toString())
                        .containsEntry("OF_THE_TEST", "also")
                        .containsEntry("of.the.test", "yes")
                        .containsEntry("of.the.runtime", "yes")
                        .containsEntry("agent", "loaded");
                assertThat(Path.of(said.get("directory")))
                        .isEqualTo(own.resolve("usr/servers/some").toRealPath());
            }
        }

        @Test
        void isNotStartedWithoutARuntime() throws IOException {
            Path nothing = directory.resolve("nothing");
            ServerProcess.prepare(own, NAME);

            assertThatThrownBy(() -> ServerProcess.start(nothing, own, NAME, List.of(), Map.of()))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("nothing");
        }
    }

    @Nested
    class ThePort {

        @Test
        void isFree() throws IOException {
            try (ServerProcess server = start(own);
                    ServerSocket listening = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
                assertThat(listening.isBound()).isTrue();
            }
        }

        @Test
        void isNotTakenFromTheEnvironment() throws Exception {
            try (ServerProcess server = start(own, List.of(), Map.of("HTTP_PORT", "1"))) {
                assertThat(server.port()).isGreaterThan(1023);
                assertThat(FakeRuntime.said(server.console()))
                        .containsEntry("HTTP_PORT", Integer.toString(server.port()));
            }
        }
    }
}
