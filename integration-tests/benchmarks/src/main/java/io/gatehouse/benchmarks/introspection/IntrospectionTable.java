package io.gatehouse.benchmarks.introspection;

import io.gatehouse.benchmarks.report.Median;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.report.Table;
import io.gatehouse.benchmarks.run.Candidate;
import io.gatehouse.benchmarks.run.Interleaved;
import io.gatehouse.benchmarks.run.Plan;
import io.gatehouse.benchmarks.run.Sample;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionSettings;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.TrustedIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Hit, miss, coalesced miss and negative hit, beside a bare exchange with the same endpoint. */
public final class IntrospectionTable implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final int POOL = 1024;

    private final IntrospectionEndpoint endpoint = new IntrospectionEndpoint();
    private final JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults());
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicLong newTokens = new AtomicLong();
    private final AtomicLong groups = new AtomicLong();
    private final AtomicLong callsOfGroups = new AtomicLong();
    private final TokenValidator validator;

    private IntrospectionTable() throws IOException {
        IntrospectionSettings settings = new IntrospectionSettings(
                endpoint.uri(),
                new ClientAuthentication.ClientSecretBasic(
                        "orders-api", "secret", ClientAuthentication.CredentialsEncoding.FORM),
                Map.of(),
                null,
                // Longer than a run: a hit stays a hit.
                new IntrospectionSettings.CacheSettings(
                        Duration.ofHours(1), 10_000, Duration.ofHours(1), 10_000, Duration.ZERO),
                IntrospectionSettings.Limits.defaults());
        this.validator = new IntrospectionTokenValidator("server", settings, claims(), client, Clock.systemUTC());
    }

    private static ClaimsValidator claims() {
        ClaimsPolicy policy = new ClaimsPolicy(
                new TrustedIssuer("server", (String) null),
                new AudienceRule.Any(),
                Duration.ZERO,
                Duration.ZERO,
                null,
                Set.of(),
                List.of("username", "sub", "client_id"),
                "",
                false);
        return new ClaimsValidator(policy, Clock.systemUTC());
    }

    /** Runs it and gives the table. */
    public static String run(Options options) throws IOException {
        try (IntrospectionTable table = new IntrospectionTable()) {
            return table.measure(Plan.of(options));
        }
    }

    private String measure(Plan plan) {
        Candidate floor = new Candidate("a bare exchange, a connection each", (i, sink) -> sink.consume(exchange()));
        Candidate miss = new Candidate("miss: asked for the first time", (i, sink) -> expect(true, newToken()));
        Candidate coalesced =
                new Candidate("coalesced miss: " + CALLERS + " callers, one token", (i, sink) -> askTogether());
        Candidate hit = new Candidate("hit", (i, sink) -> expect(true, "live-" + Math.floorMod(i, POOL)));
        Candidate negativeHit =
                new Candidate("negative hit", (i, sink) -> expect(false, "dead-" + Math.floorMod(i, POOL)));
        List<Candidate> candidates = List.of(floor, miss, coalesced, hit, negativeHit);
        Map<Candidate, List<Sample>> measured = new LinkedHashMap<>(Interleaved.measure(candidates, plan));
        return render(candidates, measured, floor, coalesced);
    }

    private String newToken() {
        return "new-" + newTokens.incrementAndGet();
    }

    private void expect(boolean good, String token) {
        boolean accepted = validator.validate(AccessToken.of(token)) instanceof TokenValidationResult.Valid;
        if (accepted != good) {
            throw new IllegalStateException("decided wrongly");
        }
    }

    private void askTogether() {
        String token = newToken();
        long before = endpoint.calls();
        Callable<Void> ask = () -> {
            expect(true, token);
            return null;
        };
        List<Future<Void>> asked = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            asked.add(callers.submit(ask));
        }
        asked.forEach(IntrospectionTable::await);
        groups.incrementAndGet();
        callsOfGroups.addAndGet(endpoint.calls() - before);
    }

    private static void await(Future<Void> asked) {
        try {
            asked.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException wrong) {
            throw new IllegalStateException(wrong.getCause());
        }
    }

    /** The same question without anything around it, over a connection of its own as Gatehouse has it. */
    private int exchange() {
        String form = "token=" + newToken() + "&token_type_hint=access_token";
        String request = "POST /introspect HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Authorization: Basic b3JkZXJzLWFwaTpzZWNyZXQ=\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return in.readAllBytes().length;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String render(
            List<Candidate> candidates, Map<Candidate, List<Sample>> measured, Candidate floor, Candidate coalesced) {
        Table table = new Table(
                "introspection",
                "elapsed µs",
                "ratio",
                "CPU µs of the asking thread",
                "B/op there",
                "calls to the server");
        for (Candidate candidate : candidates) {
            List<Sample> own = measured.get(candidate);
            boolean asks = candidates.indexOf(candidate) < 2;
            String calls = candidate == coalesced
                    ? Table.number((double) callsOfGroups.get() / groups.get(), 2) + " for " + CALLERS
                    : asks ? "1" : "0";
            table.row(
                    candidate.title(),
                    Table.number(Median.of(own, Sample::elapsedNanos) / 1000, 2),
                    Table.number(Median.ofRatios(own, measured.get(floor), Sample::elapsedNanos), 4),
                    Table.number(Median.of(own, Sample::nanos) / 1000, 2),
                    Table.number(Median.of(own, Sample::bytes), 0),
                    calls);
        }
        return table.toString();
    }

    @Override
    public void close() {
        client.close();
        callers.shutdownNow();
        endpoint.close();
    }
}
