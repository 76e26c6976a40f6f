package io.gatehouse.authorization;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.ResourceTemplate;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks about the caller's permissions before one resource method. Immutable and thread-safe. */
final class PermissionFilter implements RefusingFilter {

    private static final System.Logger LOG = ApplicationLog.of(PermissionFilter.class);

    private static final Refusal UNDECIDED = Refusal.unavailable(RefusalCode.DEFECT, PAUSE);

    /** A permission that a resource method needs, as its annotation says. */
    record Required(String resourceType, ResourceTemplate resource, String action) {}

    private final Supplier<PermissionCheck> check;
    private final List<Required> required;

    /**
     * A filter for one resource method.
     *
     * @param check asked for with each request: while the application is deployed, it is not there yet
     */
    PermissionFilter(Supplier<PermissionCheck> check, List<Required> required) {
        this.check = check;
        this.required = List.copyOf(required);
    }

    List<Required> required() {
        return required;
    }

    @Override
    public Optional<Refusal> refusal(ContainerRequestContext request) {
        Optional<List<Permission>> permissions;
        try {
            permissions = permissions(request.getUriInfo().getPathParameters(true));
        } catch (IllegalStateException mistaken) {
            LOG.log(
                    ERROR,
                    "GATE0807 a permission cannot be asked about, and its caller gets 503: {0}",
                    mistaken.getMessage());
            return Optional.of(UNDECIDED);
        }
        try {
            return refusal(request, permissions).map(this::naming);
        } catch (RuntimeException defect) {
            LOG.log(
                    ERROR,
                    "GATE0808 a permission could not be asked about, and its caller gets 503: {0}",
                    defect.getClass().getName());
            return Optional.of(UNDECIDED);
        }
    }

    /** For operators: which of them it was, the log of the server that was asked may say. */
    private Refusal naming(Refusal refusal) {
        return refusal.code() == RefusalCode.PERMISSION
                ? refusal.asking(required.stream()
                        .map(each -> (each.action() + " " + each.resourceType()).strip())
                        .toList())
                : refusal;
    }

    /** Empty where the caller asks for a resource that cannot have a name. */
    private Optional<List<Permission>> permissions(Map<String, List<String>> pathParameters) {
        List<Permission> permissions = new ArrayList<>();
        for (Required each : required) {
            Optional<String> resource = each.resource().resource(pathParameters);
            resource.ifPresent(name -> permissions.add(new Permission(each.resourceType(), name, each.action())));
        }
        return permissions.size() == required.size() ? Optional.of(permissions) : Optional.empty();
    }

    /** By the token that the gate took. In a servlet container the properties of a request are its attributes. */
    private Optional<Refusal> refusal(ContainerRequestContext request, Optional<List<Permission>> permissions) {
        Principal caller = request.getSecurityContext().getUserPrincipal();
        ValidatedToken token =
                request.getProperty(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken taken ? taken : null;
        return permissions.isPresent()
                ? check.get().refusal(caller, token, permissions.get())
                : Optional.of(check.get().refusal(caller));
    }
}
