package io.gatehouse.permission;

import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.RoleLookup;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles that callers have on one resource, asked for and remembered for a short time. Thread-safe. */
public final class RolesOnServer {

    private static final long MOST_REMEMBERED = 10_000;

    /** What annotations mean by any caller must not come from a server. */
    private static final Set<String> RESERVED = Set.of("*", "**");

    private final Authress authress;
    private final KnownSubjects subjects;
    private final Asker asker;
    private final RoleLookup lookup;
    private final ShortMemory<CallerKey, Set<String>> memory;
    private final Clock clock;

    RolesOnServer(Authress authress, KnownSubjects subjects, Asker asker, RoleLookup lookup, Clock clock) {
        this.authress = authress;
        this.subjects = subjects;
        this.asker = asker;
        this.lookup = lookup;
        this.memory = new ShortMemory<>(lookup.lifetime(), MOST_REMEMBERED, clock);
        this.clock = clock;
    }

    /** The roles of the caller whose token this is, none for one that the server does not know; empty in an outage. */
    public Optional<Set<String>> roles(ValidatedToken caller) {
        Optional<String> subject = subjects.name(caller);
        if (subject.isEmpty()) {
            return Optional.of(Set.of());
        }
        CallerKey key = CallerKey.of(caller, subject.get(), asker);
        return memory.get(key).or(() -> ask(subject.get(), caller, key));
    }

    long remembered() {
        return memory.size();
    }

    private Optional<Set<String>> ask(String subject, ValidatedToken caller, CallerKey key) {
        Instant askedAt = clock.instant();
        Optional<Set<String>> roles =
                authress.roles(subject, caller, lookup.resource()).match(Optional::of, wait -> Optional.empty());
        Optional<Set<String>> usable = roles.map(RolesOnServer::usable);
        usable.ifPresent(known -> memory.put(key, known, askedAt));
        return usable;
    }

    private static Set<String> usable(Set<String> roles) {
        return roles.stream()
                .filter(role -> !role.isBlank()
                        && !RESERVED.contains(role)
                        && role.chars().noneMatch(Character::isISOControl))
                .collect(Collectors.toUnmodifiableSet());
    }
}
