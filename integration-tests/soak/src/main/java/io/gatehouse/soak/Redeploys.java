package io.gatehouse.soak;

import io.gatehouse.soak.VirtualMachine.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The same application deployed many times: nothing of the old ones may stay. */
final class Redeploys {

    private static final int FIRST_LOOK = 5;

    /** Gatehouse's background threads live ten seconds without work; those that stay longer are counted. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    /** A leaked deployment takes megabytes: its classes, its caches, its client. Fifty of them far more than this. */
    private static final double HEAP_TOLERANCE = 0.03;

    /** The pool of the server itself. */
    private static final int THREAD_TOLERANCE = 5;

    private final LibertyServer liberty;
    private final VirtualMachine machine;
    private final AuthorizationServer server;
    private final Application application;
    private final Archive archive;
    private final List<String> problems = new ArrayList<>();

    Redeploys(LibertyServer liberty, AuthorizationServer server, Archive archive) {
        this.liberty = liberty;
        this.machine = new VirtualMachine(liberty.pid());
        this.server = server;
        this.application = new Application(liberty.port(), server);
        this.archive = archive;
    }

    /** Prints a table, and gives what is wrong. */
    List<String> run(int redeploys) throws IOException, InterruptedException {
        System.out.println(
                "| redeploys | live heap, KB | threads | of Gatehouse | deployments | callers | application class loaders | loaded classes |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|");
        useEveryRoom(0);
        State first = null;
        State last = null;
        for (int number = 1; number <= redeploys; number++) {
            liberty.redeploy(archive.version(number));
            useEveryRoom(number);
            if (number == FIRST_LOOK || number == redeploys || number % 10 == 0) {
                last = look(number);
                first = first == null ? last : first;
            }
        }
        compare(first, last);
        if (!problems.isEmpty()) {
            machine.dump(liberty.directory().resolve("growth.hprof"));
        }
        return problems;
    }

    private State look(int number) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(SETTLE);
        while (machine.ourThreads() > 0 && Instant.now().isBefore(end)) {
            Thread.sleep(500);
        }
        State state = machine.afterCollection(liberty.directory().resolve("histogram-" + number + ".txt"));
        print(number, state);
        return state;
    }

    private void useEveryRoom(int number) throws InterruptedException {
        String user = "user" + number;
        String good = server.newest().token(user, Instant.now().plusSeconds(300));
        expect("a good token", 200, warm(good));
        expect("a good token again", 200, application.hello(good));
        expect(
                "an expired token",
                401,
                application.hello(server.newest().token(user, Instant.now().minusSeconds(30))));
        expect(
                "a forged token",
                401,
                application.hello(
                        server.newest().forged().token(user, Instant.now().plusSeconds(300))));
        expect("an opaque token", 200, application.hello(AuthorizationServer.opaque(user)));
        expect("an unknown opaque token", 401, application.hello("nobody-" + number));
        expect("an outgoing call", 200, application.relay(good));
    }

    /** The first request of a deployment waits for keys, on a busy machine longer than it may. */
    private int warm(String token) throws InterruptedException {
        int status = application.hello(token);
        for (int attempt = 0; (status == 503 || status == 404) && attempt < 20; attempt++) {
            Thread.sleep(500);
            status = application.hello(token);
        }
        return status;
    }

    private void expect(String what, int expected, int status) {
        if (status != expected) {
            problems.add(what + " was answered " + status + " instead of " + expected);
        }
    }

    private static void print(int number, State state) {
        System.out.printf(
                Locale.ROOT,
                "| %d | %,d | %d | %d | %d | %d | %d | %,d |%n",
                number,
                state.heapBytes() / 1024,
                state.threads(),
                state.ourThreads(),
                state.deployments(),
                state.principals(),
                state.applicationLoaders(),
                state.loadedClasses());
    }

    private void compare(State first, State last) {
        atMost("live heap", last.heapBytes(), (long) (first.heapBytes() * (1 + HEAP_TOLERANCE)));
        atMost("threads", last.threads(), first.threads() + THREAD_TOLERANCE);
        atMost("threads of Gatehouse", last.ourThreads(), first.ourThreads());
        atMost("deployments", last.deployments(), first.deployments());
        atMost("callers", last.principals(), first.principals());
        atMost("application class loaders", last.applicationLoaders(), first.applicationLoaders());
        if (last.deployments() < 1) {
            problems.add("the histogram has no deployment: was the application there at all?");
        }
    }

    private void atMost(String what, long actual, long expected) {
        if (actual > expected) {
            problems.add(what + ": " + actual + ", at most " + expected + " was expected");
        }
    }
}
