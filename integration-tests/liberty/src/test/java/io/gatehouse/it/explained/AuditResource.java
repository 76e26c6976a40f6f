package io.gatehouse.it.explained;

import io.gatehouse.audit.TokenAccepted;
import io.gatehouse.audit.TokenRefused;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Goes into the application: its audit trail, which breaks down after each line. */
@Path("audit")
@ApplicationScoped
public class AuditResource {

    private final List<String> trail = new CopyOnWriteArrayList<>();

    void accepted(@Observes TokenAccepted event) {
        trail.add("accepted " + event.issuerName() + " " + event.callerName());
        throw new IllegalStateException("the audit trail is full");
    }

    void refused(@Observes TokenRefused event) {
        trail.add("refused " + event.issuerName().orElse("-") + " " + event.code() + " " + event.correlationId());
        throw new IllegalStateException("the audit trail is full");
    }

    @GET
    @PermitAll
    public String trail() {
        return String.join("\n", trail);
    }
}
