package io.gatehouse.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides from the URL alone, without a look-up, whether anything may be sent to it. */
final class Target {

    /** The written address only: a name that resolves to it is somebody else's word. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1]|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}", Pattern.CASE_INSENSITIVE);

    private Target() {}

    /** Null if the target is allowed. */
    static @Nullable Fault faultIn(URI uri, boolean plainHttpAllowed) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawUserInfo() != null) {
            return Fault.NO_TARGET;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> null;
            case "http" -> plainHttpAllowed || LOOPBACK.matcher(host).matches() ? null : Fault.SCHEME_REFUSED;
            default -> Fault.SCHEME_REFUSED;
        };
    }
}
