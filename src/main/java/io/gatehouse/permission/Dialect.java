package io.gatehouse.permission;

import io.gatehouse.token.ValidatedToken;
import java.util.List;

/** What a server speaks: how questions are put to it, and its answers read. Implementations are thread-safe. */
interface Dialect {

    /**
     * The decisions, in the order of the questions.
     *
     * @param subject the caller's name for the server
     */
    List<PermissionDecision> decide(String subject, ValidatedToken caller, List<Permission> permissions);
}
