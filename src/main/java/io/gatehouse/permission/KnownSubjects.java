package io.gatehouse.permission;

import static java.lang.System.Logger.Level.DEBUG;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.permission.PermissionSettings.Subjects;
import io.gatehouse.token.ValidatedToken;
import java.util.Optional;

/** Says by which name the server knows a caller, if it knows him at all. Immutable and thread-safe. */
final class KnownSubjects {

    private static final System.Logger LOG = ApplicationLog.of(KnownSubjects.class);

    private final Subjects settings;

    KnownSubjects(Subjects settings) {
        this.settings = settings;
    }

    /** Empty for a caller of an issuer that the server does not know, or without the claim that names him there. */
    Optional<String> name(ValidatedToken caller) {
        if (!settings.issuers().contains(caller.issuer().name())) {
            return Optional.empty();
        }
        Optional<String> name = caller.claims().string(settings.claim()).filter(text -> !text.isBlank());
        if (name.isEmpty()) {
            LOG.log(
                    DEBUG,
                    "GATE0806 a token of \"{0}\" has no claim \"{1}\": its caller has no permissions",
                    caller.issuer().name(),
                    settings.claim());
        }
        return name;
    }
}
