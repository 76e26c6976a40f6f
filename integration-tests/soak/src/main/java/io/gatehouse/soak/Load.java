package io.gatehouse.soak;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Callers who send their next request when they have the answer to the last, while keys rotate, tokens are revoked, the
 * authorization server stalls, dies and returns, and the application is redeployed.
 */
final class Load {

    /** The cache of introspection answers is set to it. */
    static final Duration REVOKED_TOKEN_MAY_LIVE = Duration.ofSeconds(2);

    private static final int CALLERS = 8;

    /** The server is to be kept busy, not to be choked. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(10);

    /** RESTEasy's complaint. */
    private static final String CLIENT_NOT_CLOSED = "RESTEASY004687";

    /** Of one caller's, at a time. */
    private static final int MOST_REVOKED = 20;

    /** The breaker's pause, the longest exchange that began before the end, and a busy machine. */
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(20);

    private static final Duration AFTER_REDEPLOY = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private final LibertyServer liberty;
    private final AuthorizationServer server;
    private final Archive archive;
    private final Application application;
    private final Map<Sent, AtomicLongArray> counts = new EnumMap<>(Sent.class);
    private final Map<Integer, Integer> whileRedeploying = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final Phase outage = new Phase(AFTER_OUTAGE);
    private final Phase redeploy = new Phase(AFTER_REDEPLOY);
    private volatile boolean over;

    Load(LibertyServer liberty, AuthorizationServer server, Archive archive) {
        this.liberty = liberty;
        this.server = server;
        this.archive = archive;
        this.application = new Application(liberty.port(), server);
        for (Sent sent : Sent.values()) {
            counts.put(sent, new AtomicLongArray(Outcome.values().length));
        }
    }

    /** What is sent, what has to be answered, and whether the authorization server is needed for it. */
    private enum Sent {
        GOOD("JWT, good", 200, false),
        EXPIRED("JWT, expired", 401, false),
        FORGED("JWT, forged signature", 401, false),
        LIVE("opaque, live", 200, true),
        REVOKED("opaque, revoked", 401, true),
        UNKNOWN("opaque, unknown", 401, true),
        OUTGOING("JWT, good; outgoing call", 200, true);

        private final String title;
        private final int expected;
        private final boolean needsServer;

        Sent(String title, int expected, boolean needsServer) {
            this.title = title;
            this.expected = expected;
            this.needsServer = needsServer;
        }
    }

    /** A token that was good, and when the last trace of that has to be gone. */
    private record Revoked(String token, Instant forgotten) {}

    private enum Outcome {
        RIGHT,
        UNAVAILABLE_ALLOWED,
        WHILE_REDEPLOYING,
        WRONG_ACCEPT,
        WRONG_REFUSAL,
        WRONG_STATUS
    }

    /** A time in which something is out of order, and a while after it. Thread-safe. */
    private static final class Phase {

        private final Duration aftermath;
        private volatile boolean on;
        private volatile Instant end = Instant.MIN;

        private Phase(Duration aftermath) {
            this.aftermath = aftermath;
        }

        private void begin() {
            on = true;
        }

        private void end() {
            end = Instant.now();
            on = false;
        }

        /** Whether a request that was sent then met it. */
        private boolean met(Instant sent) {
            return on || sent.isBefore(end.equals(Instant.MIN) ? end : end.plus(aftermath));
        }
    }

    /** Prints a table, and gives what is wrong. */
    List<String> run(Duration duration) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> callers = new ArrayList<>();
        redeploy.begin();
        redeploy.end();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(threads.submit(() -> {
                call();
                return null;
            }));
        }
        try {
            faults(Instant.now().plus(duration));
            for (Future<?> caller : callers) {
                caller.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            over = true;
            threads.shutdown();
        }
        print();
        return problems();
    }

    private void faults(Instant end) throws IOException, InterruptedException {
        for (int round = 1; Instant.now().isBefore(end); round++) {
            pause(5, end);
            server.rotateTo(SigningKey.generate("key-" + round));
            pause(10, end);
            outage.begin();
            server.stall();
            pause(8, end);
            server.answerAgain();
            outage.end();
            pause(25, end);
            outage.begin();
            server.die();
            pause(8, end);
            server.rise();
            outage.end();
            pause(25, end);
            redeploy.begin();
            liberty.redeploy(archive.version(round));
            redeploy.end();
            pause(10, end);
        }
        over = true;
    }

    private static void pause(int seconds, Instant end) throws InterruptedException {
        long left = Duration.between(Instant.now(), end).toMillis();
        Thread.sleep(Math.max(0, Math.min(left, seconds * 1000L)));
    }

    private void call() throws InterruptedException {
        Deque<Revoked> revoked = new ArrayDeque<>();
        while (!over) {
            for (Sent sent : Sent.values()) {
                if (sent != Sent.REVOKED) {
                    send(sent, token(sent, serial.incrementAndGet()));
                }
            }
            revoke(revoked);
        }
    }

    /** Uses a token and has it revoked, and sends those again that have to be forgotten by now. */
    private void revoke(Deque<Revoked> revoked) throws InterruptedException {
        if (revoked.size() < MOST_REVOKED) {
            String token = token(Sent.REVOKED, serial.incrementAndGet());
            application.hello(token);
            server.revoke(token);
            revoked.add(new Revoked(
                    token, Instant.now().plus(REVOKED_TOKEN_MAY_LIVE).plus(MARGIN)));
        }
        while (!revoked.isEmpty() && revoked.element().forgotten().isBefore(Instant.now())) {
            send(Sent.REVOKED, revoked.remove().token());
        }
    }

    private void send(Sent sent, String token) throws InterruptedException {
        Thread.sleep(BETWEEN_REQUESTS.toMillis());
        Instant start = Instant.now();
        int status = sent == Sent.OUTGOING ? application.relay(token) : application.hello(token);
        Outcome outcome = judge(sent, status, start);
        counts.get(sent).incrementAndGet(outcome.ordinal());
        if (outcome == Outcome.WHILE_REDEPLOYING) {
            whileRedeploying.merge(status, 1, Integer::sum);
        }
        if (outcome.compareTo(Outcome.WRONG_ACCEPT) >= 0 && wrong.size() < 20) {
            wrong.add(outcome + ": " + sent.title + " was answered " + status + " after "
                    + Duration.between(start, Instant.now()).toMillis() + " ms, sent " + start);
        }
    }

    private String token(Sent sent, int number) {
        Instant later = Instant.now().plusSeconds(300);
        String user = "user" + number % 500;
        return switch (sent) {
            case GOOD, OUTGOING -> server.newest().token(user, later);
            case EXPIRED -> server.newest().token(user, Instant.now().minusSeconds(5));
            case FORGED -> damaged(server.newest().token(user, later));
            case LIVE -> AuthorizationServer.opaque("live-" + number % 50);
            case REVOKED -> AuthorizationServer.opaque("revoked-" + number);
            case UNKNOWN -> "nobody-" + number;
        };
    }

    /** Another character in the middle of the signature. */
    private static String damaged(String token) {
        int at = token.lastIndexOf('.') + 100;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private Outcome judge(Sent sent, int status, Instant start) {
        if (status == sent.expected) {
            return Outcome.RIGHT;
        }
        if (status == 200) {
            return Outcome.WRONG_ACCEPT;
        }
        if (status == 401 || status == 403) {
            return Outcome.WRONG_REFUSAL;
        }
        if (redeploy.met(start)) {
            return Outcome.WHILE_REDEPLOYING;
        }
        if (status != 503) {
            return Outcome.WRONG_STATUS;
        }
        return sent.needsServer && outage.met(start) ? Outcome.UNAVAILABLE_ALLOWED : Outcome.WRONG_REFUSAL;
    }

    private void print() {
        System.out.println("| sent | must be | requests | right | 503, server out | while redeploying |"
                + " wrong accepts | wrong refusals | other answers |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Sent sent : Sent.values()) {
            AtomicLongArray row = counts.get(sent);
            long all = 0;
            StringBuilder cells = new StringBuilder();
            for (int i = 0; i < row.length(); i++) {
                all += row.get(i);
                cells.append(String.format(Locale.ROOT, " %,d |", row.get(i)));
            }
            System.out.printf(Locale.ROOT, "| %s | %d | %,d |%s%n", sent.title, sent.expected, all, cells);
        }
        System.out.println("While redeploying (0 is no answer): " + whileRedeploying);
    }

    private List<String> problems() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>(wrong);
        if (new VirtualMachine(liberty.pid()).isDeadlocked()) {
            problems.add("deadlock");
        }
        if (liberty.count(CLIENT_NOT_CLOSED) > 0) {
            problems.add("JAX-RS clients were left to the garbage collector");
        }
        for (Sent sent : Sent.values()) {
            if (counts.get(sent).get(Outcome.RIGHT.ordinal()) == 0) {
                problems.add(sent.title + ": never answered as it must be");
            }
        }
        return problems;
    }
}
