package io.gatehouse.config;

import io.gatehouse.http.ServerCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What to do about trouble on the way to a server. Pure. */
final class ServerTrouble {

    /** A certificate is renewed when a third of its life is left, as a rule: with less than that something is stuck. */
    private static final int SOON = 5;

    private static final Duration SOON_AT_MOST = Duration.ofDays(30);

    private static final int VERY_SOON = 20;
    private static final Duration VERY_SOON_AT_MOST = Duration.ofDays(3);

    private ServerTrouble() {}

    /** Faults have texts of a closed list. */
    static String remedy(String problem, String property) {
        if (problem.contains("TLS failure")) {
            return "put the certificate of the authority into the trust store of the JVM (javax.net.ssl.trustStore), or"
                    + " see " + property + ": its host has to be the one in the certificate";
        }
        if (problem.contains("unknown host") || problem.contains("timeout") || problem.contains("refused")) {
            return "see " + property + ", and whether a firewall or a proxy is in the way";
        }
        return "see " + property;
    }

    /** Whether somebody has to see to the certificate of this server. */
    static Finding certificate(String subject, String server, ServerCertificate certificate, Instant now) {
        Duration life = Duration.between(certificate.from(), certificate.until());
        Duration left = Duration.between(now, certificate.until());
        String text = server + ": its certificate ends at " + certificate.until() + ", in "
                + (left.toDays() > 0 ? Counted.of((int) left.toDays(), "day") : "less than a day");
        String remedy =
                "have whoever runs " + server + " renew it: from then on nothing is fetched from there, and tokens"
                        + " get 503 as soon as what is known has run out";
        if (left.compareTo(atMost(life.dividedBy(VERY_SOON), VERY_SOON_AT_MOST)) < 0) {
            return Finding.bad(subject, text, remedy);
        }
        return left.compareTo(atMost(life.dividedBy(SOON), SOON_AT_MOST)) < 0
                ? Finding.note(subject, text, remedy)
                : Finding.good(
                        subject,
                        server + ": its certificate is good until "
                                + certificate
                                        .until()
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .toString()
                                        .substring(0, 10));
    }

    private static Duration atMost(Duration part, Duration most) {
        return part.compareTo(most) < 0 ? part : most;
    }
}
