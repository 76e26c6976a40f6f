package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.Contestant;
import io.gatehouse.benchmarks.contestants.CryptoProvider;
import io.gatehouse.benchmarks.contestants.GatehouseContestant;
import io.gatehouse.benchmarks.contestants.Trust;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a cold token costs with each provider that is there, beside the bare signature of the Java runtime's own. */
public final class NativeTable {

    private static final int POOL = 1024;

    private NativeTable() {}

    /** Runs it and gives the table. */
    public static String run(Options options) {
        Plan plan = Plan.of(options);
        List<CryptoProvider> providers = CryptoProvider.present(options::progress);
        Map<String, Map<String, List<Sample>>> columns = new LinkedHashMap<>();
        for (Algorithm algorithm : ColdTable.algorithms(options, Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA)) {
            columns.put(algorithm.header(), measure(algorithm, plan, providers));
            options.progress(algorithm.header() + " measured");
        }
        return render(columns);
    }

    private static Map<String, List<Sample>> measure(Algorithm algorithm, Plan plan, List<CryptoProvider> providers) {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", algorithm, "key-1");
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> tokens = Candidates.pool(POOL, caller -> issuer.sign(claims.json(caller)));
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(Candidates.floor(issuer, tokens));
        candidates.add(candidate(GatehouseContestant.forgetful(), issuer, tokens));
        for (CryptoProvider provider : providers) {
            Candidates.floor(issuer, tokens, provider.jca()).ifPresent(candidates::add);
            candidates.add(candidate(GatehouseContestant.verifyingWith(provider.ofGatehouse()), issuer, tokens));
        }
        Map<Candidate, List<Sample>> measured = Interleaved.measure(candidates, plan);
        Map<String, List<Sample>> byTitle = new LinkedHashMap<>();
        candidates.forEach(candidate -> byTitle.put(candidate.title(), measured.get(candidate)));
        return byTitle;
    }

    private static Candidate candidate(Contestant gatehouse, TokenIssuer issuer, List<String> tokens) {
        return Candidates.of(gatehouse, Trust.in(issuer), tokens, true);
    }

    private static String render(Map<String, Map<String, List<Sample>>> columns) {
        List<String> head = new ArrayList<>(List.of("cold, by provider"));
        columns.keySet().forEach(name -> head.addAll(List.of(name + " ratio", "µs", "B/op")));
        Table table = new Table(head.toArray(String[]::new));
        Set<String> titles = new LinkedHashSet<>();
        columns.values().forEach(column -> titles.addAll(column.keySet()));
        for (String title : titles) {
            List<String> cells = new ArrayList<>(List.of(title));
            columns.values()
                    .forEach(column ->
                            cells.addAll(ColdTable.cells(column.get(title), column.get(Candidates.FLOOR), 3)));
            table.row(cells);
        }
        return table.toString();
    }
}
