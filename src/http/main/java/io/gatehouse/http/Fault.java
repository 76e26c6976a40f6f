package io.gatehouse.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import javax.net.ssl.SSLException;

/** The closed list of what can go wrong. Messages of exceptions quote headers and hosts, so none is passed on. */
enum Fault {
    NO_TARGET("URL without a host, or with user information in it"),
    SCHEME_REFUSED("URL scheme refused: only https (or http to a loopback address) is allowed"),
    REQUEST_NOT_SENDABLE("request cannot be sent: header or port out of bounds"),
    UNKNOWN_HOST("unknown host"),
    CONNECT_FAILED("connection refused"),
    CONNECT_TIMEOUT("connect timeout"),
    TLS_FAILED("TLS failure"),
    READ_TIMEOUT("read timeout"),
    TOTAL_TIMEOUT("total timeout"),
    NO_ANSWER("connection ended without a whole, valid HTTP answer"),
    BODY_TOO_LARGE("answer too large"),
    BODY_COMPRESSED("answer compressed though nobody asked"),
    TOO_MANY_EXCHANGES("too many exchanges at once"),
    INTERRUPTED("interrupted"),
    CLOSED("client is closed");

    /** In this order, because the JDK reports the special failure as the cause of the general one. */
    private static final List<Telling> TELLING = List.of(
            new Telling(JdkConnector.RequestNotSendable.class, REQUEST_NOT_SENDABLE),
            new Telling(BoundedBody.TooLarge.class, BODY_TOO_LARGE),
            new Telling(InterruptedException.class, INTERRUPTED),
            new Telling(HttpConnectTimeoutException.class, CONNECT_TIMEOUT),
            new Telling(HttpTimeoutException.class, READ_TIMEOUT),
            new Telling(SSLException.class, TLS_FAILED),
            new Telling(UnresolvedAddressException.class, UNKNOWN_HOST),
            new Telling(UnknownHostException.class, UNKNOWN_HOST),
            new Telling(ConnectException.class, CONNECT_FAILED));

    private final String problem;

    Fault(String problem) {
        this.problem = problem;
    }

    FetchResult result() {
        return new FetchResult.Unreachable(problem);
    }

    /** Reads the fault from a failure and its causes: {@link #NO_ANSWER} where none of them is telling. */
    static Fault of(Throwable failure) {
        return TELLING.stream()
                .filter(telling -> telling.isIn(failure))
                .map(Telling::fault)
                .findFirst()
                .orElse(NO_ANSWER);
    }

    private record Telling(Class<? extends Exception> failure, Fault fault) {
        boolean isIn(Throwable failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (failure.isInstance(cause)) {
                    return true;
                }
            }
            return false;
        }
    }
}
