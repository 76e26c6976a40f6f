package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.caller.Caller;
import io.gatehouse.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path of the application's choice that Gatehouse answers at itself, with JSON for callers who are known. Immutable.
 *
 * @param path below the context path, with a slash before it; null to answer nowhere
 * @param authentication asked where the container let no mechanism of ours look at the request
 */
record OwnPath(@Nullable String path, AuthenticationMode mode, RequestAuthentication authentication) {

    /** Whether the request is for us; all other methods are the application's. */
    boolean isAskedBy(HttpServletRequest request) {
        if (path == null) {
            return false;
        }
        return path.equals(PathInApplication.of(request))
                && (request.getMethod().equals("GET") || isHead(request));
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }

    /** Who asks; empty after a refusal was written for somebody who is not known. */
    Optional<Caller> caller(HttpServletRequest request, HttpServletResponse response) {
        Caller caller = CallerInRequest.of(request);
        if (caller.isAuthenticated() || isUpToTheContainer(request)) {
            return known(caller, request, response);
        }
        AuthenticationOutcome outcome = authentication.authenticate(request);
        if (outcome instanceof AuthenticationOutcome.Refused refused) {
            RefusalInRequest.write(refused.refusal(), request, response);
            return Optional.empty();
        }
        Caller found = outcome instanceof AuthenticationOutcome.Accepted accepted ? accepted.caller() : caller;
        return known(found, request, response);
    }

    private boolean isUpToTheContainer(HttpServletRequest request) {
        return mode == AuthenticationMode.CONTAINER || (mode == AuthenticationMode.AUTO && MechanismMark.isIn(request));
    }

    private Optional<Caller> known(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        if (caller.isAuthenticated()) {
            return Optional.of(caller);
        }
        RefusalInRequest.write(authentication.credentialsNeeded(request), request, response);
        return Optional.empty();
    }

    /** Refuses a caller who is known. */
    void refuse(Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        RefusalInRequest.write(authentication.noted(refusal, request, null), request, response);
    }

    void write(String json, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        if (!isHead(request)) {
            response.getOutputStream().write(bytes);
        }
    }
}
