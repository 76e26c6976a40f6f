package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingSigningKeysTest {

    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(RotatingSigningKeys.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    /** A file with a key of this id, changed so long ago. */
    private Path write(String name, String kid, KeyPair pair, Duration ago) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, TestJson.object(TestKeys.privateJwk(pair, "kid", '"' + kid + '"')));
        return Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(ago)));
    }

    private RotatingSigningKeys keys(Path location, Duration age) throws Exception {
        return RotatingSigningKeys.of(SigningKeyFiles.read(location, null), age, clock);
    }

    private void assertKeys(RotatingSigningKeys keys, String signing, String... published) {
        assertThat(keys.current().kid()).isEqualTo(signing);
        assertThat(keys.publicKeys()).extracting(jwk -> jwk.get("kid")).containsExactly((Object[]) published);
    }

    @Nested
    class AtTheBeginning {

        @Test
        void theNewestSignsWhenItIsOldEnough() throws Exception {
            write("b.jwk", "old", TestKeys.RSA, Duration.ofDays(2));
            write("a.jwk", "new", TestKeys.OTHER_RSA, Duration.ofDays(1));

            assertKeys(keys(folder, AGE), "new", "new", "old");
        }

        @Test
        void aKeyThatWasWrittenJustNowWaitsBehindOneThatOthersKnow() throws Exception {
            write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(2));
            write("b.jwk", "new", TestKeys.OTHER_RSA, AGE.minus(SECOND));
            RotatingSigningKeys keys = keys(folder, AGE);

            assertKeys(keys, "old", "new", "old");
            clock.advance(SECOND);
            assertKeys(keys, "new", "new", "old");
        }

        @Test
        void theNewestSignsAtOnceWhereNoneIsOldEnough() throws Exception {
            write("a.jwk", "a", TestKeys.RSA, SECOND.multipliedBy(2));
            write("b.jwk", "b", TestKeys.OTHER_RSA, SECOND);

            assertKeys(keys(folder, AGE), "b", "b", "a");
        }

        @Test
        void filesOfTheSameTimeGoByTheirNames() throws Exception {
            write("2026-01.jwk", "january", TestKeys.RSA, Duration.ofDays(1));
            write("2026-02.jwk", "february", TestKeys.OTHER_RSA, Duration.ofDays(1));

            assertKeys(keys(folder, AGE), "february", "february", "january");
        }
    }

    @Nested
    class WhileRunning {

        @Test
        void aNewKeyIsPublishedAtOnceAndSignsWhenEverybodyMayHaveSeenIt() throws Exception {
            write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(folder, AGE);
            assertKeys(keys, "old", "old");

            write("b.jwk", "new", TestKeys.OTHER_RSA, Duration.ZERO);
            clock.advance(SECOND);
            assertKeys(keys, "old", "new", "old");
            clock.advance(AGE.minus(SECOND));
            assertKeys(keys, "old", "new", "old");
            clock.advance(SECOND);
            assertKeys(keys, "new", "new", "old");
        }

        @Test
        void aKeyWhoseFileIsGoneSignsNoMoreAndStaysPublishedForWhatItSigned() throws Exception {
            Path old = write("b.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            write("a.jwk", "older", TestKeys.OTHER_RSA, Duration.ofDays(2));
            RotatingSigningKeys keys = keys(folder, AGE);
            assertKeys(keys, "old", "old", "older");

            Files.delete(old);
            clock.advance(SECOND);
            assertKeys(keys, "older", "old", "older");
            clock.advance(AGE.plus(RotatingSigningKeys.LONGEST_SIGNED).minus(SECOND));
            assertKeys(keys, "older", "old", "older");
            clock.advance(SECOND);
            assertKeys(keys, "older", "older");
        }

        @Test
        void theKeyOfAReplacedFileGoesOnUntilTheNewOneIsKnown() throws Exception {
            Path file = write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(file, AGE);

            write("a.jwk", "new", TestKeys.OTHER_RSA, Duration.ZERO);
            clock.advance(SECOND);
            assertKeys(keys, "old", "new", "old");
            clock.advance(AGE);
            assertKeys(keys, "new", "new", "old");
        }

        @Test
        void aNewKeySignsAtOnceWhereNothingIsPublished() throws Exception {
            Path file = write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(file, Duration.ZERO);

            write("a.jwk", "new", TestKeys.OTHER_RSA, Duration.ZERO);
            clock.advance(SECOND);
            assertKeys(keys, "new", "new");
        }

        @Test
        void aFileThatCannotBeReadAnyMoreKeepsItsKeys() throws Exception {
            Path file = write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(file, AGE);

            Files.writeString(file, "half of");
            clock.advance(SECOND);
            assertKeys(keys, "old", "old");
            clock.advance(Duration.ofDays(9));
            assertKeys(keys, "old", "old");
            assertThat(log.messages(Level.WARNING)).singleElement().asString().contains("GATE0445", "a.jwk");
        }

        @Test
        void theLastKeyGoesOnWhenTheDirectoryIsEmptied() throws Exception {
            Path file = write("a.jwk", "only", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(folder, AGE);

            Files.delete(file);
            clock.advance(SECOND);
            assertKeys(keys, "only", "only");
            clock.advance(Duration.ofDays(9));
            assertKeys(keys, "only", "only");
            assertThat(log.messages(Level.WARNING)).singleElement().asString().contains("GATE0443", "only");

            write("b.jwk", "next", TestKeys.OTHER_RSA, Duration.ZERO);
            clock.advance(SECOND);
            assertThat(keys.publicKeys()).extracting(jwk -> jwk.get("kid")).contains("next");
        }

        @Test
        void theFilesAreLookedAtOnceASecondAtMost() throws Exception {
            write("a.jwk", "old", TestKeys.RSA, Duration.ofDays(1));
            RotatingSigningKeys keys = keys(folder, Duration.ZERO);

            write("b.jwk", "new", TestKeys.OTHER_RSA, Duration.ZERO);
            clock.advance(SECOND.minusMillis(1));
            assertKeys(keys, "old", "old");
            clock.advance(Duration.ofMillis(1));
            assertKeys(keys, "new", "new", "old");
        }
    }
}
