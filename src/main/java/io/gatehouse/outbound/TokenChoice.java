package io.gatehouse.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which token of an answer is meant: that of the resource server, or else the one with the scopes, or else the only one.
 * Pure.
 *
 * @param client whose choice it is, for the log
 * @param resourceServer null where it is not said
 * @param scopes empty where they are not said
 */
record TokenChoice(String client, @Nullable String resourceServer, Set<String> scopes) {

    private static final int MOST_NAMED = 10;

    TokenChoice {
        scopes = Set.copyOf(scopes);
    }

    static TokenChoice of(AuthorizerSettings settings) {
        return new TokenChoice(
                settings.name(),
                settings.resourceServer(),
                Set.copyOf(new TreeSet<>(settings.request().scopes())));
    }

    /** The one token, fit for a header; or an error that names what was offered. */
    TokenResult of(TokenResult answer) {
        return answer.match(granted -> of(granted.response()), failed -> failed);
    }

    private TokenResult of(TokenResponse answer) {
        List<TokenResponse> all = new ArrayList<>();
        all.add(answer);
        all.addAll(answer.otherTokens());
        List<TokenResponse> fitting = fitting(all);
        if (fitting.size() != 1) {
            return failed("the answer holds " + (fitting.isEmpty() ? "no token" : "several tokens") + " for " + wanted()
                    + "; offered are those of " + offered(all));
        }
        return fit(fitting.get(0));
    }

    private List<TokenResponse> fitting(List<TokenResponse> all) {
        if (resourceServer != null) {
            return filter(all, token -> resourceServer.equals(token.resourceServer()));
        }
        return all.size() == 1 || scopes.isEmpty()
                ? all
                : filter(all, token -> token.scopes().containsAll(scopes));
    }

    private static List<TokenResponse> filter(List<TokenResponse> all, Predicate<TokenResponse> condition) {
        return all.stream().filter(condition).toList();
    }

    /** A client must not use a token of a type that it does not understand (RFC 6749 §7.1). */
    private TokenResult fit(TokenResponse token) {
        if (!token.tokenType().equalsIgnoreCase("Bearer")) {
            return failed("the answer holds a token that is none of type Bearer");
        }
        return BearerHeader.isToken(token.accessToken())
                ? new TokenResult.Granted(token)
                : failed("the answer holds a token that fits into no header");
    }

    private TokenResult failed(String problem) {
        return new TokenResult.Unreachable("client " + client + ": " + problem, null);
    }

    private String wanted() {
        if (resourceServer != null) {
            return "the resource server " + resourceServer;
        }
        return scopes.isEmpty() ? "a client that names neither resource server nor scopes" : "all scopes at once";
    }

    /** What a server says of itself, made fit for a log. */
    private static String offered(List<TokenResponse> all) {
        List<String> names = all.stream()
                .map(TokenResponse::resourceServer)
                .map(name -> name == null ? "(unnamed)" : printable(name))
                .sorted()
                .limit(MOST_NAMED)
                .toList();
        return String.join(", ", names) + (all.size() > MOST_NAMED ? ", …" : "");
    }

    private static String printable(String name) {
        String oneLine = name.replaceAll("[^\\x20-\\x7E]", "?");
        return oneLine.length() > 64 ? oneLine.substring(0, 64) + "…" : oneLine;
    }
}
