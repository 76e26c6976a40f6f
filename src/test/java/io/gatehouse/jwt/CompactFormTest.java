package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.TestTokens;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is accepted in one form, byte for byte (RFC 7515 §7.1, RFC 8725bis on the form of tokens). */
class CompactFormTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final TestGate gate = TestGate.rsa();
    private final String token = TestTokens.valid().compact();

    @Nested
    class Dots {

        static Stream<String> wrongParts() {
            String[] p = TestTokens.valid().compact().split("\\.");
            return Stream.of(
                    "",
                    ".",
                    "..",
                    "opaque-token",
                    p[0],
                    p[0] + ".",
                    p[0] + "." + p[1],
                    p[0] + "." + p[1] + ".",
                    p[0] + ".." + p[2],
                    "." + p[1] + "." + p[2],
                    ".." + p[2],
                    "." + p[0] + "." + p[1] + "." + p[2],
                    p[0] + "." + p[1] + "." + p[2] + ".",
                    p[0] + "." + p[1] + "." + p[2] + "." + p[2],
                    p[0] + "." + p[1] + ".." + p[2],
                    p[0] + "..." + p[1] + "." + p[2] + "..",
                    ".".repeat(7000),
                    "A.".repeat(3500));
        }

        @ParameterizedTest
        @MethodSource
        void wrongParts(String wrong) {
            gate.assertRefused(wrong, MALFORMED);
        }

        @Test
        void fourAreThoseOfAnEncryptedToken() {
            gate.assertRefused(token + "..", ENCRYPTION_NOT_ACCEPTED);
            gate.assertRefused("....", ENCRYPTION_NOT_ACCEPTED);
        }
    }

    @Nested
    class Characters {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "=", "==", " ", "\n", "\r\n", "\t", ",", ";", "\"", "'", "%", "%3D", "\u0000", "+", "/", "!", "~",
                    "\u00a0", "\u200b", "\ufeff"
                })
        void thatDoNotBelongThereAreRefusedAnywhere(String foreign) {
            int firstDot = token.indexOf('.');
            int lastDot = token.lastIndexOf('.');
            for (int at :
                    new int[] {0, 1, firstDot, firstDot + 1, lastDot, lastDot + 1, token.length() - 1, token.length()
                    }) {
                gate.assertRefused(token.substring(0, at) + foreign + token.substring(at), MALFORMED);
            }
        }

        @Test
        void ofTheOtherAlphabetAreRefused() {
            String withBoth = TestTokens.valid()
                    .claim("x", "\"\u00ff\u00ff\u00ff\u00fb~~~???\"")
                    .compact();
            assertThat(withBoth).containsAnyOf("-", "_");

            gate.assertRefused(withBoth.replace('-', '+').replace('_', '/'), MALFORMED);
        }

        @Test
        void aroundTheTokenAreRefused() {
            gate.assertRefused("Bearer " + token, MALFORMED);
            gate.assertRefused("\"" + token + "\"", MALFORMED);
            gate.assertRefused(token + "#", MALFORMED);
        }

        /** The other writings of the last character decode to the same bytes in lenient decoders. */
        @Test
        void withStrayBitsAreRefused() {
            for (int padded = 1; padded <= 2; padded++) {
                TestTokens tokens = TestTokens.valid().claim("pad", "\"" + "x".repeat(padded) + "\"");
                String[] parts = tokens.compact().split("\\.");
                for (int part = 0; part < 3; part++) {
                    assertNoTwin(parts, part);
                }
            }
        }

        private void assertNoTwin(String[] parts, int part) {
            String original = parts[part];
            int last = ALPHABET.indexOf(original.charAt(original.length() - 1));
            for (char other : ALPHABET.toCharArray()) {
                if (ALPHABET.indexOf(other) != last) {
                    String[] twin = parts.clone();
                    twin[part] = original.substring(0, original.length() - 1) + other;
                    assertThat(gate.accepts(String.join(".", twin))).isFalse();
                }
            }
        }
    }

    @Nested
    class JsonSerialization {

        private final String[] p = token.split("\\.");

        @Test
        void isRefused() {
            String flattened =
                    "{\"protected\":\"" + p[0] + "\",\"payload\":\"" + p[1] + "\",\"signature\":\"" + p[2] + "\"}";
            String general = "{\"payload\":\"" + p[1] + "\",\"signatures\":[{\"protected\":\"" + p[0]
                    + "\",\"signature\":\"" + p[2] + "\"}]}";

            gate.assertRefused(flattened, MALFORMED);
            gate.assertRefused(general, MALFORMED);
            gate.assertRefused(Base64Url.encode(flattened.getBytes(UTF_8)), MALFORMED);
        }

        /** CVE-2022-39227: one text that is both serializations. */
        @Test
        void mixedWithTheCompactOneIsRefused() {
            String polyglot = "{\"" + p[0] + "." + p[1] + ".\":\"\",\"protected\":\"" + p[0] + "\",\"payload\":\""
                    + p[1] + "\",\"signature\":\"" + p[2] + "\"}";
            gate.assertRefused(polyglot, MALFORMED);
        }
    }

    @Nested
    class Payload {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "[]",
                    "\"x\"",
                    "1",
                    "{",
                    "{}}",
                    "{\"exp\":1,}",
                    "{'exp':1}",
                    "\ufeff{}",
                    "foo"
                })
        void thatIsNoStrictJsonObjectIsRefused(String payload) {
            gate.assertRefused(TestTokens.valid().payload(payload.getBytes(UTF_8)), MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "exp", "aud", "groups", "upn"})
        void withADuplicateClaimIsRefused(String claim) {
            String claims = io.gatehouse.testing.TestJson.object(TestTokens.validClaims());
            String escaped = "\\u00" + Integer.toHexString(claim.charAt(0)) + claim.substring(1);
            for (String name : new String[] {claim, escaped}) {
                String payload = claims.substring(0, claims.length() - 1) + ",\"" + name + "\":1}";
                gate.assertRefused(TestTokens.valid().payload(payload.getBytes(UTF_8)), MALFORMED);
            }
        }

        @Test
        void inAnotherEncodingIsRefused() {
            String claims = io.gatehouse.testing.TestJson.object(TestTokens.validClaims());

            gate.assertRefused(TestTokens.valid().payload(claims.getBytes(UTF_16LE)), MALFORMED);
            gate.assertRefused(
                    TestTokens.valid()
                            .payload(claims.replace("user", "\u00fcser").getBytes(ISO_8859_1)),
                    MALFORMED);
        }

        @Test
        void thatIsATokenItselfIsRefused() {
            gate.assertRefused(TestTokens.valid().header("cty", "\"JWT\"").payload(token.getBytes(UTF_8)), MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"a\":"})
        void nestedTooDeeplyIsRefused(String open) {
            gate.assertRefused(TestTokens.valid().payload(open.repeat(1500).getBytes(UTF_8)), MALFORMED);
        }

        @Test
        void ofTenThousandGroupsIsAnswered() {
            TestGate large = TestGate.with(new JwtSettings(1 << 20, JwtSettings.DEFAULT_TYPES, null));
            large.assertAccepted(TestTokens.valid().claim("groups", "[" + "\"role\",".repeat(10_000) + "\"x\"]"));
        }
    }

    @Nested
    class NoOtherTokenIsValid {

        @ParameterizedTest
        @EnumSource(names = {"RS256", "ES256", "EDDSA"})
        void withAnyCharacterAnother(SignatureAlgorithm algorithm) {
            TestGate ours = TestGate.of(algorithm);
            String valid = TestTokens.valid().algorithm(algorithm).compact();
            assertThat(ours.accepts(valid)).isTrue();

            for (int at = 0; at < valid.length(); at++) {
                for (char other :
                        new char[] {'Q', '-', '.', (char) (valid.charAt(at) ^ 1), (char) (valid.charAt(at) ^ 0x20)}) {
                    if (other != valid.charAt(at)) {
                        String changed = valid.substring(0, at) + other + valid.substring(at + 1);
                        assertThat(ours.accepts(changed)).as(changed).isFalse();
                    }
                }
            }
        }

        /** The property in full: every byte of a genuine token, and every other one that tokens or careless decoders know. */
        @Test
        void withAnyByteAnother() {
            String others = ALPHABET + ".=+/ ,\0\n\r\t\u007f\u0080\u00a0\u00ff";
            char[] changed = token.toCharArray();
            for (int at = 0; at < changed.length; at++) {
                for (char other : others.toCharArray()) {
                    changed[at] = other;
                    assertThat(other == token.charAt(at) || !gate.accepts(new String(changed)))
                            .as("byte %d as %d", at, (int) other)
                            .isTrue();
                }
                changed[at] = token.charAt(at);
            }
        }

        @Test
        void withAnyCharacterLeftOutDoubledOrSwapped() {
            for (int at = 0; at < token.length(); at++) {
                String head = token.substring(0, at);
                String tail = token.substring(at + 1);
                char here = token.charAt(at);

                assertThat(gate.accepts(head + tail)).isFalse();
                assertThat(gate.accepts(head + here + here + tail)).isFalse();
                if (!tail.isEmpty() && tail.charAt(0) != here) {
                    assertThat(gate.accepts(head + tail.charAt(0) + here + tail.substring(1)))
                            .isFalse();
                }
            }
        }

        @Test
        void cutOffAnywhere() {
            for (int at = 0; at < token.length(); at++) {
                assertThat(gate.accepts(token.substring(0, at))).isFalse();
                assertThat(gate.accepts(token.substring(at + 1))).isFalse();
            }
        }

        @Test
        void putTogetherFromTwo() {
            String[] a = token.split("\\.");
            String[] b = TestTokens.valid()
                    .claim("upn", "\"root\"")
                    .header("x", "1")
                    .compact()
                    .split("\\.");
            for (int mix = 1; mix < 7; mix++) {
                String mixed = ((mix & 1) == 0 ? a : b)[0] + "." + ((mix & 2) == 0 ? a : b)[1] + "."
                        + ((mix & 4) == 0 ? a : b)[2];
                assertThat(gate.accepts(mixed)).isFalse();
            }
        }

        @Test
        void fromRandomChanges() {
            Random random = new Random(20260301);
            for (int i = 0; i < 3000; i++) {
                StringBuilder changed = new StringBuilder(token);
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(0x180));
                }
                assertThat(gate.accepts(changed.toString()))
                        .isEqualTo(changed.toString().equals(token));
            }
        }
    }
}
