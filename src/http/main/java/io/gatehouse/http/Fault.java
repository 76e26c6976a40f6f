package io.gatehouse.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** The closed list of what can go wrong. Messages of exceptions quote headers and hosts, so none is passed on. */
enum Fault {
    NO_TARGET("URL without a host, or with user information in it"),
    SCHEME_REFUSED("URL scheme refused: only https (or http to a loopback address) is allowed"),
    REQUEST_NOT_SENDABLE("request cannot be sent: header or port out of bounds"),
    UNKNOWN_HOST("unknown host"),
    CONNECT_FAILED("connection refused"),
    CONNECT_TIMEOUT("connect timeout"),
    TLS_EXPIRED("TLS failure: the certificate of the server has expired, or its time has not come"),
    TLS_UNTRUSTED("TLS failure: this JVM trusts nobody who signed the certificate of the server"),
    TLS_OTHER_HOST("TLS failure: the certificate of the server is not for this host"),
    TLS_FAILED("TLS failure"),
    READ_TIMEOUT("read timeout"),
    TOTAL_TIMEOUT("total timeout"),
    NO_ANSWER("connection ended without a whole, valid HTTP answer"),
    BODY_TOO_LARGE("answer too large"),
    BODY_COMPRESSED("answer compressed though nobody asked"),
    TOO_MANY_EXCHANGES("too many exchanges at once"),
    GIVEN_UP("given up while no answer came"),
    INTERRUPTED("interrupted"),
    CLOSED("client is closed");

    /** In this order, because TLS reports a timeout as its own failure with that for a cause. */
    private static final List<Telling> TELLING = List.of(
            new Telling(ClosedByInterruptException.class, INTERRUPTED),
            new Telling(SocketTimeoutException.class, READ_TIMEOUT),
            new Telling(CertificateExpiredException.class, TLS_EXPIRED),
            new Telling(CertificateNotYetValidException.class, TLS_EXPIRED),
            new Telling(CertPathBuilderException.class, TLS_UNTRUSTED),
            new Telling(CertPathValidatorException.class, TLS_UNTRUSTED),
            new Telling(CertificateException.class, TLS_OTHER_HOST),
            new Telling(SSLException.class, TLS_FAILED),
            new Telling(UnknownHostException.class, UNKNOWN_HOST),
            new Telling(NoRouteToHostException.class, CONNECT_FAILED),
            new Telling(ConnectException.class, CONNECT_FAILED));

    /** A timeout is none of them: who asks again has waited long enough. */
    private static final Set<Fault> PASSING = EnumSet.of(UNKNOWN_HOST, CONNECT_FAILED, CONNECT_TIMEOUT, NO_ANSWER);

    /** No connection stood yet, or none to the target, so that not a byte of the request can have arrived. */
    private static final Set<Fault> NEVER_SENT = EnumSet.of(
            NO_TARGET,
            SCHEME_REFUSED,
            REQUEST_NOT_SENDABLE,
            UNKNOWN_HOST,
            CONNECT_FAILED,
            CONNECT_TIMEOUT,
            TOO_MANY_EXCHANGES);

    private final String problem;

    Fault(String problem) {
        this.problem = problem;
    }

    FetchResult result() {
        return new FetchResult.Unreachable(problem, PASSING.contains(this), !NEVER_SENT.contains(this));
    }

    /** Reads the fault from a failure and its causes: {@link #NO_ANSWER} where none of them is telling. */
    static Fault of(Throwable failure) {
        return cause(failure, GivenUp.class)
                .map(GivenUp::fault)
                .or(() -> TELLING.stream()
                        .filter(telling -> cause(failure, telling.failure()).isPresent())
                        .map(Telling::fault)
                        .findFirst())
                .orElse(NO_ANSWER);
    }

    private static <T extends Exception> Optional<T> cause(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private record Telling(Class<? extends Exception> failure, Fault fault) {}
}
