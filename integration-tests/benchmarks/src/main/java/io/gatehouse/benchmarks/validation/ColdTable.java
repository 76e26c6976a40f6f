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
import java.util.Locale;
import java.util.Map;

/** A good token that nobody has seen before, by algorithm; RS256 also with two threads. */
public final class ColdTable {

    private static final int POOL = 1024;

    private ColdTable() {}

    /** Runs it and gives the table. */
    public static String run(Options options) {
        Plan plan = Plan.of(options);
        Map<String, Map<String, List<Sample>>> columns = new LinkedHashMap<>();
        for (Algorithm algorithm : algorithms(options, Algorithm.values())) {
            columns.put(algorithm.header(), measure(algorithm, plan));
            options.progress(algorithm.header() + " measured");
            if (algorithm == Algorithm.RS256) {
                columns.put("RS256, 2 threads", measure(algorithm, plan.withThreads(2)));
                options.progress("RS256 with two threads measured");
            }
        }
        return render(columns);
    }

    static List<Algorithm> algorithms(Options options, Algorithm... orElse) {
        List<String> names = options.list("algorithms", ",");
        return names.isEmpty()
                ? List.of(orElse)
                : names.stream()
                        .map(name -> Algorithm.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
    }

    private static Map<String, List<Sample>> measure(Algorithm algorithm, Plan plan) {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", algorithm, "key-1");
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> tokens = Candidates.pool(POOL, caller -> issuer.sign(claims.json(caller)));
        List<Candidate> candidates = new ArrayList<>(List.of(Candidates.floor(issuer, tokens)));
        Contestant.all().stream()
                .filter(contestant -> contestant.supports(algorithm))
                .forEach(contestant -> candidates.add(Candidates.of(contestant, Trust.in(issuer), tokens, true)));
        Map<String, List<Sample>> byTitle = new LinkedHashMap<>();
        Map<Candidate, List<Sample>> measured = Interleaved.measure(candidates, plan);
        candidates.forEach(candidate -> byTitle.put(candidate.title(), measured.get(candidate)));
        return byTitle;
    }

    private static String render(Map<String, Map<String, List<Sample>>> columns) {
        List<String> head = new ArrayList<>(List.of("cold"));
        columns.keySet().forEach(name -> head.addAll(List.of(name + " ratio", "µs", "B/op")));
        Table table = new Table(head.toArray(String[]::new));
        List<String> titles = new ArrayList<>(List.of(Candidates.FLOOR));
        Contestant.all().forEach(contestant -> titles.add(contestant.title()));
        for (String title : titles) {
            List<String> cells = new ArrayList<>(List.of(title));
            columns.values().forEach(column -> cells.addAll(cells(column.get(title), column.get(Candidates.FLOOR), 2)));
            table.row(cells);
        }
        return table.toString();
    }

    static List<String> cells(List<Sample> own, List<Sample> floor, int decimals) {
        return own == null
                ? List.of("–", "–", "–")
                : List.of(
                        Table.number(Median.ofRatios(own, floor, Sample::nanos), decimals),
                        Table.number(Median.of(own, Sample::nanos) / 1000, 1),
                        Table.number(Median.of(own, Sample::bytes), 0));
    }
}
