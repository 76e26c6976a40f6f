package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.TokenStorage.StoredTokens;
import io.gatehouse.testing.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EncryptedFileStorageTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final byte[] OTHER_KEY = "0123456789abcdef0123456789abcdeF".getBytes(UTF_8);
    private static final StoredTokens TOKENS = new StoredTokens(
            "transfer.example",
            Set.of("read", "write"),
            "s3cret-access",
            Instant.ofEpochSecond(1_800_000_000),
            "s3cret-refresh");
    private static final StoredTokens LITTLE = new StoredTokens(null, Set.of(), null, null, "r");

    @TempDir
    private Path temporary;

    private final CapturedLog log = new CapturedLog(EncryptedFileStorage.class);
    private Path directory;
    private TokenStorage storage;

    @BeforeEach
    void open() {
        directory = temporary.resolve("state/tokens");
        storage = TokenStorages.encryptedFiles(directory, KEY);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private Path only() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Nested
    class WhatIsStored {

        @Test
        void isLoadedAgainAlsoByTheNextApplication() {
            storage.store("orders", TOKENS);
            storage.store("stock", LITTLE);

            assertThat(storage.load("orders")).hasValue(TOKENS);
            TokenStorage next = TokenStorages.encryptedFiles(directory, KEY);
            assertThat(next.load("orders")).hasValue(TOKENS);
            assertThat(next.load("stock")).hasValue(LITTLE);
            assertThat(log.everything()).isEmpty();
        }

        @Test
        void isReplacedAndRemoved() throws IOException {
            storage.store("orders", LITTLE);
            storage.store("orders", TOKENS);
            assertThat(storage.load("orders")).hasValue(TOKENS);
            assertThat(files()).hasSize(1);

            storage.remove("orders");
            storage.remove("orders");
            assertThat(storage.load("orders")).isEmpty();
            assertThat(files()).isEmpty();
        }

        @Test
        void isAsGlobusNamesIt() throws IOException {
            storage.store("orders", TOKENS);

            byte[] json = new TokenSeal(KEY)
                    .open("orders", Files.readAllBytes(only()))
                    .orElseThrow();
            assertThat(new String(json, UTF_8))
                    .isEqualTo("{\"resource_server\":\"transfer.example\",\"scope\":\"read write\","
                            + "\"access_token\":\"s3cret-access\",\"refresh_token\":\"s3cret-refresh\","
                            + "\"expires_at_seconds\":1800000000,\"token_type\":\"Bearer\"}");
        }

        @Test
        void cannotBeReadInTheFileOrItsName() throws IOException {
            storage.store("alice@example.com", TOKENS);

            assertThat(Files.readString(only(), ISO_8859_1)).doesNotContain("s3cret", "transfer", "alice");
            assertThat(only().getFileName().toString()).doesNotContain("alice").matches("[0-9a-f]{64}\\.tokens");
        }

        @Test
        void looksAnotherEachTime() throws IOException {
            Set<String> contents = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                storage.store("orders", TOKENS);
                contents.add(Files.readString(only(), ISO_8859_1).substring(4, 16));
            }

            assertThat(contents).as("nonces").hasSize(100);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "../../etc/passwd", "/", "a\u0000b", "ü", "CON", "orders/alice"})
        void mayHaveAnyNamespace(String namespace) throws IOException {
            storage.store(namespace, TOKENS);

            assertThat(storage.load(namespace)).hasValue(TOKENS);
            assertThat(only().getParent()).isEqualTo(directory);
        }
    }

    @Nested
    class OfItsFiles {

        @Test
        void nobodyElseMayReadAny() throws IOException {
            storage.store("orders", TOKENS);
            storage.store("orders", TOKENS);

            assertThat(mode(only())).isEqualTo("rw-------");
            assertThat(mode(directory)).isEqualTo("rwx------");
        }

        /** Looked at from beside, as often as can be, while files come and go. */
        @Test
        void noneIsEverOpenToOthersOrTorn() throws Exception {
            storage.store("orders", TOKENS);
            AtomicBoolean done = new AtomicBoolean();
            Set<String> modes = new HashSet<>();
            Set<Optional<StoredTokens>> loaded = new HashSet<>();
            Thread writing = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    storage.store("orders", i % 2 == 0 ? LITTLE : TOKENS);
                }
                done.set(true);
            });
            writing.start();
            while (!done.get()) {
                loaded.add(storage.load("orders"));
                for (Path file : files()) {
                    modeIfThere(file).ifPresent(modes::add);
                }
            }
            writing.join();

            assertThat(modes).containsExactly("rw-------");
            assertThat(loaded).isSubsetOf(Optional.of(TOKENS), Optional.of(LITTLE));
            assertThat(log.everything()).isEmpty();
        }

        private static Optional<String> modeIfThere(Path file) {
            try {
                return Optional.of(mode(file));
            } catch (IOException gone) {
                return Optional.empty();
            }
        }

        @Test
        void theOldOneStaysWhereTheNewOneCannotTakeItsPlace() throws IOException {
            storage.store("orders", TOKENS);
            Path file = only();
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));

            assertThatThrownBy(() -> storage.store("orders", LITTLE)).isInstanceOf(UncheckedIOException.class);
            assertThat(files()).as("nothing half-done is left").containsExactly(file);
        }

        @Test
        void theDirectoryMayBeThereAlready() throws IOException {
            Files.createDirectories(directory);
            storage.store("orders", TOKENS);

            assertThat(storage.load("orders")).hasValue(TOKENS);
        }

        @Test
        void noneIsReadThroughALink() throws IOException {
            storage.store("orders", TOKENS);
            Path elsewhere = temporary.resolve("elsewhere");
            Path file = only();
            Files.move(file, elsewhere);
            Files.createSymbolicLink(file, elsewhere);

            assertThatThrownBy(() -> storage.load("orders")).isInstanceOf(UncheckedIOException.class);
        }

        @Test
        void nothingIsTouchedBeforeTheFirstTokens() {
            assertThat(storage.load("orders")).isEmpty();
            assertThat(directory).doesNotExist();
        }
    }

    @Nested
    class AFileThatCannotBeUsed {

        private void assertUseless(TokenStorage by, String namespace) {
            assertThat(by.load(namespace)).isEmpty();
            assertThat(log.messages(Level.WARNING))
                    .singleElement()
                    .asString()
                    .startsWith("GATE0425 ")
                    .contains(namespace, directory.toString());
            assertThat(log.everything()).doesNotContain("s3cret", "Exception");
        }

        @Test
        void isThatOfAnotherKey() {
            storage.store("orders", TOKENS);

            assertUseless(TokenStorages.encryptedFiles(directory, OTHER_KEY), "orders");
            assertThat(storage.load("orders")).as("and it is left alone").hasValue(TOKENS);
        }

        @Test
        void isThatOfAnotherClient() throws IOException {
            storage.store("orders", TOKENS);
            Path orders = only();
            storage.store("stock", LITTLE);
            Path stock = files().stream()
                    .filter(file -> !file.equals(orders))
                    .findAny()
                    .orElseThrow();
            Files.copy(stock, orders, StandardCopyOption.REPLACE_EXISTING);

            assertUseless(storage, "orders");
        }

        @Test
        void isOneWithASingleBitChanged() throws IOException {
            storage.store("orders", TOKENS);
            byte[] good = Files.readAllBytes(only());
            for (int i = 0; i < good.length; i++) {
                byte[] bad = good.clone();
                bad[i] ^= 1;
                Files.write(only(), bad);
                assertThat(storage.load("orders")).as("byte " + i).isEmpty();
            }
            assertThat(log.messages(Level.WARNING)).hasSize(good.length);
        }

        @Test
        void isOneThatWasCutShort() throws IOException {
            storage.store("orders", TOKENS);
            byte[] good = Files.readAllBytes(only());
            for (int length = 0; length < good.length; length++) {
                Files.write(only(), Arrays.copyOf(good, length));
                assertThat(storage.load("orders")).as(length + " bytes").isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"refresh_token\":\"s3cret\"}", "GHT1", "GHT2-something-else", ""})
        void isOneOfSomebodyElse(String content) throws IOException {
            storage.store("orders", TOKENS);
            Files.writeString(only(), content);

            assertUseless(storage, "orders");
        }

        @Test
        void isReplacedByTheNextTokens() throws IOException {
            storage.store("orders", TOKENS);
            Files.writeString(only(), "garbage");
            storage.store("orders", LITTLE);

            assertThat(storage.load("orders")).hasValue(LITTLE);
        }
    }

    @Nested
    class SeveralProcesses {

        @Test
        void neverMeetHalfAFile() throws Exception {
            storage.store("orders", TOKENS);
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .start();
            List<Optional<StoredTokens>> odd = new ArrayList<>();
            int round = 0;
            while (other.isAlive()) {
                storage.store("orders", round++ % 2 == 0 ? TOKENS : LITTLE);
                Optional<StoredTokens> loaded = storage.load("orders");
                if (!loaded.equals(Optional.of(TOKENS)) && !loaded.equals(Optional.of(LITTLE))) {
                    odd.add(loaded);
                }
            }

            assertThat(new String(other.getInputStream().readAllBytes(), UTF_8)).isEqualTo("fine");
            assertThat(odd).isEmpty();
            assertThat(log.everything()).isEmpty();
            assertThat(files()).hasSize(1);
        }
    }

    /** The other process: it writes and reads, and says whether all was well. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            TokenStorage storage = TokenStorages.encryptedFiles(Path.of(arguments[0]), KEY);
            boolean fine = true;
            for (int i = 0; i < 200; i++) {
                storage.store("orders", i % 2 == 0 ? LITTLE : TOKENS);
                Optional<StoredTokens> loaded = storage.load("orders");
                fine &= loaded.equals(Optional.of(TOKENS)) || loaded.equals(Optional.of(LITTLE));
            }
            System.out.print(fine ? "fine" : "torn");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 24, 31, 33, 64})
    void takesKeysOf256BitsOnly(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenStorages.encryptedFiles(temporary, new byte[length]))
                .withMessageContaining("32 bytes");
    }

    @Test
    void hidesKeyAndTokens() {
        assertThat(storage + "" + TOKENS + new TokenSeal(KEY) + TokenStorages.memory())
                .doesNotContain("0123456789", "s3cret");
    }
}
