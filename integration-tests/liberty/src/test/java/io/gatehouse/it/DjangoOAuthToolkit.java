package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Django OAuth Toolkit in a process of its own, with the users, clients and tokens that a test names. */
final class DjangoOAuthToolkit implements AutoCloseable {

    /** What Debian's package is installed for; another on the path would not know it. */
    private static final String PYTHON = "/usr/bin/python3";

    /** A client of the authorization server. */
    record Client(String id, String secret, String grant) {

        static Client actingForItself(String id, String secret) {
            return new Client(id, secret, "client-credentials");
        }

        static Client actingForUsers(String id, String secret) {
            return new Client(id, secret, "password");
        }

        private JsonObject json() {
            return Json.createObjectBuilder()
                    .add("id", id)
                    .add("secret", secret)
                    .add("grant", grant)
                    .build();
        }
    }

    /** A token that is there from the start, good for so many seconds from now, or expired for so many. */
    record Seeded(String token, Client client, String scope, long seconds) {

        private JsonObject json() {
            return Json.createObjectBuilder()
                    .add("token", token)
                    .add("client", client.id())
                    .add("scope", scope)
                    .add("seconds", seconds)
                    .build();
        }
    }

    private final Process process;
    private final Path directory;
    private final OAuthClient client;

    private DjangoOAuthToolkit(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.client = new OAuthClient(URI.create("http://127.0.0.1:" + port));
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import oauth2_provider")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts on a free port of the loopback interface; the password of each user is the user's name. */
    static DjangoOAuthToolkit start(List<String> users, List<Client> clients, List<Seeded> tokens) {
        JsonObject known = Json.createObjectBuilder()
                .add("users", Json.createArrayBuilder(users))
                .add("clients", array(clients.stream().map(Client::json).toList()))
                .add("tokens", array(tokens.stream().map(Seeded::json).toList()))
                .build();
        try {
            return start(known);
        } catch (IOException noServer) {
            throw new UncheckedIOException(noServer);
        }
    }

    private static JsonArrayBuilder array(List<JsonObject> elements) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        elements.forEach(array::add);
        return array;
    }

    private static DjangoOAuthToolkit start(JsonObject known) throws IOException {
        Path directory = Files.createTempDirectory("django-oauth-toolkit");
        Path script = directory.resolve("server.py");
        try (InputStream in = DjangoOAuthToolkit.class.getResourceAsStream("/django-oauth-toolkit/server.py")) {
            Files.copy(in, script);
        }
        Process process = new ProcessBuilder(PYTHON, script.toString(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Stays open: the server lives as long as its input.
        OutputStream in = process.getOutputStream();
        in.write((known + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String port = out.readLine();
        if (port == null) {
            process.destroy();
            throw new IOException("Django OAuth Toolkit did not start; standard error has the reason");
        }
        return new DjangoOAuthToolkit(process, directory, Integer.parseInt(port));
    }

    String introspectionEndpoint() {
        return client.at("/o/introspect/").toString();
    }

    String tokenEndpoint() {
        return client.at("/o/token/").toString();
    }

    /** A user's access token, by the password grant. */
    String tokenOf(String user, String scope, Client webClient) {
        return tokenOf(webClient, "grant_type", "password", "username", user, "password", user, "scope", scope);
    }

    /** A client's own access token. */
    String tokenOf(Client service, String scope) {
        return tokenOf(service, "grant_type", "client_credentials", "scope", scope);
    }

    private String tokenOf(Client asking, String... form) {
        return client.postAs(asking.id(), asking.secret(), "/o/token/", form).getString("access_token");
    }

    void revoke(String token, Client owner) {
        client.postAs(owner.id(), owner.secret(), "/o/revoke_token/", "token", token);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
            for (String file : List.of("server.py", "db.sqlite3", "db.sqlite3-journal")) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        } catch (IOException stillInUse) {
            directory.toFile().deleteOnExit();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
