package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.StringJoiner;

/** Talks to an authorization server as the clients of its users do. Failures tell a status, never an answer. */
record OAuthClient(URI server) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    URI at(String path) {
        return server.resolve(path);
    }

    /** The answer to a form of names and values; an empty object where the answer is empty. */
    JsonObject post(String path, String... form) {
        return send(formPost(path, form));
    }

    /** The same for a client that has a secret. */
    JsonObject postAs(String id, String secret, String path, String... form) {
        String credentials = encode(id) + ':' + encode(secret);
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return send(formPost(path, form).header("Authorization", "Basic " + basic));
    }

    private HttpRequest.Builder formPost(String path, String... form) {
        return HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encodeForm(form)));
    }

    static JsonObject send(HttpRequest.Builder request) {
        HttpResponse<String> response;
        try {
            response = HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            throw new AssertionError("no answer", noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        assertThat(response.statusCode())
                .as("status of the authorization server")
                .isBetween(200, 299);
        return response.body().isBlank() ? JsonObject.EMPTY_JSON_OBJECT : parse(response.body());
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String encodeForm(String... form) {
        StringJoiner joined = new StringJoiner("&");
        for (int i = 0; i < form.length; i += 2) {
            joined.add(encode(form[i]) + '=' + encode(form[i + 1]));
        }
        return joined.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
