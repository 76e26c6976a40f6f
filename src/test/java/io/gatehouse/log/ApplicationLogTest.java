package io.gatehouse.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.CapturedLog;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationLogTest {

    private final CapturedLog captured = new CapturedLog(ApplicationLogTest.class);

    @AfterEach
    void release() {
        captured.close();
    }

    private static System.Logger named(String name) {
        return new ApplicationLog(
                System.getLogger(ApplicationLogTest.class.getName()), ApplicationName.inBrackets(key -> name));
    }

    @Test
    void saysWhichApplicationALineIsAboutBehindItsNumber() {
        System.Logger log = named("shop");

        log.log(System.Logger.Level.WARNING, "GATE0006 the variable {0} sets {1} properties", "A", 3);
        log.log(System.Logger.Level.WARNING, "GATE0002 {none}");
        log.log(System.Logger.Level.WARNING, () -> "without a number");
        log.log(System.Logger.Level.WARNING, "GATE0205 broken", new IllegalStateException("why"));

        assertThat(captured.messages(Level.WARNING))
                .containsExactly(
                        "GATE0006 [shop] the variable A sets 3 properties",
                        "GATE0002 [shop] {none}",
                        "[shop] without a number",
                        "GATE0205 [shop] broken");
        assertThat(captured.everything()).contains("IllegalStateException: why");
    }

    /** The name is a server's, a value can be a stranger's: none of both is read as a pattern. */
    @Test
    void fillsNothingInTwice() {
        named("{0} o'brien's $1").log(System.Logger.Level.INFO, "GATE0902 refused: {0}", "{0} '$1'");

        assertThat(captured.messages(Level.INFO)).containsExactly("GATE0902 [{0} o'brien's $1] refused: {0} '$1'");
    }

    @Test
    void isNotBrokenByAPatternThatIsNone() {
        named("shop").log(System.Logger.Level.INFO, "GATE0902 refused: {0} {", "x");

        assertThat(captured.messages(Level.INFO)).containsExactly("GATE0902 [shop] refused: {0} {");
    }

    @Test
    void isNamedAndSetAsTheClassIs() {
        System.Logger log = named("shop");

        assertThat(log.getName()).isEqualTo(ApplicationLogTest.class.getName());
        java.util.logging.Logger.getLogger(log.getName()).setLevel(Level.WARNING);
        assertThat(log.isLoggable(System.Logger.Level.INFO)).isFalse();
        assertThat(log.isLoggable(System.Logger.Level.WARNING)).isTrue();
        log.log(System.Logger.Level.INFO, "GATE0902 {0}", new Object() {
            @Override
            public String toString() {
                throw new AssertionError("nobody wants to read it");
            }
        });
    }

    @Test
    void isPlainWhereNoServerSaysWhatTheApplicationIsCalled() {
        ApplicationLog.of(ApplicationLogTest.class).log(System.Logger.Level.INFO, "GATE0902 refused");

        assertThat(captured.messages(Level.INFO)).containsExactly("GATE0902 refused");
    }

    @Nested
    class TheName {

        @ParameterizedTest
        @CsvSource({"shop,'[shop] '", "' my shop ','[my shop] '", "'a\nGATE0003 b','[a?GATE0003 b] '", "a]b,'[a?b] '"})
        void standsInBracketsOnOneLine(String name, String shown) {
            assertThat(ApplicationName.inBrackets(key -> name)).isEqualTo(shown);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", " "})
        void isLeftOutWhereThereIsNone(String name) {
            assertThat(ApplicationName.inBrackets(key -> name)).isEmpty();
        }

        @Test
        void isCutShort() {
            assertThat(ApplicationName.inBrackets(key -> "x".repeat(1000))).hasSizeLessThan(100);
        }

        @Test
        void isThatOfTheApplicationAndNotOfAModule() {
            assertThat(ApplicationName.inBrackets(key -> key)).isEqualTo("[java:app/AppName] ");
        }
    }
}
