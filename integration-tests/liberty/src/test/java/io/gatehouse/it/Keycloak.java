package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Keycloak in a process of its own, with the realm of {@code keycloak/realm.json} in its memory. The password of each
 * user is the user's name.
 */
final class Keycloak implements AutoCloseable {

    private static final String REALM = "/realms/gatehouse";
    private static final String OPENID = REALM + "/protocol/openid-connect";
    private static final String ADMIN = "admin";

    /** Its first start prepares the installation, which takes about as long as the start. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final OAuthClient client;
    private final URI tlsAddress;
    private final AtomicInteger rotations = new AtomicInteger();

    private Keycloak(Process process, int port, int tlsPort) {
        this.process = process;
        this.client = new OAuthClient(URI.create("http://127.0.0.1:" + port));
        this.tlsAddress = URI.create("https://127.0.0.1:" + tlsPort);
    }

    static boolean isInstalled() {
        return Files.isExecutable(script());
    }

    private static Path home() {
        return Path.of(System.getProperty("keycloak.home"));
    }

    private static Path log() {
        return home().resolve("keycloak.log");
    }

    private static Path script() {
        return home().resolve("bin/kc.sh");
    }

    /**
     * Starts on a free port of the loopback interface.
     *
     * @param key the public key of the client {@code orders-by-key}, as a JWK
     */
    static Keycloak start(JsonObject key) {
        try {
            Files.createDirectories(home().resolve("data/import"));
            Files.writeString(home().resolve("data/import/realm.json"), realm(key));
            int port = freePort();
            int tlsPort = freePort();
            Keycloak keycloak = new Keycloak(launch(port, tlsPort), port, tlsPort);
            keycloak.awaitReadiness();
            return keycloak;
        } catch (IOException noServer) {
            throw new UncheckedIOException(noServer);
        }
    }

    private static String realm(JsonObject key) throws IOException {
        try (InputStream in = Keycloak.class.getResourceAsStream("/keycloak/realm.json")) {
            String quoted = key.toString().replace("\"", "\\\"");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${orders-by-key.jwk}", quoted);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(int port, int tlsPort) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                script().toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--https-port=" + tlsPort,
                "--https-key-store-file=" + Tls.SERVER.file(),
                "--https-key-store-password=" + Tls.PASSWORD,
                "--https-trust-store-file=" + Tls.CLIENT.file(),
                "--https-trust-store-password=" + Tls.PASSWORD,
                "--https-client-auth=request",
                // Its name in tokens, by whichever door they were asked for.
                "--hostname=http://127.0.0.1:" + port,
                "--db=dev-mem",
                "--cache=local",
                "--http-access-log-enabled=true",
                "--http-access-log-pattern=%r %s",
                "--import-realm");
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private void awaitReadiness() throws IOException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(client.at(OPENID + "/certs")).build();
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers(http, request)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IOException("Keycloak did not start; keycloak.log in its directory has the reason");
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    String issuer() {
        return client.at(REALM).toString();
    }

    String jwksUri() {
        return client.at(OPENID + "/certs").toString();
    }

    String introspectionEndpoint() {
        return client.at(OPENID + "/token/introspect").toString();
    }

    String tokenEndpoint() {
        return client.at(OPENID + "/token").toString();
    }

    /** The same where clients show certificates. */
    String tlsTokenEndpoint() {
        return tlsAddress.resolve(OPENID + "/token").toString();
    }

    /** The answer of the token endpoint to a user who logs in at the client {@code web}. */
    JsonObject login(String user) {
        return login(user, "web");
    }

    /** The same at another client, whose secret is its name. */
    JsonObject login(String user, String at) {
        return client.postAs(at, at, OPENID + "/token", "grant_type", "password", "username", user, "password", user);
    }

    String tokenOf(String user) {
        return login(user).getString("access_token");
    }

    /** Ends the session that a login began. */
    void logout(JsonObject login) {
        client.postAs("web", "web", OPENID + "/logout", "refresh_token", login.getString("refresh_token"));
    }

    /** Locks the user mallory out. */
    void disableMallory() {
        administer(
                "PUT",
                "/users/00000000-0000-4000-8000-000000000001",
                Json.createObjectBuilder().add("enabled", false).build());
    }

    /** From now on tokens are signed with a new key; the old one stays in the set. */
    void rotateKeys() {
        int rotation = rotations.incrementAndGet();
        JsonObject config = Json.createObjectBuilder()
                .add("priority", Json.createArrayBuilder().add(Integer.toString(1000 + rotation)))
                .add("algorithm", Json.createArrayBuilder().add("RS256"))
                .build();
        JsonObject provider = Json.createObjectBuilder()
                .add("name", "rotated-" + rotation)
                .add("providerId", "rsa-generated")
                .add("providerType", "org.keycloak.keys.KeyProvider")
                .add("parentId", "gatehouse")
                .add("config", config)
                .build();
        administer("POST", "/components", provider);
    }

    /** The id of the key that signs now. */
    String signingKey() {
        return keys().getJsonObject("active").getString("RS256");
    }

    /** Deletes the keys that signed before: from now on they are in no set. */
    void withdrawOldKeys() {
        JsonObject keys = keys();
        String active = keys.getJsonObject("active").getString("RS256");
        for (JsonObject key : keys.getJsonArray("keys").getValuesAs(JsonObject.class)) {
            boolean signs = "RS256".equals(key.getString("algorithm", ""));
            if (signs && !active.equals(key.getString("kid"))) {
                administer("DELETE", "/components/" + key.getString("providerId"), JsonObject.EMPTY_JSON_OBJECT);
            }
        }
    }

    private JsonObject keys() {
        return administer("GET", "/keys", JsonObject.EMPTY_JSON_OBJECT);
    }

    /** How often the key set was asked for, by its access log. */
    long keySetRequests() {
        return requests("GET " + OPENID + "/certs");
    }

    /** How often a token was asked for. */
    long tokenRequests() {
        return requests("POST " + OPENID + "/token ");
    }

    private static long requests(String what) {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(what)).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private JsonObject administer(String method, String path, JsonObject body) {
        JsonObject login = client.post(
                "/realms/master/protocol/openid-connect/token",
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMIN,
                "password",
                ADMIN);
        return OAuthClient.send(HttpRequest.newBuilder(client.at("/admin/realms/gatehouse" + path))
                .header("Authorization", "Bearer " + login.getString("access_token"))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** The script and the server that it started. */
    @Override
    public void close() {
        List<ProcessHandle> processes = new ArrayList<>(process.descendants().toList());
        processes.add(process.toHandle());
        processes.forEach(ProcessHandle::destroy);
        processes.forEach(handle -> handle.onExit().join());
    }
}
