package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalJwkSetTest {

    private static final Duration USABLE = Duration.ofHours(24);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(LocalJwkSet.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private Path write(String name, String content) throws IOException {
        return write(folder.resolve(name), content);
    }

    /** Last changed an hour ago, by the clock of the test: left alone for long. */
    private Path write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofHours(1))));
    }

    /** As deployments should do it: never half of a file for anybody. */
    private void replace(Path file, String content) throws IOException {
        Path beside = write(Files.createTempFile(folder, ".", ".new"), content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String jwkOf(PublicKey key, String kid) {
        return TestJson.object(jwk(key, "kid", TestJson.quote(kid)));
    }

    private VerificationKeys keys(Path location) throws Exception {
        return VerificationKeys.local(KeyFiles.read(location, "changeit", KeyPolicy.strict()), USABLE, clock);
    }

    private static List<PublicKey> found(VerificationKeys keys, @Nullable String kid) {
        return keys.lookup(kid) instanceof KeyLookup.Found found
                ? found.keys().stream().map(VerificationKey::publicKey).toList()
                : List.of();
    }

    private static void assertTrusts(VerificationKeys keys, String kid, PublicKey key) {
        assertThat(found(keys, kid)).containsExactly(key);
    }

    private static void assertUnknown(VerificationKeys keys, String kid) {
        assertThat(keys.lookup(kid)).isInstanceOf(KeyLookup.NotFound.class);
    }

    private static void assertUnavailable(VerificationKeys keys, String kid) {
        assertThat(keys.lookup(kid)).isEqualTo(new KeyLookup.Unavailable(SECOND));
    }

    private List<String> warnings() {
        return log.messages(Level.WARNING);
    }

    @Nested
    class AKey {

        @Test
        void withoutAnIdServesAnyId() throws Exception {
            VerificationKeys keys = keys(write("key.pem", pem(RSA.getPublic())));

            assertTrusts(keys, "key", RSA.getPublic());
            assertTrusts(keys, "whatever", RSA.getPublic());
            assertThat(found(keys, null)).containsExactly(RSA.getPublic());
        }

        @Test
        void withAnIdServesThatOnly() throws Exception {
            VerificationKeys keys = keys(write("key.jwk", jwkOf(RSA.getPublic(), "a")));

            assertTrusts(keys, "a", RSA.getPublic());
            assertUnknown(keys, "key");
            assertUnknown(keys, "A");
            assertThat(found(keys, null)).containsExactly(RSA.getPublic());
        }

        @Test
        void isFoundByTheNameOfItsFileBeforeOthersThatServeAnyId() throws Exception {
            write("one.pem", pem(RSA.getPublic()));
            write("two.pem", pem(OTHER_RSA.getPublic()));
            write("three.jwk", jwkOf(P_256.getPublic(), "ec"));
            VerificationKeys keys = keys(folder);

            assertTrusts(keys, "one", RSA.getPublic());
            assertTrusts(keys, "two", OTHER_RSA.getPublic());
            assertTrusts(keys, "ec", P_256.getPublic());
            assertThat(found(keys, "three")).containsExactlyInAnyOrder(RSA.getPublic(), OTHER_RSA.getPublic());
            assertThat(found(keys, null)).hasSize(3);
        }

        @Test
        void ofAKeyStoreIsFoundByItsAliasAndByAnyId() throws Exception {
            VerificationKeys keys =
                    keys(Files.write(folder.resolve("a.jks"), KeyFileParserTest.resource("keytool-trusted.jks")));

            assertThat(found(keys, "trusted")).hasSize(1).isEqualTo(found(keys, "kid of the issuer"));
        }
    }

    @Nested
    class OfADirectory {

        @Test
        void everyFileIsReadButHiddenOnesAndDirectories() throws Exception {
            write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            write("b", jwks(jwk(P_256.getPublic(), "kid", "\"b\"")));
            write(".hidden.jwk", jwkOf(OTHER_RSA.getPublic(), "hidden"));
            write(Files.createDirectory(folder.resolve("inner")).resolve("c.jwk"), jwkOf(OTHER_RSA.getPublic(), "c"));
            VerificationKeys keys = keys(folder);

            assertTrusts(keys, "a", RSA.getPublic());
            assertTrusts(keys, "b", P_256.getPublic());
            assertUnknown(keys, "hidden");
            assertUnknown(keys, "c");
        }

        @Test
        void unusableFilesArePassedOverWithAWarningThatNamesThem() throws Exception {
            write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            Path secret = write("b.pem", pem(RSA.getPrivate()));
            Path junk = write("c.txt", "junk, and more of it");
            VerificationKeys keys = keys(folder);

            assertTrusts(keys, "a", RSA.getPublic());
            assertUnknown(keys, "b");
            clock.advance(SECOND);
            assertUnknown(keys, "b");
            assertThat(warnings())
                    .containsExactly(
                            "GATE0118 key file " + secret
                                    + " cannot be used: it is a private key, where a public key belongs",
                            "GATE0118 key file " + junk + " cannot be used: it is no PEM, JWK or JWK Set");
        }

        @Test
        void aHundredFilesAreRead() throws Exception {
            for (int i = 0; i < KeyFileReader.MAXIMUM_FILES; i++) {
                write("key-" + i, jwkOf(P_256.getPublic(), "kid-" + i));
            }
            VerificationKeys keys = keys(folder);
            assertTrusts(keys, "kid-99", P_256.getPublic());

            Path tooMany = write("one-more", jwkOf(P_256.getPublic(), "one-more"));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> keys(folder))
                    .withMessage("it holds more than 100 files");
            clock.advance(SECOND);
            assertUnavailable(keys, "one-more");
            assertTrusts(keys, "kid-99", P_256.getPublic());
            assertThat(warnings())
                    .containsExactly("GATE0119 the key files of " + folder + " cannot be listed: it holds more than 100"
                            + " files; known keys stay in use for PT24H");

            Files.delete(tooMany);
            clock.advance(SECOND);
            assertUnknown(keys, "one-more");
            assertThat(log.messages(Level.INFO))
                    .contains("GATE0122 the key files of " + folder + " can be listed again");
        }

        @Test
        void hugeFilesArePassedOver() throws Exception {
            write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            write("huge", " ".repeat(KeyFileReader.MAXIMUM_SIZE + 1));
            write("full", jwkOf(P_256.getPublic(), "full") + " ".repeat(KeyFileReader.MAXIMUM_SIZE - 1000));
            VerificationKeys keys = keys(folder);

            assertTrusts(keys, "full", P_256.getPublic());
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("huge cannot be used: it is longer than 1048576");
        }

        /** Secrets and ConfigMaps: key.jwk -> ..data/key.jwk, ..data -> ..version, which is exchanged as a whole. */
        @Test
        void mountedSecretsAreSwapped() throws Exception {
            version("..1", "old", RSA.getPublic());
            Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
            Files.createSymbolicLink(folder.resolve("key.jwk"), Path.of("..data", "key.jwk"));
            VerificationKeys keys = keys(folder);
            assertTrusts(keys, "old", RSA.getPublic());

            version("..2", "new", P_256.getPublic());
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            clock.advance(SECOND);
            assertTrusts(keys, "new", P_256.getPublic());
            assertUnknown(keys, "old");
        }

        private void version(String name, String kid, PublicKey key) throws IOException {
            write(Files.createDirectory(folder.resolve(name)).resolve("key.jwk"), jwkOf(key, kid));
        }

        @Test
        void linksThatLeadNowhereAreNoFiles() throws Exception {
            write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            Files.createSymbolicLink(folder.resolve("gone.jwk"), Path.of("nowhere"));

            assertTrusts(keys(folder), "a", RSA.getPublic());
            assertThat(warnings()).isEmpty();
        }
    }

    @Nested
    class Sees {

        @Test
        void aNewFileAtTheFirstTokenThatNamesItsKey() throws Exception {
            write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(folder);
            assertUnknown(keys, "b");

            write("b.jwk", jwkOf(P_256.getPublic(), "b"));

            clock.advance(LocalJwkSet.LOOK_FOR_UNKNOWN_KEY_EVERY.minusNanos(1));
            assertUnknown(keys, "b");
            clock.advance(Duration.ofNanos(1));
            assertTrusts(keys, "b", P_256.getPublic());
            assertTrusts(keys, "a", RSA.getPublic());
        }

        @Test
        void aWithdrawnKeyWithinASecond() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            write("b.jwk", jwkOf(P_256.getPublic(), "b"));
            VerificationKeys keys = keys(folder);
            assertTrusts(keys, "a", RSA.getPublic());

            Files.delete(file);

            clock.advance(SECOND.minusNanos(1));
            assertTrusts(keys, "a", RSA.getPublic());
            clock.advance(Duration.ofNanos(1));
            assertUnknown(keys, "a");
            assertTrusts(keys, "b", P_256.getPublic());
            assertThat(log.messages(Level.INFO))
                    .contains("GATE0117 key file " + file + " is gone, and its keys are no longer trusted");
        }

        /** Not only at the second token: nobody may have asked for a week. */
        @Test
        void aWithdrawnKeyAtTheFirstTokenAfterALongTime() throws Exception {
            Path file = write("key.pem", pem(RSA.getPublic()));
            VerificationKeys keys = keys(file);
            replace(file, pem(OTHER_RSA.getPublic()));

            clock.advance(Duration.ofDays(7));

            assertTrusts(keys, "any", OTHER_RSA.getPublic());
        }

        @Test
        void anotherFileInTheSamePlaceWithTheSameTimeAndSize() throws Exception {
            Path file = write("a.jwk", jwkOf(P_256.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            clock.advance(Duration.ofHours(1));
            assertTrusts(keys, "a", P_256.getPublic());
            FileTime time = Files.getLastModifiedTime(file);

            replace(file, jwkOf(P_256.getPublic(), "b"));
            Files.setLastModifiedTime(file, time);

            clock.advance(SECOND);
            assertUnknown(keys, "a");
            assertTrusts(keys, "b", P_256.getPublic());
        }

        /** Two changes within one tick of the file system's clock: the second one keeps the time of the first. */
        @Test
        void aChangeThatDidNotChangeTheTimeBecauseItCameTooSoon() throws Exception {
            Path file = write("a.jwk", jwkOf(P_256.getPublic(), "a"));
            FileTime now = FileTime.from(clock.instant());
            Files.setLastModifiedTime(file, now);
            VerificationKeys keys = keys(file);
            clock.advance(SECOND);
            assertTrusts(keys, "a", P_256.getPublic());

            Files.writeString(file, jwkOf(P_256.getPublic(), "b"));
            Files.setLastModifiedTime(file, now);

            clock.advance(SECOND);
            assertUnknown(keys, "a");
            assertTrusts(keys, "b", P_256.getPublic());
        }

        /** Time, size and file are the same, and it was left alone for long: looking costs no reading then. */
        @Test
        void noReasonToReadAFileThatIsAsItWas() throws Exception {
            Path file = write("a.jwk", jwkOf(P_256.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            clock.advance(SECOND);
            assertTrusts(keys, "a", P_256.getPublic());

            write(file, jwkOf(P_256.getPublic(), "b"));
            Files.setLastModifiedTime(
                    file, FileTime.from(clock.instant().minus(SECOND).minus(Duration.ofHours(1))));

            clock.advance(SECOND);
            assertTrusts(keys, "a", P_256.getPublic());
        }

        @Test
        void changesAlsoWhenTheClockIsSetBack() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            replace(file, jwkOf(RSA.getPublic(), "b"));

            clock.advance(Duration.ofHours(-5));

            assertUnknown(keys, "a");
            assertTrusts(keys, "b", RSA.getPublic());
        }

        @Test
        void changesOfAKeyStore() throws Exception {
            Path file = Files.write(folder.resolve("a.p12"), KeyFileParserTest.resource("keytool-trusted.p12"));
            VerificationKeys keys = keys(file);
            assertTrusts(keys, "trusted", found(keys, null).get(0));

            Files.write(file, KeyFileParserTest.resource("openssl-own-key.p12"));
            clock.advance(SECOND);

            assertThat(keys.lookup("openssl"))
                    .isInstanceOf(KeyLookup.Found.class)
                    .satisfies(found -> assertThat(((KeyLookup.Found) found).keys())
                            .extracting(VerificationKey::kid)
                            .containsExactly("openssl"));
        }

        @Test
        void andTellsWhatItReadOnceOnly() throws Exception {
            Path file =
                    write("a.jwks", jwks(jwk(RSA.getPublic(), "kid", "\"a\""), jwk(RSA.getPublic(), "use", "\"enc\"")));
            VerificationKeys keys = keys(file);
            for (int i = 0; i < 5; i++) {
                clock.advance(SECOND);
                assertTrusts(keys, "a", RSA.getPublic());
            }

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "GATE0115 keys read from " + file + ": 1",
                            "GATE0116 key file " + file + ": skipped key without kid: its \"use\" is not \"sig\"");
            replace(file, jwkOf(RSA.getPublic(), "b"));
            clock.advance(SECOND);
            assertUnknown(keys, "a");
            assertThat(log.messages(Level.INFO)).hasSize(3).last().isEqualTo("GATE0115 keys read from " + file + ": 1");
        }

        @Test
        void andWarnsOfACertificateOutOfItsTimeButUsesIt() throws Exception {
            Path file = Files.write(folder.resolve("old.crt"), KeyFileParserTest.resource("expired-certificate.pem"));
            VerificationKeys keys = keys(file);

            assertThat(found(keys, "any")).hasSize(1);
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .matches("GATE0121 key file .*old.crt: a certificate"
                            + " expired at 20[0-9T:-]+Z; its key is used, as configured");
        }
    }

    @Nested
    class AFileThatCannotBeUsedAnyMore {

        @ParameterizedTest
        @ValueSource(strings = {"", "-----BEGIN PUBLIC KEY-----\nMIIB", "{\"keys\":[]}", "<html>"})
        void keepsTheKeysItHadAndSaysSoOnce(String broken) throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());
            String until = clock.instant().plus(USABLE).toString();

            replace(file, broken);

            for (int i = 0; i < 5; i++) {
                clock.advance(SECOND);
                assertTrusts(keys, "a", RSA.getPublic());
            }
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .startsWith("GATE0118 key file " + file + " cannot be used: it")
                    .endsWith("; the keys that it had stay in use until " + until);
        }

        /** The key of the token may be the one that was half written: that is no reason to call it bad. */
        @Test
        void makesUnknownKeysUnavailable() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            assertUnknown(keys, "b");

            replace(file, "{");
            clock.advance(SECOND);
            assertUnavailable(keys, "b");

            replace(file, jwkOf(RSA.getPublic(), "b"));
            clock.advance(SECOND);
            assertTrusts(keys, "b", RSA.getPublic());
            assertUnknown(keys, "a");
        }

        @Test
        void isTrustedForABoundedTimeOnly() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            assertTrusts(keys, "a", RSA.getPublic());
            Files.delete(file);

            clock.advance(USABLE.minusNanos(1));
            assertTrusts(keys, "a", RSA.getPublic());
            clock.advance(SECOND);
            assertUnavailable(keys, "a");
            assertThat(warnings())
                    .containsExactly(
                            "GATE0118 key file " + file + " cannot be used: there is no such file; the keys that it had"
                                    + " stay in use until "
                                    + clock.instant().minus(SECOND).plusNanos(1),
                            "GATE0120 no key of " + file + " is left that may be trusted");

            write(file, jwkOf(RSA.getPublic(), "a"));
            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());
        }

        @Test
        void inADirectoryLeavesTheOthersAlone() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            write("b.jwk", jwkOf(P_256.getPublic(), "b"));
            VerificationKeys keys = keys(folder);
            replace(file, "junk!");
            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());

            clock.advance(USABLE);
            assertUnavailable(keys, "a");
            assertTrusts(keys, "b", P_256.getPublic());

            Files.delete(file);
            clock.advance(SECOND);
            assertUnknown(keys, "a");
        }
    }

    @Nested
    class ADirectory {

        @Test
        void thatIsEmptiedLeavesNoKeyToTrust() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(folder);
            Files.delete(file);

            clock.advance(SECOND);
            assertUnavailable(keys, "a");
            assertThat(warnings()).containsExactly("GATE0120 no key of " + folder + " is left that may be trusted");

            write("b.jwk", jwkOf(RSA.getPublic(), "b"));
            clock.advance(SECOND);
            assertTrusts(keys, "b", RSA.getPublic());
            assertUnknown(keys, "a");
        }

        @Test
        void thatIsGoneKeepsItsKeysForABoundedTime() throws Exception {
            Path keyFolder = Files.createDirectory(folder.resolve("keys"));
            write(keyFolder.resolve("a.jwk"), jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(keyFolder);
            Path elsewhere = folder.resolve("elsewhere");
            Files.move(keyFolder, elsewhere);

            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());
            assertUnavailable(keys, "b");
            clock.advance(USABLE.minus(SECOND));
            assertUnavailable(keys, "a");

            Files.move(elsewhere, keyFolder);
            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());
            assertThat(warnings()).hasSize(2);
            assertThat(warnings().get(0)).startsWith("GATE0119 the key files of " + keyFolder + " cannot be listed: ");
            assertThat(warnings().get(1)).startsWith("GATE0120");
        }

        @Test
        void thatBecameAFileIsGone() throws Exception {
            Path keyFolder = Files.createDirectory(folder.resolve("keys"));
            Path file = write(keyFolder.resolve("a.jwk"), jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(keyFolder);
            Files.delete(file);
            Files.delete(keyFolder);
            write(keyFolder, jwkOf(P_256.getPublic(), "b"));

            clock.advance(SECOND);
            assertTrusts(keys, "a", RSA.getPublic());
            assertUnavailable(keys, "b");
            assertThat(warnings()).singleElement().asString().contains("GATE0119");
        }
    }

    @Nested
    class ManyThreads {

        /** 200 requests with a key of the second: one looks, and the others wait for what it finds. */
        @Test
        void allSeeANewKeyAtOnce() throws Exception {
            Path file = write("a.jwk", jwkOf(RSA.getPublic(), "a"));
            VerificationKeys keys = keys(file);
            assertTrusts(keys, "a", RSA.getPublic());
            replace(file, jwks(jwk(RSA.getPublic(), "kid", "\"a\""), jwk(P_256.getPublic(), "kid", "\"b\"")));
            clock.advance(SECOND);
            ExecutorService threads = Executors.newFixedThreadPool(50);
            try {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<KeyLookup>> answers = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    answers.add(threads.submit(() -> {
                        start.await();
                        return keys.lookup("b");
                    }));
                }
                start.countDown();
                for (Future<KeyLookup> answer : answers) {
                    assertThat(answer.get()).isInstanceOf(KeyLookup.Found.class);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class AResource {

        @Test
        void staysAsItIs() throws Exception {
            KeyFiles resource = KeyFiles.fixed(
                    "classpath:/keys/a.pem",
                    pem(RSA.getPublic()).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    null,
                    KeyPolicy.strict());
            VerificationKeys keys = VerificationKeys.local(resource, USABLE, clock);

            assertTrusts(keys, "a", RSA.getPublic());
            clock.advance(Duration.ofDays(1000));
            assertTrusts(keys, "a", RSA.getPublic());
            assertTrusts(keys, "b", RSA.getPublic());
            assertThat(log.messages(Level.INFO)).containsExactly("GATE0115 keys read from classpath:/keys/a.pem: 1");
        }
    }

    @Test
    void noTextOfItsOwnShowsAPassword() throws Exception {
        Path file = Files.write(folder.resolve("a.p12"), KeyFileParserTest.resource("keytool-trusted.p12"));
        KeyFiles files = KeyFiles.read(file, "changeit", KeyPolicy.strict());

        assertThat(files).hasToString("KeyFiles[" + file + "]");
        assertThat(VerificationKeys.local(files, USABLE, clock)).hasToString("LocalJwkSet[" + file + "]");
        assertThat(log.everything()).doesNotContain("changeit");
    }

    @Nested
    class Status {

        @Test
        void tellsOfEveryFileAtTheLastLook() throws Exception {
            write("good.jwk", jwkOf(RSA.getPublic(), "good"));
            Path other = write("other.jwk", jwkOf(P_256.getPublic(), "other"));
            VerificationKeys keys = keys(folder);
            Instant read = clock.instant();
            assertThat(KeySetStatus.of(keys))
                    .contains(new KeySetStatus(folder.toUri(), true, 2, read, null, null, read.plus(SECOND)));

            clock.advance(Duration.ofHours(2));
            replace(other, "half of a k");
            found(keys, "good");
            Instant looked = clock.instant();
            assertThat(KeySetStatus.of(keys)).hasValueSatisfying(status -> {
                assertThat(status.withinReach()).isFalse();
                assertThat(status.keys()).isEqualTo(2);
                assertThat(status.lastSuccessAt()).isEqualTo(read);
                assertThat(status.lastError()).startsWith(other + ": it is no PEM");
                assertThat(status.lastErrorAt()).isEqualTo(looked);
            });

            Files.delete(other);
            clock.advance(SECOND);
            found(keys, "good");
            assertThat(KeySetStatus.of(keys)).hasValueSatisfying(status -> {
                assertThat(status.withinReach()).isTrue();
                assertThat(status.keys()).isEqualTo(1);
                assertThat(status.lastSuccessAt()).isEqualTo(clock.instant());
            });
        }

        @Test
        void isThatOfAResourceAsWell() throws Exception {
            VerificationKeys keys = VerificationKeys.local(
                    KeyFiles.fixed(
                            "classpath:/keys/a b.pem",
                            pem(RSA.getPublic()).getBytes(US_ASCII),
                            null,
                            KeyPolicy.strict()),
                    USABLE,
                    clock);

            assertThat(KeySetStatus.of(keys)).hasValueSatisfying(status -> {
                assertThat(status.location()).hasToString("classpath:/keys/a%20b.pem");
                assertThat(status.keys()).isEqualTo(1);
            });
        }
    }
}
