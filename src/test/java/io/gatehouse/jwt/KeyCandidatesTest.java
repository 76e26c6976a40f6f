package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.InvalidTokenReason;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of an issuer's keys a token without a key id is tried with. */
class KeyCandidatesTest {

    private static final VerificationKey RIGHT = key(TestKeys.RSA.getPublic(), SignatureAlgorithm.RS256);
    private static final VerificationKey WRONG = key(TestKeys.OTHER_RSA.getPublic(), SignatureAlgorithm.RS256);
    private static final VerificationKey OTHER_TYPE = key(TestKeys.P_256.getPublic(), SignatureAlgorithm.ES256);
    private static final KeyLookup NOTHING = new KeyLookup.NotFound();

    private static VerificationKey key(PublicKey key, SignatureAlgorithm algorithm) {
        return new VerificationKey(null, key, Set.of(algorithm));
    }

    /** So many of these, and then this one. */
    private static KeyLookup found(int count, VerificationKey others, VerificationKey last) {
        List<VerificationKey> keys = new ArrayList<>(Collections.nCopies(count, others));
        keys.add(last);
        return new KeyLookup.Found(keys);
    }

    private static Authenticity check(KeyLookup first, KeyLookup other) {
        CompactJws jws = ((Decoded.Part<CompactJws>)
                        CompactJws.parse(TestTokens.valid().withoutHeader("kid").compact()))
                .value();
        VerificationKeys keys = new VerificationKeys() {
            @Override
            public KeyLookup lookup(String kid) {
                return first;
            }

            @Override
            public KeyLookup lookupOther(String kid, byte[] signature, KeyLookup.Found tried) {
                return other;
            }
        };
        return SignedJwtVerifier.check(keys, jws, SignatureAlgorithm.RS256);
    }

    @Test
    void areThoseThatFitItsAlgorithmHoweverManyOthersThereAre() {
        assertThat(check(found(100, OTHER_TYPE, RIGHT), NOTHING)).isInstanceOf(Authenticity.Genuine.class);
    }

    @Test
    void areSixteenAtMost() {
        assertThat(check(found(15, WRONG, RIGHT), NOTHING)).isInstanceOf(Authenticity.Genuine.class);
        assertThat(check(found(16, WRONG, RIGHT), NOTHING))
                .isEqualTo(new Authenticity.NotGenuine(InvalidTokenReason.SIGNATURE_NOT_VALID));
    }

    @Test
    void areAlsoThoseThatTheIssuerHasPublishedSince() {
        assertThat(check(found(0, WRONG, WRONG), found(0, RIGHT, RIGHT))).isInstanceOf(Authenticity.Genuine.class);
        assertThat(check(found(0, OTHER_TYPE, OTHER_TYPE), found(0, RIGHT, RIGHT)))
                .isInstanceOf(Authenticity.Genuine.class);
        assertThat(check(found(0, WRONG, WRONG), new KeyLookup.Unavailable(Duration.ofSeconds(3))))
                .isEqualTo(new Authenticity.Unknown(Duration.ofSeconds(3)));
    }
}
