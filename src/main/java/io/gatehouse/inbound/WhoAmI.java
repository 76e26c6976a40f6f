package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.caller.Caller;
import io.gatehouse.json.JsonNull;
import io.gatehouse.json.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller who he is, at a path of the application's choice: {@code display_name}, {@code identifier},
 * {@code source} (the name of the issuer, null for somebody without a token) and {@code groups}. Immutable.
 */
public final class WhoAmI {

    private final @Nullable String path;
    private final AuthenticationMode mode;
    private final RequestAuthentication authentication;

    private WhoAmI(@Nullable String path, AuthenticationMode mode, RequestAuthentication authentication) {
        this.path = path;
        this.mode = mode;
        this.authentication = authentication;
    }

    /**
     * Answers at this path.
     *
     * @param path below the context path, with a slash before it; null to answer nowhere
     * @param authentication asked where the container let no mechanism of ours look at the request
     */
    public static WhoAmI at(@Nullable String path, AuthenticationMode mode, RequestAuthentication authentication) {
        return new WhoAmI(path, mode, authentication);
    }

    /** Answers nowhere. */
    static WhoAmI nowhere() {
        return at(null, AuthenticationMode.CONTAINER, new RequestAuthentication());
    }

    /** Whether the request is for us; all other methods are the application's. */
    boolean isAskedBy(HttpServletRequest request) {
        return path != null
                && path.equals(PathInApplication.of(request))
                && (request.getMethod().equals("GET") || isHead(request));
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = CallerInRequest.of(request);
        if (caller.isAuthenticated() || isUpToTheContainer(request)) {
            answer(caller, request, response);
            return;
        }
        AuthenticationOutcome outcome = authentication.authenticate(request);
        if (outcome instanceof AuthenticationOutcome.Refused refused) {
            RefusalInRequest.write(refused.refusal(), request, response);
        } else {
            answer(
                    outcome instanceof AuthenticationOutcome.Accepted accepted ? accepted.caller() : caller,
                    request,
                    response);
        }
    }

    private boolean isUpToTheContainer(HttpServletRequest request) {
        return mode == AuthenticationMode.CONTAINER || (mode == AuthenticationMode.AUTO && MechanismMark.isIn(request));
    }

    private void answer(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (caller.isAuthenticated()) {
            write(json(caller), request, response);
        } else {
            RefusalInRequest.write(authentication.credentialsNeeded(request), request, response);
        }
    }

    private static byte[] json(Caller caller) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("display_name", caller.displayName());
        members.put("identifier", caller.identifier());
        members.put("source", caller.issuerName().<Object>map(name -> name).orElse(JsonNull.NULL));
        members.put("groups", caller.roles().stream().sorted().toList());
        return JsonWriter.write(members).getBytes(UTF_8);
    }

    private static void write(byte[] json, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(json.length);
        if (!isHead(request)) {
            response.getOutputStream().write(json);
        }
    }
}
