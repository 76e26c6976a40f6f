package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.CLIENT_REST_CLIENTS;
import static io.gatehouse.config.ConfigProperty.JWKS_MAXIMUM_AGE;
import static io.gatehouse.config.ConfigProperty.JWKS_PATH;
import static io.gatehouse.config.ConfigProperty.TOKEN_STORAGE_DIRECTORY;
import static io.gatehouse.config.ConfigProperty.TOKEN_STORAGE_KEY;

import io.gatehouse.config.OutboundSettings.Publication;
import io.gatehouse.config.OutboundSettings.TokenFiles;
import io.gatehouse.config.PropertyValues.Setting;
import io.gatehouse.http.HttpSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads {@code gatehouse.clients.<name>.*} and what goes with it. No secret gets into a problem. For one thread. */
final class ClientsConfigReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Others expect such a document at a name with a dot, as often as not. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+");

    private static final Duration DEFAULT_MAXIMUM_AGE = Duration.ofMinutes(5);

    private static final int BYTES_OF_KEY = 32;

    private final PropertyValues values;
    private final ResourceReader resources;

    ClientsConfigReader(PropertyValues values, ResourceReader resources) {
        this.values = values;
        this.resources = resources;
    }

    /** @param whoAmIPath which is taken; null where none is */
    OutboundSettings read(HttpSettings http, @Nullable String whoAmIPath) {
        List<ClientConfig> clients = new ArrayList<>();
        List<UnusableClient> unusable = new ArrayList<>();
        Set<String> names = new TreeSet<>(values.names().clients());
        if (names.contains(BaikalVariables.CLIENT)) {
            BaikalVariables.problem(values).ifPresent(values.problems()::add);
        } else if (BaikalVariables.makeClient(values)) {
            readEnvironment(http, clients, unusable);
        }
        for (String name : names) {
            ClientConfig client = client(name, values, http);
            if (client != null) {
                clients.add(client);
            }
        }
        refuseSharedRestClients(clients);
        return new OutboundSettings(clients, unusable, publication(clients, unusable, whoAmIPath), tokenFiles(clients));
    }

    /** Its variables are those of every application on the server: only those that use the client are to fail. */
    private void readEnvironment(HttpSettings http, List<ClientConfig> clients, List<UnusableClient> unusable) {
        PropertyValues apart = values.apart();
        BaikalVariables.problem(apart).ifPresent(apart.problems()::add);
        ClientConfig client = client(BaikalVariables.CLIENT, apart, http);
        if (client != null && apart.problems().isEmpty()) {
            clients.add(client);
        } else {
            unusable.add(new UnusableClient(BaikalVariables.CLIENT, apart.problems()));
        }
    }

    private @Nullable ClientConfig client(String name, PropertyValues of, HttpSettings http) {
        if (!NAME.matcher(name).matches()) {
            of.problems()
                    .add(new ConfigProblem(
                            ConfigProperty.CLIENTS_PREFIX + name,
                            "a client's name has letters, digits, - and _ only, 64 at most"));
            return null;
        }
        Map<String, Setting> aliases = name.equals(BaikalVariables.CLIENT) ? BaikalVariables.settings(of) : Map.of();
        return new ClientConfigReader(name, of.ofClient(name, aliases), resources).read(http);
    }

    private void refuseSharedRestClients(List<ClientConfig> clients) {
        Map<String, String> owners = new HashMap<>();
        for (ClientConfig client : clients) {
            for (String type : client.restClients()) {
                String other = owners.putIfAbsent(type, client.name());
                if (other != null && !other.equals(client.name())) {
                    values.problems()
                            .add(new ConfigProblem(
                                    CLIENT_REST_CLIENTS
                                            .nameForClient(client.name())
                                            .template(),
                                    "\"" + type + "\" has the client \"" + other + "\" already"));
                }
            }
        }
    }

    private @Nullable Publication publication(
            List<ClientConfig> clients, List<UnusableClient> unusable, @Nullable String whoAmIPath) {
        String path = values.text(JWKS_PATH).orElse(null);
        Duration maximumAge =
                values.duration(JWKS_MAXIMUM_AGE, DEFAULT_MAXIMUM_AGE, Duration.ofSeconds(1), Duration.ofDays(1));
        if (path == null) {
            if (values.text(JWKS_MAXIMUM_AGE).isPresent()) {
                values.problem(
                        JWKS_MAXIMUM_AGE, "is of use only with " + JWKS_PATH.propertyName() + ", which is not set");
            }
            return null;
        }
        if (!PATH.matcher(path).matches()) {
            values.problem(
                    JWKS_PATH,
                    "\"" + path + "\" is not a path such as /jwks: letters, digits, -, _ and . between slashes");
        }
        if (path.equals(whoAmIPath)) {
            values.problem(
                    JWKS_PATH,
                    "\"" + path + "\" is the path of " + ConfigProperty.WHO_AM_I_PATH.propertyName() + " already");
        }
        boolean anyKey =
                clients.stream().map(ClientConfig::server).anyMatch(server -> server != null && server.keys() != null);
        if (!anyKey) {
            unusable.forEach(client -> values.problems().addAll(client.problems())); // the keys may be among them
            values.problem(
                    JWKS_PATH,
                    "has no key to publish: no client has "
                            + ConfigProperty.CLIENT_PRIVATE_KEY_LOCATION.propertyName());
        }
        return new Publication(path, maximumAge);
    }

    private @Nullable TokenFiles tokenFiles(List<ClientConfig> clients) {
        String directory = values.text(TOKEN_STORAGE_DIRECTORY).orElse(null);
        String key = values.text(TOKEN_STORAGE_KEY).orElse(null);
        boolean wanted = clients.stream().anyMatch(ClientConfig::storesInFile);
        if (directory == null && key == null && !wanted) {
            return null;
        }
        requireStorage(TOKEN_STORAGE_DIRECTORY, directory, wanted);
        requireStorage(TOKEN_STORAGE_KEY, key, wanted);
        byte[] bytes = key == null ? null : key(key);
        return directory == null || bytes == null ? null : tokenFiles(directory, bytes);
    }

    private void requireStorage(ConfigProperty property, @Nullable String value, boolean wanted) {
        if (value == null) {
            values.problem(property, "is missing: tokens in files need a directory and a key");
        } else if (!wanted) {
            values.problem(
                    property,
                    "is of use only where a client has " + ConfigProperty.CLIENT_STORAGE.propertyName() + "=file");
        }
    }

    private byte @Nullable [] key(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            if (key.length == BYTES_OF_KEY) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        values.problem(
                TOKEN_STORAGE_KEY,
                "is not base64 of " + BYTES_OF_KEY + " bytes; \"openssl rand -base64 32\" makes one");
        return null;
    }

    private @Nullable TokenFiles tokenFiles(String directory, byte[] key) {
        try {
            return new TokenFiles(Path.of(directory), new SecretKeySpec(key, "AES"));
        } catch (InvalidPathException notAPath) {
            values.problem(TOKEN_STORAGE_DIRECTORY, "\"" + directory + "\" is no path");
            return null;
        }
    }
}
