package io.gatehouse.benchmarks.contestants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.BadToken;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.infra.Blackhole;

/** Nobody wins by looking away: each contestant checks what all of them are to check. No time is measured here. */
class ContestantTest {

    private static final Map<Algorithm, TokenIssuer> ISSUERS = new EnumMap<>(Algorithm.class);

    private final Blackhole sink = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    private static TokenIssuer issuer(Algorithm algorithm) {
        return ISSUERS.computeIfAbsent(
                algorithm, missing -> new TokenIssuer("https://login.example.com/realms/main", missing, "key-1"));
    }

    static Stream<Arguments> everybodyWithEachAlgorithm() {
        List<Contestant> everybody = new ArrayList<>(Contestant.all());
        everybody.add(GatehouseContestant.remembering());
        CryptoProvider.present(missing -> {})
                .forEach(provider -> everybody.add(GatehouseContestant.verifyingWith(provider.ofGatehouse())));
        return everybody.stream().flatMap(contestant -> Arrays.stream(Algorithm.values())
                .filter(contestant::supports)
                .map(algorithm -> arguments(named(contestant.title(), contestant), algorithm)));
    }

    @ParameterizedTest
    @MethodSource("everybodyWithEachAlgorithm")
    void acceptsGoodTokenAgainAndAgain(Contestant contestant, Algorithm algorithm) {
        TokenIssuer issuer = issuer(algorithm);
        String token = issuer.sign(TokenClaims.of(issuer).json(1));

        Validation validation = contestant.trusting(Trust.in(issuer));

        assertThat(validation.accepts(token, sink)).isTrue();
        assertThat(validation.accepts(token, sink)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everybodyWithEachAlgorithm")
    void refusesEachBadTokenAlsoAfterGoodOnes(Contestant contestant, Algorithm algorithm) {
        TokenIssuer issuer = issuer(algorithm);
        Validation validation = contestant.trusting(Trust.in(issuer));
        validation.accepts(issuer.sign(TokenClaims.of(issuer).json(1)), sink);

        List<BadToken> taken = Arrays.stream(BadToken.values())
                .filter(kind -> validation.accepts(kind.of(issuer, 1), sink))
                .toList();

        assertThat(taken).isEmpty();
    }

    static Stream<Named<Contestant>> thoseWithSeveralIssuers() {
        return Contestant.all().stream()
                .filter(Contestant::supportsSeveralIssuers)
                .map(contestant -> named(contestant.title(), contestant));
    }

    @ParameterizedTest
    @MethodSource("thoseWithSeveralIssuers")
    void keepsIssuersApart(Contestant contestant) {
        TokenIssuer staff = issuer(Algorithm.RS256);
        TokenIssuer partners = new TokenIssuer("https://partners.example.com", Algorithm.RS256, "key-1");
        Validation validation = contestant.trusting(Trust.in(List.of(
                new Trust.Issuer(staff.name(), List.of(staff)), new Trust.Issuer(partners.name(), List.of(partners)))));

        assertThat(validation.accepts(partners.sign(TokenClaims.of(partners).json(1)), sink))
                .isTrue();
        assertThat(validation.accepts(partners.sign(TokenClaims.of(staff).json(1)), sink))
                .isFalse();
    }

    static Stream<Named<Contestant>> everybody() {
        return Contestant.all().stream().map(contestant -> named(contestant.title(), contestant));
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void findsKeyAmongOthers(Contestant contestant) {
        TokenIssuer issuer = issuer(Algorithm.RS256);
        TokenIssuer other = new TokenIssuer(issuer.name(), Algorithm.RS256, "key-0");
        Validation validation =
                contestant.trusting(Trust.in(List.of(new Trust.Issuer(issuer.name(), List.of(other, issuer)))));

        assertThat(validation.accepts(issuer.sign(TokenClaims.of(issuer).json(1)), sink))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void takesTokenOfManyGroups(Contestant contestant) {
        TokenIssuer issuer = issuer(Algorithm.RS256);
        String token = issuer.sign(TokenClaims.of(issuer).withGroups(1000).json(1));

        assertThat(contestant
                        .trusting(Trust.in(issuer).withMaximumLength(64 * 1024))
                        .accepts(token, sink))
                .isTrue();
    }

    @Test
    void bareSignatureOfEachProviderIsComputed() {
        TokenIssuer issuer = issuer(Algorithm.RS256);
        String token = issuer.sign(TokenClaims.of(issuer).json(1));
        String forged = token.substring(0, token.length() - 9) + "AAAAAAAAA";

        List<CryptoProvider> providers = CryptoProvider.present(missing -> {});

        // pure Java, so it is there everywhere
        assertThat(providers).extracting(provider -> provider.jca().getName()).contains("BC");
        for (CryptoProvider provider : providers) {
            Validation floor =
                    Floor.of(issuer, List.of(token, forged), provider.jca()).orElseThrow();
            assertThat(floor.accepts(token, sink)).isTrue();
            assertThat(floor.accepts(forged, sink)).isFalse();
        }
    }
}
