package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.GatehouseContestant;
import io.gatehouse.benchmarks.contestants.Trust;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.report.Table;
import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenMemorySettings;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.ValidatedToken;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The heap that a remembered token takes: what is in use after so many were validated, less what was before, for each of
 * them. With their text, as by default, and by digest.
 */
public final class MemoryTable {

    /** Some combinations of groups, as an organisation has them: names are shared, sets of them seldom. */
    private static final int COMBINATIONS = 100;

    private static final Clock CLOCK = Clock.systemUTC();

    private final List<byte[]> tokens;
    private final Trust trust;
    private final Function<ValidatedToken, Set<String>> roles =
            RoleMapper.of(new RoleSettings(RoleSettings.DEFAULT_CLAIM_PATHS, Map.of()), CLOCK)::roles;
    private final AtomicInteger remembered = new AtomicInteger();

    private MemoryTable(List<byte[]> tokens, Trust trust) {
        this.tokens = tokens;
        this.trust = trust;
    }

    /** Runs it and gives the table. */
    public static String run(Options options) {
        TokenIssuer issuer = new TokenIssuer("https://login.example.com/realms/main", Algorithm.RS256, "key-1");
        TokenClaims claims = TokenClaims.of(issuer);
        List<byte[]> tokens = Candidates.pool(
                        options.number("tokens", 20_000),
                        caller -> issuer.sign(
                                claims.withFirstGroup(caller % COMBINATIONS).json(caller)))
                .stream()
                .map(token -> token.getBytes(StandardCharsets.US_ASCII))
                .toList();
        options.progress("tokens signed");
        MemoryTable table = new MemoryTable(tokens, Trust.in(issuer));
        table.measure(true); // loads classes
        List<Double> kept = table.measure(true);
        List<Double> digests = table.measure(false);
        return render(kept, digests, tokens.get(0).length);
    }

    private List<Double> measure(boolean tokensKept) {
        TokenMemorySettings memory = new TokenMemorySettings(Duration.ofHours(1), tokens.size(), tokensKept);
        TokenValidator validator = GatehouseContestant.validator(
                trust, memory, SignatureProvider.platform(), (issuer, known) -> remembered.addAndGet(known ? 1 : 0));
        long before = heapInUse();
        List<Double> bytes = new ArrayList<>();
        bytes.add(used(before, validator, token -> {}));
        bytes.add(used(before, validator, token -> token.rolesReadBy(roles)));
        used(before, validator, MemoryTable::readNameAndGroups);
        bytes.add(used(before, validator, MemoryTable::readNameAndGroups));
        remembered.set(0);
        tokens.forEach(token -> validate(validator, token));
        if (remembered.get() != tokens.size()) {
            throw new IllegalStateException("remembers no more than " + remembered);
        }
        return bytes;
    }

    private static void readNameAndGroups(ValidatedToken token) {
        token.claims().string("sub");
        token.claims().strings("groups");
    }

    private double used(long before, TokenValidator validator, Consumer<ValidatedToken> request) {
        tokens.forEach(token -> request.accept(validate(validator, token)));
        return (double) (heapInUse() - before) / tokens.size();
    }

    /** The text is a string of its own, as in a server: whether it is kept shows. */
    private static ValidatedToken validate(TokenValidator validator, byte[] token) {
        AccessToken presented = AccessToken.of(new String(token, StandardCharsets.US_ASCII));
        if (validator.validate(presented) instanceof TokenValidationResult.Valid valid) {
            return valid.token();
        }
        throw new IllegalStateException("refuses a good token");
    }

    private static long heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String render(List<Double> kept, List<Double> digests, int length) {
        List<String> rows = List.of("validated", "roles read once", "name and groups read each time");
        Table table = new Table(
                "memory, a remembered token of " + Table.number(length, 0) + " characters",
                "bytes, text kept",
                "of it beside the text",
                "bytes, by digest");
        IntStream.range(0, rows.size())
                .forEach(row -> table.row(
                        rows.get(row),
                        Table.number(kept.get(row), 0),
                        Table.number(kept.get(row) - length, 0),
                        Table.number(digests.get(row), 0)));
        return table.toString();
    }
}
