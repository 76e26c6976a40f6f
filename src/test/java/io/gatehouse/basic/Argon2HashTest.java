package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {

    private static final String SALT = "c29tZXNhbHQ";
    private static final String HASH = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    /** A vector of the reference implementation. */
    static final String OF_PASSWORD = "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH;

    private static boolean knows(String hash, String password) {
        return PasswordHash.parse(hash).verify(password.toCharArray());
    }

    /** The reference implementation's own vectors (test.c), and some made with it through Python's argon2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    password          | $argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA
                    password          | $argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8
                    password          | $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc
                    password          | $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4
                    password          | $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc
                    differentpassword | $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94
                    password          | $argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw
                    password          | $argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$JcTui6RIBUtJ78gE5Hi52CO+H5vS6Z9R1uxAB6OhUB8
                    p\u00e4ssw\u00f6rd \u20ac\ud83d\ude00 | $argon2id$v=19$m=1024,t=3,p=4$AAECAwQFBgcICQoLDA0ODw$cS2ofEjKqrvipl21uvoUWWpFnd2RSGcmvrYwDDiEbvo
                    ''                | $argon2id$v=19$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$HyNonRDFVyba/gtWx5g4iw
                    """)
    void knowsThePasswordAndNoOther(String password, String hash) {
        assertThat(knows(hash, password)).isTrue();
        assertThat(knows(hash, password + "x")).isFalse();
        assertThat(knows(hash, "x" + password)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000,true", "5000,true"})
    void looksAtTheWholePassword(int length, boolean wrong) {
        assertThat(knows(OF_PASSWORD, "password" + "x".repeat(length))).isEqualTo(!wrong);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    m=7,t=1,p=1        | false
                    m=8,t=1,p=1        | true
                    m=16,t=1,p=3       | false
                    m=24,t=1,p=3       | true
                    m=128,t=1,p=16     | true
                    m=136,t=1,p=17     | false
                    m=262144,t=8,p=4   | true
                    m=262144,t=9,p=4   | false
                    m=262145,t=1,p=1   | false
                    m=99999999,t=9999,p=16 | false
                    m=8,t=50,p=1       | true
                    m=8,t=51,p=1       | false
                    m=0,t=1,p=1        | false
                    m=8,t=0,p=1        | false
                    m=8,t=1,p=0        | false
                    """)
    void costsNoMoreThanAServerCanBear(String cost, boolean borne) {
        String text = "$argon2id$v=19$" + cost + "$" + SALT + "$" + HASH;
        if (borne) {
            assertThat(PasswordHash.parse(text)).hasToString("Argon2Hash[hidden]");
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2",
                "$argon2x$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=16$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$t=2,m=256,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=0256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=-256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=99999999999,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1,keyid=AAAA$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT,
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH + "$",
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH + "=",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZQ$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQxx$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$nf65EOgLrQMR",
                "$argon2id$v=19$m=256,t=2,p=1$$" + HASH
            })
    void isNothingElseAndSaysSoWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .withNoCause()
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain(SALT, HASH, "nf65EOgLrQMR"));
    }

    @Test
    void saysHowMuchMemoryItTakes() {
        assertThat(PasswordHash.parse(OF_PASSWORD).memoryBytes()).isEqualTo(256 * 1024);
        assertThat(PasswordHash.parse(BcryptHashTest.OF_ALICE).memoryBytes()).isZero();
    }
}
