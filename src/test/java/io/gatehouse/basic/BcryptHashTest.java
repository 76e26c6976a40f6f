package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {

    private static final String SALT = "abcdefghijklmnopqrstuu";
    private static final String HASH = "qq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK";

    /** Of the password "alice", made by the bcrypt of Python, which is OpenBSD's. */
    static final String OF_ALICE = "$2a$04$" + SALT + HASH;

    private static boolean knows(String hash, String password) {
        return PasswordHash.parse(hash).verify(password.toCharArray());
    }

    /** The vectors that jBCrypt and Openwall's crypt_blowfish are tested with, and some of Python's bcrypt. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                   | $2a$08$HqWuK6/Ng6sg9gQzbLrgb.Tl.ZHfXLhvt/SgVyWhQqgqcZ7ZuUtye
                    a                                    | $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe
                    abc                                  | $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i
                    abcdefghijklmnopqrstuvwxyz           | $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC
                    ~!@#$%^&*()      ~!@#$%^&*()PNBFRD   | $2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO
                    U*U                                  | $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
                    U*U*                                 | $2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK
                    U*U*U                                | $2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a
                    p\u00e4ssw\u00f6rd \u20ac\ud83d\ude00 | $2b$04$abcdefghijklmnopqrstuuqVj55e6.LS4.ZX/zsPY3vFwMoG16F5.
                    """)
    void knowsThePasswordAndNoOther(String password, String hash) {
        assertThat(knows(hash, password)).isTrue();
        assertThat(knows(hash, password + "x")).isFalse();
        assertThat(knows(hash, "x" + password)).isFalse();
    }

    /** OpenBSD's own would take everything that begins so. */
    @Test
    void looksAtTheWholePassword() {
        String ofSeventyTwo = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
        assertThat(knows(ofSeventyTwo, "x".repeat(72))).isTrue();
        assertThat(knows(ofSeventyTwo, "x".repeat(73))).isFalse();
        assertThat(knows(ofSeventyTwo, "x".repeat(71))).isFalse();
        assertThat(knows(ofSeventyTwo, "x".repeat(5000))).isFalse();
    }

    /** bcrypt repeats the password and the zero at its end, so that these are one to it. */
    @Test
    void isNotDeceivedByAZero() {
        assertThat(knows(OF_ALICE, "alice")).isTrue();
        assertThat(knows(OF_ALICE, "alice\0alice")).isFalse();
        assertThat(knows(OF_ALICE, "alice\0")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2",
                "$2a$04$",
                "$2$04$" + SALT + HASH,
                "$2x$04$" + SALT + HASH,
                "$2c$04$" + SALT + HASH,
                "$2a$4$" + SALT + HASH,
                "$2a$03$" + SALT + HASH,
                "$2a$17$" + SALT + HASH,
                "$2a$31$" + SALT + HASH,
                "$2a$99$" + SALT + HASH,
                "$2a$-4$" + SALT + HASH,
                "$2a$04$" + SALT + HASH + "x",
                "$2a$04$" + SALT + "$" + HASH,
                "$2a$04$abcdefghijklmnopqrstu" + HASH,
                "$2a$04$abcdefghijklmnopqrst+u" + HASH,
                "$2a$04$" + SALT + HASH + "\n"
            })
    void isNothingElseAndSaysSoWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .withNoCause()
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain(SALT, HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "16"})
    void takesCostsFromFourToSixteen(String cost) {
        assertThat(PasswordHash.parse("$2a$" + cost + "$" + SALT + HASH)).hasToString("BcryptHash[hidden]");
    }
}
