package io.gatehouse.demo.issuer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody a token can be issued to.
 *
 * <p>The passwords are the names: these accounts protect nothing.
 *
 * @param user false for a client that acts for itself (RFC 6749 §4.4)
 */
record Account(String name, boolean user, List<String> groups, List<String> scopes) {

    private static final Map<String, Account> USERS = Map.of(
            "alice", new Account("alice", true, List.of("user"), List.of("read")),
            "root", new Account("root", true, List.of("user", "admin"), List.of("read", "write")));

    /** The one client: it may act for itself, and the users' tokens are issued to it. */
    static final Account CLIENT = new Account("demo", false, List.of("user"), List.of("read"));

    private static final String CLIENT_SECRET = "demo-secret";

    static Optional<Account> user(String name, String password) {
        return password.equals(name) ? Optional.ofNullable(USERS.get(name)) : Optional.empty();
    }

    static Optional<Account> client(String id, String secret) {
        return id.equals(CLIENT.name) && secret.equals(CLIENT_SECRET) ? Optional.of(CLIENT) : Optional.empty();
    }
}
