package io.gatehouse.permission;

import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the server, unless it has answered the same question a moment ago. Thread-safe. */
final class RemoteDecider implements PermissionDecider {

    private record Key(CallerKey caller, Permission permission) {}

    private final Dialect dialect;
    private final KnownSubjects subjects;
    private final Asker asker;
    private final ShortMemory<Key, PermissionDecision> memory;
    private final Clock clock;

    RemoteDecider(
            Dialect dialect, KnownSubjects subjects, Asker asker, PermissionSettings.CacheSettings cache, Clock clock) {
        this.dialect = dialect;
        this.subjects = subjects;
        this.asker = asker;
        this.memory = new ShortMemory<>(cache.lifetime(), cache.maximumSize(), clock);
        this.clock = clock;
    }

    long remembered() {
        return memory.size();
    }

    @Override
    public PermissionDecision decide(ValidatedToken caller, Permission permission) {
        return decideAll(caller, List.of(permission)).get(0);
    }

    @Override
    public List<PermissionDecision> decideAll(ValidatedToken caller, List<Permission> permissions) {
        Optional<String> subject = subjects.name(caller);
        if (subject.isEmpty()) {
            return Collections.nCopies(permissions.size(), new PermissionDecision.Denied());
        }
        CallerKey key = CallerKey.of(caller, subject.get(), asker);
        Map<Permission, PermissionDecision> known = new LinkedHashMap<>();
        List<Permission> unknown = new ArrayList<>();
        for (Permission permission : permissions.stream().distinct().toList()) {
            memory.get(new Key(key, permission))
                    .ifPresentOrElse(decision -> known.put(permission, decision), () -> unknown.add(permission));
        }
        known.putAll(ask(subject.get(), caller, key, unknown));
        return permissions.stream().map(known::get).toList();
    }

    private Map<Permission, PermissionDecision> ask(
            String subject, ValidatedToken caller, CallerKey key, List<Permission> permissions) {
        Instant askedAt = clock.instant();
        List<PermissionDecision> decisions = dialect.decide(subject, caller, permissions);
        Map<Permission, PermissionDecision> news = new LinkedHashMap<>();
        for (int i = 0; i < permissions.size(); i++) {
            PermissionDecision decision = decisions.get(i);
            news.put(permissions.get(i), decision);
            if (!(decision instanceof PermissionDecision.Unavailable)) {
                memory.put(new Key(key, permissions.get(i)), decision, askedAt);
            }
        }
        return news;
    }
}
