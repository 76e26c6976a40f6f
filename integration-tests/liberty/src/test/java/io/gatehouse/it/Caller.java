package io.gatehouse.it;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Somebody on the other end of the wire, with any number of Authorization headers. */
record Caller(List<String> authorizations) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Caller nobody() {
        return new Caller(List.of());
    }

    static Caller bearing(String token) {
        return saying("Bearer " + token);
    }

    static Caller saying(String... authorizations) {
        return new Caller(List.of(authorizations));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(Demo.at(path)));
    }

    /** Asks again and again until the answer has this status, or patience ends. */
    HttpResponse<String> getUntil(String path, int status) {
        Instant end = Instant.now().plus(PATIENCE);
        HttpResponse<String> response = get(path);
        while (response.statusCode() != status && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            response = get(path);
        }
        return response;
    }

    HttpResponse<String> post(String path, String form) {
        return send(HttpRequest.newBuilder(Demo.at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        authorizations.forEach(value -> request.header("Authorization", value));
        try {
            return CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            throw new AssertionError("no answer", noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
