package io.gatehouse.outbound;

import java.util.Map;
import java.util.function.Function;

/** What an introspection endpoint said about a token (RFC 7662 §2.2). What it says of a dead token cannot be read. */
public sealed interface IntrospectionResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(
            Function<? super Active, ? extends T> active,
            Function<? super Inactive, ? extends T> inactive,
            Function<? super Failed, ? extends T> failed);

    /** The token is in force; its members, unmodifiable. */
    record Active(Map<String, Object> members) implements IntrospectionResult {
        @Override
        public <T> T match(
                Function<? super Active, ? extends T> active,
                Function<? super Inactive, ? extends T> inactive,
                Function<? super Failed, ? extends T> failed) {
            return active.apply(this);
        }

        @Override
        public String toString() {
            return "Active[" + members.size() + " members]";
        }
    }

    /** The token is expired, revoked, unknown, or not for us to ask about. */
    record Inactive() implements IntrospectionResult {
        @Override
        public <T> T match(
                Function<? super Active, ? extends T> active,
                Function<? super Inactive, ? extends T> inactive,
                Function<? super Failed, ? extends T> failed) {
            return inactive.apply(this);
        }
    }

    /** Nobody could be asked, or we were not taken for who we are. */
    record Failed(TokenResult.Failed failure) implements IntrospectionResult {
        @Override
        public <T> T match(
                Function<? super Active, ? extends T> active,
                Function<? super Inactive, ? extends T> inactive,
                Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
