package io.gatehouse.inbound;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.caller.Caller;
import io.gatehouse.json.JsonNull;
import io.gatehouse.json.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller who he is, at a path of the application's choice: {@code display_name}, {@code identifier},
 * {@code source} (the name of the issuer, null for somebody without a token) and {@code groups}. Immutable.
 */
public final class WhoAmI implements OwnPage {

    private final OwnPath path;

    private WhoAmI(OwnPath path) {
        this.path = path;
    }

    /**
     * Answers at this path.
     *
     * @param path below the context path, with a slash before it; null to answer nowhere
     * @param authentication asked where the container let no mechanism of ours look at the request
     */
    public static WhoAmI at(@Nullable String path, AuthenticationMode mode, RequestAuthentication authentication) {
        return new WhoAmI(new OwnPath(path, mode, authentication));
    }

    @Override
    public boolean isAskedBy(HttpServletRequest request) {
        return path.isAskedBy(request);
    }

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Caller> caller = path.caller(request, response);
        if (caller.isPresent()) {
            path.write(json(caller.get()), request, response);
        }
    }

    private static String json(Caller caller) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("display_name", caller.displayName());
        members.put("identifier", caller.identifier());
        members.put("source", caller.issuerName().<Object>map(name -> name).orElse(JsonNull.NULL));
        members.put("groups", caller.roles().stream().sorted().toList());
        return JsonWriter.write(members);
    }
}
