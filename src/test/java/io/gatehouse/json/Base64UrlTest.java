package io.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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

    /** Groups are decoded by eight, by four and at the end in other ways: each place has to be looked at in each of them. */
    @Test
    void refusesAForeignCharacterWhereverItIs() {
        for (int length = 1; length < 30; length++) {
            String text = Base64Url.encode(new byte[length]);
            assertThat(Base64Url.decode(text)).contains(new byte[length]);
            for (int at = 0; at < text.length(); at++) {
                // the latter three look like A, A and b to those who see eight bits, or seven, of a character alone
                for (char foreign : new char[] {'=', '+', '/', ' ', '\u0000', '\u00e9', '\u0141', '\u00c1', '\u2062'}) {
                    String damaged = text.substring(0, at) + foreign + text.substring(at + 1);
                    assertThat(Base64Url.decode(damaged))
                            .as("%d of %d", at, length)
                            .isEmpty();
                    byte[] roomy = new byte[length + 10];
                    assertThat(Base64Url.decode("x" + damaged + "x", 1, damaged.length() + 1, roomy))
                            .isNegative();
                }
            }
        }
    }

    @Test
    void decodesAPartIntoAnArrayWithRoomOrWithout() {
        Random random = new Random(4648);
        for (int length = 0; length < 60; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64Url.encode(bytes);
            assertThat(text).hasSize(Base64Url.encodedLength(length));
            for (int room = 0; room < 10; room++) {
                byte[] decoded = new byte[length + room];
                assertThat(Base64Url.decode("?" + text + "?", 1, text.length() + 1, decoded))
                        .isEqualTo(length);
                assertThat(Arrays.copyOf(decoded, length)).isEqualTo(bytes);
            }
        }
    }
}
