package io.gatehouse.config;

import io.gatehouse.metrics.Measurements;
import io.gatehouse.token.AccessToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the jar can do without a server: {@code doctor} and {@code explain}. Needs nothing but the Java platform and the jar
 * itself, so no type of Jakarta EE or MicroProfile may be on its way.
 */
public final class CommandLine {

    private static final String USAGE = """
            java -jar gatehouse.jar explain --config microprofile-config.properties --token -
                reads a token from standard input, and says which check it passes or fails
            java -jar gatehouse.jar doctor --config microprofile-config.properties
                asks the issuers for metadata and keys, compares clocks, and tries introspection

            Environment variables and -D system properties override the file, as in MicroProfile Config.
            Exit code: 0 where the token is accepted or nothing is bad, 1 otherwise, 2 if called wrongly.""";

    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int WRONG_CALL = 2;

    /** More than any token, and little enough to read. */
    private static final int MAXIMUM_INPUT = 1024 * 1024;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Map<String, String> system;
    private final Clock clock;

    CommandLine(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Map<String, String> system,
            Clock clock) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.system = system;
        this.clock = clock;
    }

    /** Runs one command. */
    public static void main(String[] arguments) {
        Map<String, String> system = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> system.put(name, System.getProperty(name)));
        CommandLine command =
                new CommandLine(System.in, System.out, System.err, System.getenv(), system, Clock.systemUTC());
        System.exit(command.run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        boolean explain = arguments.size() == 5
                && arguments.get(0).equals("explain")
                && arguments.subList(3, 5).equals(List.of("--token", "-"));
        boolean doctor = arguments.size() == 3 && arguments.get(0).equals("doctor");
        if ((!explain && !doctor) || !arguments.get(1).equals("--config")) {
            err.println(USAGE);
            return WRONG_CALL;
        }
        return run(explain, Path.of(arguments.get(2)));
    }

    private int run(boolean explain, Path file) {
        GatehouseConfig config;
        try {
            FileProperties properties = FileProperties.read(file, environment, system);
            config = new GatehouseConfigReader(properties, CommandLine.class.getClassLoader()).read();
        } catch (IOException unreadable) {
            err.println(file + " cannot be read: " + unreadable.getClass().getSimpleName());
            return WRONG_CALL;
        } catch (GatehouseConfigException misconfigured) {
            out.println(misconfigured.getMessage());
            return BAD;
        }
        try (TokenValidation tokens = new TokenValidation(config, Measurements.none(), clock)) {
            return explain ? explain(tokens) : examine(config, tokens);
        }
    }

    private int examine(GatehouseConfig config, TokenValidation tokens) {
        List<Finding> findings = new Doctor(config, tokens, clock).examine();
        out.println(Finding.good("configuration", Counted.of(config.issuers().size(), "issuer") + ", no contradiction")
                .lines());
        config.outbound().unusable().forEach(client -> out.println(note(client).lines()));
        findings.forEach(finding -> out.println(finding.lines()));
        return findings.stream().anyMatch(Finding::isBad) ? BAD : GOOD;
    }

    /** Whether the application uses it, its code says. */
    private static Finding note(UnusableClient client) {
        return Finding.note(
                "client \"" + client.name() + "\" of the environment",
                "it cannot be used: " + client.reason(),
                "an application that names it in its code is not deployed, any other goes on");
    }

    private int explain(TokenValidation tokens) {
        String token;
        try {
            token = new String(in.readNBytes(MAXIMUM_INPUT), StandardCharsets.UTF_8).strip();
        } catch (IOException closed) {
            token = "";
        }
        if (token.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            token = token.substring("Bearer ".length()).strip();
        }
        if (token.isEmpty()) {
            err.println("there is no token on standard input");
            return WRONG_CALL;
        }
        return new ExplainCommand(tokens, clock, out).explain(AccessToken.of(token)) ? GOOD : BAD;
    }
}
