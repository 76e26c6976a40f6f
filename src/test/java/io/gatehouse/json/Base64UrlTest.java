package io.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Nested
    class AcceptsOnlyWhatItWouldWrite {

        @Test
        void everyTextOfUpToThreeCharacters() {
            for (char a = 0; a < 256; a++) {
                requireCanonical("" + a);
                for (char b = 0; b < 128; b++) {
                    requireCanonical("" + a + b);
                }
            }
            for (char a : ALPHABET.toCharArray()) {
                for (char b : ALPHABET.toCharArray()) {
                    for (char c = 0; c < 128; c++) {
                        requireCanonical("" + a + b + c);
                    }
                }
            }
        }

        @Test
        void everyLastCharacterAfterOneTwoAndThreeBytes() {
            for (int length = 1; length <= 3; length++) {
                String text = Base64Url.encode(new byte[length]);
                for (char last = 0; last < 0x300; last++) {
                    requireCanonical(text.substring(0, text.length() - 1) + last);
                }
            }
        }

        @Test
        void exactlyOneTextOfTwoCharactersForEachByte() {
            long accepted = ALPHABET.chars()
                    .mapToObj(a -> ALPHABET.chars().mapToObj(b -> "" + (char) a + (char) b))
                    .flatMap(texts -> texts)
                    .filter(text -> Base64Url.decode(text).isPresent())
                    .count();

            assertThat(accepted).isEqualTo(256);
        }

        private void requireCanonical(String text) {
            Base64Url.decode(text)
                    .ifPresent(bytes -> assertThat(Base64Url.encode(bytes)).isEqualTo(text));
        }
    }

    @Test
    void decodesWhatThePlatformEncodes() {
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThat(Base64Url.encode(bytes)).isEqualTo(text);
            assertThat(Base64Url.decode(text))
                    .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AA==",
                "AA=",
                "AAA=",
                "=",
                "AAAA=",
                "AB",
                "AAB",
                "AA+A",
                "AA/A",
                " AAA",
                "AAA ",
                "AA AA",
                "AAAA\n",
                "A\u0000AA",
                "AA.A",
                "AA,A",
                "AA?A",
                "A%41",
                "\u0410AAA",
                "AAA\u00c0",
                "AAA\uff21",
                "AAA\ud800"
            })
    void refuses(String text) {
        assertThat(Base64Url.decode(text)).isEmpty();
    }
}
