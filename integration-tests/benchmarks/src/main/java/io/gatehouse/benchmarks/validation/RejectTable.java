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
import io.gatehouse.benchmarks.tokens.BadToken;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tokens that have to be refused, by what is wrong with them; the floor verifies a good one. */
public final class RejectTable {

    private static final int POOL = 256;

    private RejectTable() {}

    /** Runs it and gives the table. */
    public static String run(Options options) {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", Algorithm.RS256, "key-1");
        Map<BadToken, List<List<Sample>>> columns = new EnumMap<>(BadToken.class);
        for (BadToken kind : BadToken.values()) {
            columns.put(kind, measure(kind, issuer, Plan.of(options)));
            options.progress(kind.title() + " measured");
        }
        return render(columns);
    }

    /** The floor's samples first, then those of the contestants. */
    private static List<List<Sample>> measure(BadToken kind, TokenIssuer issuer, Plan plan) {
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> good = Candidates.pool(POOL, caller -> issuer.sign(claims.json(caller)));
        List<String> bad = Candidates.pool(POOL, caller -> kind.of(issuer, caller));
        List<Candidate> candidates = new ArrayList<>(List.of(Candidates.floor(issuer, good)));
        Contestant.all().forEach(contestant -> candidates.add(Candidates.of(contestant, Trust.in(issuer), bad, false)));
        Map<Candidate, List<Sample>> measured = Interleaved.measure(candidates, plan);
        return candidates.stream().map(measured::get).toList();
    }

    private static String render(Map<BadToken, List<List<Sample>>> columns) {
        List<String> head = new ArrayList<>(List.of("refused, RS256: ratio (µs; B/op)"));
        columns.keySet().forEach(kind -> head.add(kind.title()));
        Table table = new Table(head.toArray(String[]::new));
        List<Contestant> contestants = Contestant.all();
        for (int i = 0; i < contestants.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(contestants.get(i).title()));
            for (List<List<Sample>> samples : columns.values()) {
                cells.add(cell(samples.get(i + 1), samples.get(0)));
            }
            table.row(cells);
        }
        return table.toString();
    }

    private static String cell(List<Sample> own, List<Sample> floor) {
        return Table.number(Median.ofRatios(own, floor, Sample::nanos), 3) + " ("
                + Table.number(Median.of(own, Sample::nanos) / 1000, 1) + "; "
                + Table.number(Median.of(own, Sample::bytes), 0) + ")";
    }
}
