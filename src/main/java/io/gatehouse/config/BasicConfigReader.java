package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.BASIC_ALLOW_PLAIN_PASSWORDS;
import static io.gatehouse.config.ConfigProperty.BASIC_CLIENT_GROUPS;
import static io.gatehouse.config.ConfigProperty.BASIC_CLIENT_PREFIX;
import static io.gatehouse.config.ConfigProperty.BASIC_ENABLED;
import static io.gatehouse.config.ConfigProperty.BASIC_FAILURES_PER_ADDRESS;
import static io.gatehouse.config.ConfigProperty.BASIC_FAILURES_PER_CALLER;
import static io.gatehouse.config.ConfigProperty.BASIC_FAILURES_PER_NAME;
import static io.gatehouse.config.ConfigProperty.BASIC_FAILURE_WINDOW;
import static io.gatehouse.config.ConfigProperty.BASIC_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.BASIC_TOKEN_SCOPE;
import static io.gatehouse.config.ConfigProperty.BASIC_USER_GROUPS;
import static io.gatehouse.config.ConfigProperty.BASIC_USER_PASSWORD;
import static io.gatehouse.config.ConfigProperty.BASIC_USER_PASSWORD_HASH;

import io.gatehouse.basic.ClientSettings;
import io.gatehouse.basic.ConfiguredUser;
import io.gatehouse.basic.FailureLimits;
import io.gatehouse.basic.PasswordHash;
import io.gatehouse.basic.StoredPassword;
import io.gatehouse.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the properties of {@code gatehouse.basic.*}. No password gets into a problem. For one thread. */
final class BasicConfigReader {

    private static final int MAXIMUM_FAILURES = 1_000_000;

    private final PropertyValues values;
    private final long memory;

    BasicConfigReader(PropertyValues values) {
        this(values, Runtime.getRuntime().maxMemory());
    }

    /** A reader for a machine with so many bytes of memory. */
    BasicConfigReader(PropertyValues values, long memory) {
        this.values = values;
        this.memory = memory;
    }

    /** Null where Basic is off: then nothing else is looked at. */
    @Nullable BasicSettings read(HttpSettings http) {
        if (!values.flag(BASIC_ENABLED)) {
            requireSwitch();
            return null;
        }
        return new BasicSettings(users(), clients(http), limits());
    }

    /** Somebody who configures callers thinks that they are let in; saying false is another matter. */
    private void requireSwitch() {
        boolean configured =
                !userNames().isEmpty() || values.text(BASIC_TOKEN_ENDPOINT).isPresent();
        if (configured && values.text(BASIC_ENABLED).isEmpty()) {
            values.problem(
                    BASIC_ENABLED, "is missing, and yet callers with passwords are configured: set true or false");
        }
    }

    private Set<String> userNames() {
        Set<String> names = new TreeSet<>();
        Stream.of(BASIC_USER_PASSWORD_HASH, BASIC_USER_PASSWORD, BASIC_USER_GROUPS)
                .forEach(property -> names.addAll(values.namesAfter(property)));
        return names;
    }

    private Map<String, ConfiguredUser> users() {
        Map<String, ConfiguredUser> users = new HashMap<>();
        for (String name : userNames()) {
            StoredPassword password = password(name);
            Set<String> groups = values.value(BASIC_USER_GROUPS.nameWith(name))
                    .map(text -> Set.copyOf(PropertyValues.split(text)))
                    .orElse(Set.of());
            if (password != null) {
                users.put(name, new ConfiguredUser(password, groups));
            }
        }
        return users;
    }

    private @Nullable StoredPassword password(String name) {
        if (name.contains(":")) {
            values.problem(BASIC_USER_PASSWORD_HASH, name, "a name with a colon cannot be sent (RFC 7617)");
        }
        Optional<String> hash = values.value(BASIC_USER_PASSWORD_HASH.nameWith(name));
        Optional<String> plain = values.value(BASIC_USER_PASSWORD.nameWith(name));
        if (hash.isPresent() && plain.isPresent()) {
            values.problem(BASIC_USER_PASSWORD, name, "is set together with the password's hash; keep the hash");
            return null;
        }
        if (hash.isPresent()) {
            return hash(name, hash.get());
        }
        if (plain.isEmpty()) {
            values.problem(BASIC_USER_PASSWORD_HASH, name, "is missing: nobody can log in by groups alone");
            return null;
        }
        return plain(name, plain.get());
    }

    private @Nullable StoredPassword hash(String name, String text) {
        try {
            PasswordHash hash = PasswordHash.parse(text);
            if (hash.memoryBytes() > memory / 2) {
                values.problem(BASIC_USER_PASSWORD_HASH, name, "takes more than half of the memory that Java has here");
            }
            return hash;
        } catch (IllegalArgumentException unusable) {
            values.problem(BASIC_USER_PASSWORD_HASH, name, String.valueOf(unusable.getMessage()));
            return null;
        }
    }

    private @Nullable StoredPassword plain(String name, String text) {
        if (!values.flag(BASIC_ALLOW_PLAIN_PASSWORDS)) {
            values.problem(
                    BASIC_USER_PASSWORD,
                    name,
                    "is a password in plain text: write down its hash, or, on a machine of your own, set "
                            + BASIC_ALLOW_PLAIN_PASSWORDS.propertyName() + "=true");
            return null;
        }
        return new StoredPassword.Plain(text);
    }

    private @Nullable ClientSettings clients(HttpSettings http) {
        if (values.text(BASIC_TOKEN_ENDPOINT).isEmpty()) {
            Stream.of(BASIC_TOKEN_SCOPE, BASIC_CLIENT_GROUPS, BASIC_CLIENT_PREFIX)
                    .filter(property -> values.text(property).isPresent())
                    .forEach(property -> values.problem(
                            property, "is about clients, and " + BASIC_TOKEN_ENDPOINT.propertyName() + " is not set"));
            return null;
        }
        URI endpoint = values.url(BASIC_TOKEN_ENDPOINT, http);
        Set<String> groups = Set.copyOf(values.list(BASIC_CLIENT_GROUPS).orElse(List.of()));
        String prefix = values.text(BASIC_CLIENT_PREFIX).orElse("");
        String scope = values.text(BASIC_TOKEN_SCOPE).orElse(null);
        return endpoint == null ? null : new ClientSettings(endpoint, scope, groups, prefix);
    }

    private FailureLimits limits() {
        FailureLimits defaults = FailureLimits.defaults();
        return new FailureLimits(
                values.positiveNumber(BASIC_FAILURES_PER_CALLER, defaults.perCaller(), MAXIMUM_FAILURES),
                values.positiveNumber(BASIC_FAILURES_PER_ADDRESS, defaults.perAddress(), MAXIMUM_FAILURES),
                values.positiveNumber(BASIC_FAILURES_PER_NAME, defaults.perName(), MAXIMUM_FAILURES),
                values.duration(BASIC_FAILURE_WINDOW, defaults.window(), Duration.ofSeconds(1), Duration.ofDays(1)));
    }
}
