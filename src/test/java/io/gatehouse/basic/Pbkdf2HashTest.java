package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2HashTest {

    /** Made by Python's hashlib.pbkdf2_hmac, an implementation that shares nothing with ours. */
    static final String OF_SECRET =
            "PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:npVBs/+EPzcZha05fTkxe4bACd4zhPEDrMhax0lUods=";

    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw==";

    @ParameterizedTest
    @CsvSource({
        "secret,PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:npVBs/+EPzcZha05fTkxe4bACd4zhPEDrMhax0lUods=",
        "secret,PBKDF2WithHmacSHA224:1024:AAECAwQFBgcICQoLDA0ODw==:4ClNNHNUr1RFRPyYwFZS9mt7BkwEYBsp/wV5Yg==",
        "secret,PBKDF2WithHmacSHA384:1500:AAECAwQFBgcICQoLDA0ODw==:Ef5TTCPI10f3vQD8s/lISj0o/V3rw5oNgx5aK+y0jrkAJ2P0Yhd659HhAB0Q5Uem",
        "secret,PBKDF2WithHmacSHA512:2048:AAECAwQFBgcICQoLDA0ODw==:h+ogyr4AkiTYShirUQAS1o/aoP6S2bbauZtHFdRsjEVqQJqCCkXxGIRzYdKscDD4jkTE13o7waUknlMBVe8b8A==",
        "pässwörd €😀,PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:93ZiLzMm/IkyUD14w2f8BRkIkUqhm8AgzRt9inVbYPA=",
        "a:b%c+d/e=f &,PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:6nq7MOR4l2AqUBZPHYl2zQ==",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:l9ljhgjIwJExX/Sx10CQ9iV4DpCDJaZlUP94sOGUO0I="
    })
    void knowsThePasswordAndNoOther(String password, String hash) {
        assertThat(Pbkdf2Hash.parse(hash).verify(password.toCharArray())).isTrue();
        assertThat(Pbkdf2Hash.parse(hash).verify((password + "x").toCharArray()))
                .isFalse();
        assertThat(Pbkdf2Hash.parse(hash).verify(password.substring(1).toCharArray()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{noop}secret",
                "$6$c2VjcmV0$N4Zq1mVYqV6Cq1f3bK8Gx3kZ9m2m6lK",
                "PBKDF2WithHmacSHA1:2048:" + SALT + ":" + SALT,
                "PBKDF2WithHmacMD5:2048:" + SALT + ":" + SALT,
                "pbkdf2withhmacsha256:2048:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:2048:" + SALT,
                "PBKDF2WithHmacSHA256:2048:" + SALT + ":" + SALT + ":",
                "PBKDF2WithHmacSHA256::" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:0:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:-2048:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:1023:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:10000001:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:99999999999:" + SALT + ":" + SALT,
                "PBKDF2WithHmacSHA256:2048:c2VjcmV0:" + SALT,
                "PBKDF2WithHmacSHA256:2048:" + SALT + ":c2VjcmV0",
                "PBKDF2WithHmacSHA256:2048::" + SALT,
                "PBKDF2WithHmacSHA256:2048:" + SALT + ":",
                "PBKDF2WithHmacSHA256:2048:secret!:" + SALT
            })
    void isNothingElseAndSaysSoWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .withNoCause()
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("secret", SALT, "c2VjcmV0"));
    }

    @Test
    void showsNothingOfItself() {
        assertThat(Pbkdf2Hash.parse(OF_SECRET)).hasToString("Pbkdf2Hash[hidden]");
        assertThat(new StoredPassword.Plain("secret")).hasToString("Plain[hidden]");
        assertThat(new ConfiguredUser(new StoredPassword.Plain("secret"), java.util.Set.of()).toString())
                .doesNotContain("secret");
        assertThat(Base64.getDecoder().decode(SALT)).hasSize(16);
    }
}
