package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.testing.TestKeys;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeaderMemoryTest {

    private static final JoseHeader HEADER = new JoseHeader("RS256", "k", null, null, null);
    private static final SignatureBasis BASIS = new SignatureBasis(
            kid -> new KeyLookup.NotFound(),
            "k",
            new VerificationKey("k", TestKeys.RSA.getPublic(), Set.of(SignatureAlgorithm.RS256)),
            null);

    private final HeaderMemory memory = new HeaderMemory();

    @Test
    void knowsTheVerySegmentAndNoOther() {
        memory.remember("abcd.efgh.ijkl", 4, HEADER, BASIS);
        assertThat(memory.find("abcd.mnop.qrst", 4).header()).isSameAs(HEADER);
        assertThat(memory.find("abce.efgh.ijkl", 4)).isNull();
        assertThat(memory.find("abcde.fgh.ijkl", 5)).isNull();
        assertThat(memory.find("abc.defgh.ijkl", 3)).isNull();
    }

    /** Ten of these or so have the place of the shorter one. */
    @Test
    void takesNoLongerSegmentForOneThatItBeginsWith() {
        memory.remember("abcd.b.c", 4, HEADER, BASIS);

        for (int i = 0; i < 10_000; i++) {
            String longer = "abcd" + i;
            assertThat(memory.find(longer + ".b.c", longer.length())).isNull();
        }
    }

    /** Else whoever has a key could fill it with long ones. */
    @Test
    void remembersNoLongSegments() {
        memory.remember("a".repeat(512) + ".b.c", 512, HEADER, BASIS);
        memory.remember("a".repeat(513) + ".b.c", 513, HEADER, BASIS);
        assertThat(memory.find("a".repeat(512) + ".x.y", 512)).isNotNull();
        assertThat(memory.find("a".repeat(513) + ".x.y", 513)).isNull();
    }

    @Test
    void givesAPlaceToTheLast() {
        for (int i = 0; i < 10_000; i++) {
            String token = "header" + i + ".b.c";
            int end = token.indexOf('.');
            memory.remember(token, end, HEADER, BASIS);
            assertThat(memory.find(token, end)).isNotNull();
        }
        long known = java.util.stream.IntStream.range(0, 10_000)
                .filter(i -> memory.find("header" + i + ".b.c", ("header" + i).length()) != null)
                .count();
        assertThat(known).isLessThanOrEqualTo(1024);
    }
}
