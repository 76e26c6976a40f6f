package io.gatehouse.benchmarks.report;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a command line, {@code --name=value} each; what is not given has a default. Immutable. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Of these arguments. */
    public static Options of(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not --name=value: " + argument);
            }
            values.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return new Options(values);
    }

    /** A whole number. */
    public int number(String name, int orElse) {
        String value = values.get(name);
        return value == null ? orElse : Integer.parseInt(value);
    }

    /** A duration, in seconds or fractions of them. */
    public Duration duration(String name, Duration orElse) {
        String value = values.get(name);
        return value == null ? orElse : Duration.ofNanos((long) (Double.parseDouble(value) * 1e9));
    }

    /** Several values; none where the option is not given. */
    public List<String> list(String name, String separator) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? List.of() : Arrays.asList(value.split(separator));
    }

    /** The directory of this module, wherever the command was started from. */
    public Path home() {
        try {
            Path code = Path.of(Options.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = Files.isDirectory(code)
                    ? code.getParent()
                    : code.toAbsolutePath().getParent();
            return target.getParent();
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException(notAFile);
        }
    }

    /** Says how far the run is: to the error stream, so that the other one has the table alone. */
    public void progress(String message) {
        System.err.println(message);
    }
}
