package io.gatehouse.benchmarks.http;

import io.gatehouse.benchmarks.report.Median;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.report.Table;
import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The same resource behind different guards, on servers that all run while one of them is under load. The load changes
 * from one to the next every few seconds, in another order each round, so that what else happens on the machine meets all
 * of them; what counts is the ratio to the unguarded resource in the same round.
 */
public final class HttpComparison {

    static final String PATH = "/api/hello";

    private static final String ISSUER = "https://login.example.com/realms/main";

    private final Options options;
    private final List<LibertyServer> servers = new ArrayList<>();
    private final Map<Population, List<byte[]>> requests = new EnumMap<>(Population.class);
    private final Map<Case, List<Sample>> samples = new HashMap<>();

    private HttpComparison(Options options) {
        this.options = options;
    }

    /** How many callers there are. */
    private enum Population {
        ONE("one token", 1),
        MANY("10,000 tokens", 10_000);

        private final String title;
        private final int tokens;

        Population(String title, int tokens) {
            this.title = title;
            this.tokens = tokens;
        }
    }

    private record Case(Deployment deployment, Population population) {}

    private record Sample(double perSecond, double p50, double p99, double processorMicros) {}

    /** Runs it all and gives the table. */
    public static String run(Options options) throws IOException, InterruptedException {
        return new HttpComparison(options).table();
    }

    private String table() throws IOException, InterruptedException {
        TokenIssuer issuer = new TokenIssuer(ISSUER, Algorithm.RS256, "key-1");
        signTokens(issuer);
        try (KeyEndpoint keys = new KeyEndpoint("{\"keys\":[" + issuer.jwk() + "]}");
                LoadGenerator load = new LoadGenerator(options.number("connections", 16))) {
            startServers(keys);
            fetchKeys();
            warmUp(load);
            measure(load);
        } finally {
            servers.forEach(LibertyServer::close);
        }
        return render();
    }

    private void signTokens(TokenIssuer issuer) {
        TokenClaims claims = TokenClaims.of(issuer);
        List<byte[]> all = IntStream.range(0, Population.MANY.tokens)
                .parallel()
                .mapToObj(caller -> KeepAliveConnection.request(PATH, issuer.sign(claims.json(caller))))
                .toList();
        for (Population population : Population.values()) {
            requests.put(population, all.subList(0, population.tokens));
        }
    }

    private void startServers(KeyEndpoint keys) throws IOException, InterruptedException {
        Path runtime = runtime();
        Path directory = options.home().resolve("target/http");
        Map<String, String> environment = Map.of(
                "TOKEN_ISSUER",
                ISSUER,
                "TOKEN_KEYS",
                keys.url(),
                "TOKEN_AUDIENCE",
                TokenClaims.AUDIENCE,
                "MP_JWT_VERIFY_ISSUER",
                ISSUER,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                keys.url(),
                "MP_JWT_VERIFY_AUDIENCES",
                TokenClaims.AUDIENCE,
                "MP_JWT_VERIFY_CLOCK_SKEW",
                "30");
        for (Deployment deployment : deployments()) {
            Path home = directory.resolve(deployment.name().toLowerCase(Locale.ROOT));
            List<String> virtualMachine = options.list("server-options", " ");
            servers.add(LibertyServer.start(runtime, home, deployment, environment, virtualMachine));
            options.progress(deployment.title() + " answers, process "
                    + servers.get(servers.size() - 1).pid());
        }
    }

    /** The first request makes a server fetch the keys, and on a busy machine that may take longer than it waits. */
    private void fetchKeys() throws IOException, InterruptedException {
        byte[] request = requests.get(Population.ONE).get(0);
        for (LibertyServer server : servers) {
            int status = 0;
            for (int attempt = 0; status != 200 && attempt < 30; attempt++) {
                try (KeepAliveConnection connection = new KeepAliveConnection(server.port())) {
                    status = connection.exchange(request);
                }
                if (status != 200) {
                    Thread.sleep(1000);
                }
            }
            if (status != 200) {
                throw new IOException(server.deployment().title() + " answers " + status);
            }
        }
    }

    private List<Deployment> deployments() {
        List<String> names = options.list("deployments", ",");
        return names.isEmpty()
                ? List.of(Deployment.values())
                : names.stream()
                        .map(name ->
                                Deployment.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList();
    }

    /** Any unpacked Open Liberty will do: the integration tests have one. */
    private Path runtime() throws IOException {
        List<String> places =
                List.of("target/liberty/wlp", "../liberty/target/liberty/wlp", "../demo/target/liberty/wlp");
        Path module = options.home();
        List<Path> candidates = new ArrayList<>(
                options.list("liberty", ",").stream().map(Path::of).toList());
        places.forEach(place -> candidates.add(module.resolve(place).normalize()));
        for (Path candidate : candidates) {
            if (Files.exists(candidate.resolve("bin/tools/ws-server.jar"))) {
                return candidate.toAbsolutePath();
            }
        }
        throw new IOException("no Open Liberty at " + candidates + ": --liberty=<its wlp directory>");
    }

    /** By requests, not by time: how often code has run decides whether the virtual machine has compiled it. */
    private void warmUp(LoadGenerator load) throws IOException, InterruptedException {
        int wanted = options.number("warm-up-requests", 120_000);
        Map<LibertyServer, Integer> done = new HashMap<>();
        while (servers.stream().anyMatch(server -> done.getOrDefault(server, 0) < wanted)) {
            for (LibertyServer server : servers) {
                for (Population population : Population.values()) {
                    if (done.getOrDefault(server, 0) < wanted) {
                        LoadGenerator.Load result =
                                load.run(server.port(), requests.get(population), Duration.ofSeconds(2));
                        done.merge(server, result.requests(), Integer::sum);
                    }
                }
            }
        }
        options.progress("warmed up");
    }

    private void measure(LoadGenerator load) throws IOException, InterruptedException {
        Random order = new Random(options.number("seed", 7));
        int rounds = options.number("rounds", 7);
        for (int round = 1; round <= rounds; round++) {
            for (Population population : Population.values()) {
                List<LibertyServer> shuffled = new ArrayList<>(servers);
                Collections.shuffle(shuffled, order);
                for (LibertyServer server : shuffled) {
                    samples.computeIfAbsent(new Case(server.deployment(), population), added -> new ArrayList<>())
                            .add(sample(load, server, population));
                }
            }
            options.progress("round " + round + " of " + rounds);
        }
    }

    private Sample sample(LoadGenerator load, LibertyServer server, Population population)
            throws IOException, InterruptedException {
        Duration slice = options.duration("slice", Duration.ofSeconds(5));
        Duration before = ProcessorTime.of(server.pid());
        LoadGenerator.Load result = load.run(server.port(), requests.get(population), slice);
        Duration used = ProcessorTime.of(server.pid()).minus(before);
        return new Sample(
                result.perSecond(),
                result.percentile(0.5).toNanos() / 1e6,
                result.percentile(0.99).toNanos() / 1e6,
                used.toNanos() / 1e3 / result.requests());
    }

    private String render() {
        Table table = new Table(
                "guard", "tokens", "requests/s", "ratio", "p50 ms", "p99 ms", "server CPU µs/request", "ratio");
        for (Population population : Population.values()) {
            List<Sample> floor = samples.get(new Case(Deployment.OPEN, population));
            for (LibertyServer server : servers) {
                List<Sample> own = samples.get(new Case(server.deployment(), population));
                table.row(
                        server.deployment().title(),
                        population.title,
                        Table.number(Median.of(own, Sample::perSecond), 0),
                        Table.number(Median.ofRatios(own, floor, Sample::perSecond), 2),
                        Table.number(Median.of(own, Sample::p50), 2),
                        Table.number(Median.of(own, Sample::p99), 2),
                        Table.number(Median.of(own, Sample::processorMicros), 0),
                        Table.number(Median.ofRatios(own, floor, Sample::processorMicros), 2));
            }
        }
        return table.toString();
    }
}
