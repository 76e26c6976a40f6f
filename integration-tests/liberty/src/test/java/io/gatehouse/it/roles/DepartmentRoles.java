package io.gatehouse.it.roles;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Goes into the application: gives roles by department. Breaks down for one. */
@ApplicationScoped
public class DepartmentRoles implements RoleMapper {

    @Override
    public Set<String> roles(ValidatedToken token) {
        return switch (token.claims().string("department").orElse("")) {
            case "audit" -> Set.of("auditor");
            case "odd" -> Set.of("**", "*", "", "group:defaultRealm/admin", "odd");
            case "broken" ->
                throw new IllegalStateException(
                        "no connection for " + token.accessToken().value());
            default -> Set.of();
        };
    }
}
