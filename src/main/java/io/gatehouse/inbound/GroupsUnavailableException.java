package io.gatehouse.inbound;

/**
 * Ends a login whose caller's groups cannot be had now: a store has no other way to say it. Whoever was asked for them
 * has said in the log what is wrong, so this says nothing.
 */
final class GroupsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GroupsUnavailableException() {
        super("groups cannot be had now", null, false, false);
    }
}
