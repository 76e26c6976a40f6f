package io.gatehouse.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line: {@code --liberty=wlp --directory=work [--redeploys=50] [--duration=180]}, seconds; 0 leaves a part out. */
public final class Soak {

    private final Map<String, String> options;
    private final List<String> problems = new ArrayList<>();

    private Soak(Map<String, String> options) {
        this.options = options;
    }

    /** Exits with 1 where something is wrong. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Soak soak = new Soak(Arrays.stream(arguments)
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        soak.run();
        soak.problems.forEach(problem -> System.out.println("WRONG: " + problem));
        System.out.println(soak.problems.isEmpty() ? "PASSED" : "FAILED");
        System.exit(soak.problems.isEmpty() ? 0 : 1);
    }

    private void run() throws IOException, InterruptedException {
        int redeploys = Integer.parseInt(options.getOrDefault("redeploys", "50"));
        Duration duration = Duration.ofSeconds(Long.parseLong(options.getOrDefault("duration", "180")));
        if (redeploys > 0) {
            part("redeploys", (liberty, server, archive) -> new Redeploys(liberty, server, archive).run(redeploys));
        }
        if (!duration.isZero()) {
            part("soak", (liberty, server, archive) -> new Load(liberty, server, archive).run(duration));
        }
    }

    @FunctionalInterface
    private interface Part {
        List<String> run(LibertyServer liberty, AuthorizationServer server, Archive archive)
                throws IOException, InterruptedException;
    }

    private void part(String name, Part part) throws IOException, InterruptedException {
        Path runtime = Path.of(options.get("liberty"));
        Path directory = Path.of(options.get("directory")).resolve(name).toAbsolutePath();
        try (AuthorizationServer server = new AuthorizationServer(SigningKey.generate("key-0"))) {
            Archive archive = Application.archive(server);
            try (LibertyServer liberty = LibertyServer.start(runtime, directory, archive.version(0))) {
                System.out.println("Open Liberty runs, process " + liberty.pid() + ", " + directory);
                problems.addAll(part.run(liberty, server, archive));
            }
        }
    }
}
