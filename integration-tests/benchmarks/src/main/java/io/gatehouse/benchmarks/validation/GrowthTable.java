package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.Contestant;
import io.gatehouse.benchmarks.contestants.Trust;
import io.gatehouse.benchmarks.report.Median;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.report.Table;
import io.gatehouse.benchmarks.run.Candidate;
import io.gatehouse.benchmarks.run.Interleaved;
import io.gatehouse.benchmarks.run.Plan;
import io.gatehouse.benchmarks.run.Sample;
import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What more groups, more keys and more issuers cost; cold, RS256, each as a ratio to the floor of the same bytes. */
public final class GrowthTable {

    private static final String ISSUER = "https://login.example.com/realms/main";

    /** Long enough for a thousand groups. */
    private static final int LONG_TOKENS = 64 * 1024;

    private final Plan plan;
    private final Options options;
    private final Map<String, Map<String, String>> columns = new LinkedHashMap<>();

    private GrowthTable(Options options) {
        this.plan = Plan.of(options);
        this.options = options;
    }

    /** Runs it and gives the table. */
    public static String run(Options options) {
        GrowthTable table = new GrowthTable(options);
        List.of(10, 100, 1000).forEach(table::groups);
        List.of(1, 10, 100).forEach(table::keys);
        List.of(1, 10, 100, 1000).forEach(table::issuers);
        return table.render();
    }

    private void groups(int number) {
        TokenIssuer issuer = new TokenIssuer(ISSUER, Algorithm.RS256, "key-1");
        TokenClaims claims = TokenClaims.of(issuer).withGroups(number);
        List<String> tokens = Candidates.pool(128, caller -> issuer.sign(claims.json(caller)));
        measure(number + " groups", issuer, Trust.in(issuer).withMaximumLength(LONG_TOKENS), tokens);
    }

    /** The key that is needed is the last one. */
    private void keys(int number) {
        TokenIssuer issuer = new TokenIssuer(ISSUER, Algorithm.RS256, "key-1");
        TokenIssuer other = new TokenIssuer(ISSUER, Algorithm.RS256, "key-2");
        List<TokenIssuer> keys = new ArrayList<>();
        IntStream.range(1, number).forEach(i -> keys.add(other.withKeyId("other-" + i)));
        keys.add(issuer);
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> tokens = Candidates.pool(256, caller -> issuer.sign(claims.json(caller)));
        measure(number + " keys", issuer, Trust.in(List.of(new Trust.Issuer(ISSUER, keys))), tokens);
    }

    /** Tokens come from all of them in turn. */
    private void issuers(int number) {
        TokenIssuer first = new TokenIssuer(ISSUER, Algorithm.RS256, "key-1");
        List<TokenIssuer> issuers = IntStream.range(0, number)
                .mapToObj(i -> first.calledAlso("https://login.example.com/realms/tenant-" + i))
                .toList();
        Trust trust = Trust.in(issuers.stream()
                .map(issuer -> new Trust.Issuer(issuer.name(), List.of(issuer)))
                .toList());
        List<String> tokens = Candidates.pool(1024, caller -> {
            TokenIssuer issuer = issuers.get(caller % number);
            return issuer.sign(TokenClaims.of(issuer).json(caller));
        });
        measure(number + " issuers", first, trust, tokens);
    }

    private void measure(String column, TokenIssuer issuer, Trust trust, List<String> tokens) {
        Candidate floor = Candidates.floor(issuer, tokens);
        List<Candidate> candidates = new ArrayList<>(List.of(floor));
        Contestant.all().stream()
                .filter(contestant -> trust.issuers().size() == 1 || contestant.supportsSeveralIssuers())
                .forEach(contestant -> candidates.add(Candidates.of(contestant, trust, tokens, true)));
        Map<Candidate, List<Sample>> measured = Interleaved.measure(candidates, plan);
        Map<String, String> cells = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            List<Sample> own = measured.get(candidate);
            cells.put(
                    candidate.title(),
                    candidate == floor
                            ? Table.number(Median.of(own, Sample::nanos) / 1000, 0) + " µs"
                            : Table.number(Median.ofRatios(own, measured.get(floor), Sample::nanos), 2));
        }
        columns.put(column, cells);
        options.progress(column + " measured");
    }

    private String render() {
        List<String> head = new ArrayList<>(List.of("growth, ratio"));
        head.addAll(columns.keySet());
        Table table = new Table(head.toArray(String[]::new));
        List<String> titles = new ArrayList<>(List.of(Candidates.FLOOR));
        Contestant.all().forEach(contestant -> titles.add(contestant.title()));
        for (String title : titles) {
            List<String> cells = new ArrayList<>(List.of(title));
            columns.values().forEach(column -> cells.add(column.getOrDefault(title, "–")));
            table.row(cells);
        }
        return table.toString();
    }
}
