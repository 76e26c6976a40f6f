package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.Contestant;
import io.gatehouse.benchmarks.contestants.GatehouseContestant;
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
import java.util.List;
import java.util.Map;

/** A good token that was seen before: 1024 callers come back again and again. */
public final class WarmTable {

    private static final int POOL = 1024;

    private WarmTable() {}

    /** Runs it and gives the table. */
    public static String run(Options options) {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", Algorithm.RS256, "key-1");
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> tokens = Candidates.pool(POOL, caller -> issuer.sign(claims.json(caller)));
        Candidate header = Candidates.headerAlone(tokens);
        Candidate floor = Candidates.floor(issuer, tokens);
        List<Candidate> candidates = new ArrayList<>(List.of(header, floor));
        List<Contestant> contestants = new ArrayList<>(Contestant.all());
        contestants.set(0, GatehouseContestant.remembering());
        contestants.forEach(contestant -> candidates.add(Candidates.fromHeader(contestant, Trust.in(issuer), tokens)));
        Map<Candidate, List<Sample>> measured = Interleaved.measure(candidates, Plan.of(options));
        return render(candidates, measured, header, floor);
    }

    private static String render(
            List<Candidate> candidates, Map<Candidate, List<Sample>> measured, Candidate header, Candidate floor) {
        double nanosOfHeader = Median.of(measured.get(header), Sample::nanos);
        double bytesOfHeader = Median.of(measured.get(header), Sample::bytes);
        Table table = new Table("warm, RS256", "ratio", "µs", "B/op", "µs beyond the header", "B/op beyond it");
        for (Candidate candidate : candidates) {
            List<Sample> own = measured.get(candidate);
            boolean fromHeader = candidate != header && candidate != floor;
            double nanos = Median.of(own, Sample::nanos);
            double bytes = Median.of(own, Sample::bytes);
            table.row(
                    candidate.title(),
                    Table.number(Median.ofRatios(own, measured.get(floor), Sample::nanos), 3),
                    Table.number(nanos / 1000, 2),
                    Table.number(bytes, 0),
                    Table.number(fromHeader ? (nanos - nanosOfHeader) / 1000 : Double.NaN, 2),
                    Table.number(fromHeader ? bytes - bytesOfHeader : Double.NaN, 0));
        }
        return table.toString();
    }
}
