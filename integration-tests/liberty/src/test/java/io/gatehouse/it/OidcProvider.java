package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The npm package oidc-provider in a process of its own, with the clients that a test names. */
final class OidcProvider implements AutoCloseable {

    private final Process process;
    private final JsonObject start;

    private OidcProvider(Process process, JsonObject start) {
        this.process = process;
        this.start = start;
    }

    private static Path home() {
        return Path.of(System.getProperty("oidc-provider.home"));
    }

    static boolean isInstalled() {
        if (!Files.isDirectory(home().resolve("node_modules/oidc-provider"))) {
            return false;
        }
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noNode) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts on free ports of the loopback interface; alice has logged in at the client {@code web}. */
    static OidcProvider start(JsonArray clients) {
        JsonObject known = Json.createObjectBuilder()
                .add("clients", clients)
                .add(
                        "tls",
                        Json.createObjectBuilder()
                                .add("store", Tls.SERVER.file().toString())
                                .add("password", Tls.PASSWORD)
                                .add("trusted", Tls.CLIENT.certificate()))
                .build();
        try {
            return start(known);
        } catch (IOException noServer) {
            throw new UncheckedIOException(noServer);
        }
    }

    private static OidcProvider start(JsonObject known) throws IOException {
        // Beside its modules, or it would not find them.
        Path script = home().resolve("server.mjs");
        try (InputStream in = OidcProvider.class.getResourceAsStream("/oidc-provider/server.mjs")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Process process = new ProcessBuilder("node", script.toString())
                .redirectError(home().resolve("server.log").toFile())
                .start();
        // Stays open: the server lives as long as its input.
        OutputStream in = process.getOutputStream();
        in.write((known + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("{")) {
            process.destroy();
            throw new IOException("oidc-provider did not start; server.log beside it has the reason");
        }
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return new OidcProvider(process, reader.readObject());
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + start.getInt("port");
    }

    String introspectionEndpoint() {
        return issuer() + "/token/introspection";
    }

    String tlsTokenEndpoint() {
        return "https://127.0.0.1:" + start.getInt("tlsPort") + "/token";
    }

    /** Of alice, at the client {@code web}. */
    String accessToken() {
        return start.getString("accessToken");
    }

    /** The same. */
    String refreshToken() {
        return start.getString("refreshToken");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
