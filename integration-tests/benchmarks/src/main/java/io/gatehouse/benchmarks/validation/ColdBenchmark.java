package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.Contestant;
import io.gatehouse.benchmarks.contestants.Floor;
import io.gatehouse.benchmarks.contestants.Trust;
import io.gatehouse.benchmarks.contestants.Validation;
import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The cold table as JMH has it, a fork for each contestant: a second opinion about bytes, and on a machine that does
 * nothing else about time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ColdBenchmark {

    private static final int POOL = 1024;

    /** The floor, or the order in {@link Contestant#all()}. */
    @Param({"floor", "gatehouse", "auth0", "jose4j", "jjwt", "smallrye", "nimbus", "spring"})
    public String contestant;

    @Param({"RS256", "PS256", "ES256", "EDDSA"})
    public Algorithm algorithm;

    private String[] tokens;
    private Validation validation;
    private int next;

    /** Signs the tokens. */
    @Setup
    public void prepare() {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", algorithm, "key-1");
        TokenClaims claims = TokenClaims.of(issuer);
        List<String> pool = Candidates.pool(POOL, caller -> issuer.sign(claims.json(caller)));
        tokens = pool.toArray(String[]::new);
        validation = contestant.equals("floor")
                ? Floor.of(issuer, pool)
                : named(contestant, algorithm).trusting(Trust.in(issuer));
    }

    private static Contestant named(String name, Algorithm algorithm) {
        List<String> names = List.of("gatehouse", "auth0", "jose4j", "jjwt", "smallrye", "nimbus", "spring");
        Contestant found = Contestant.all().get(names.indexOf(name));
        if (!found.supports(algorithm)) {
            throw new UnsupportedOperationException(found.title() + " knows no " + algorithm.header());
        }
        return found;
    }

    /** One token. */
    @Benchmark
    public boolean validate(Blackhole sink) {
        next = (next + 1) % POOL;
        return validation.accepts(tokens[next], sink);
    }
}
