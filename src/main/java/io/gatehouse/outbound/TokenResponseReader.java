package io.gatehouse.outbound;

import io.gatehouse.json.JsonNull;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a token endpoint (RFC 6749 §5.1): one object, or an array of them (Globus's dependent tokens).
 * Whatever has a member of a wrong type is not read at all: half an answer is none. For one answer and one thread.
 */
final class TokenResponseReader {

    private static final int LONGEST_TOKEN = 65_536;
    private static final int LONGEST_WORDS = 16_384;
    private static final int MOST_TOKENS = 100;
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

    /** RFC 6749 appendix A.12, without the blank, which would end the token in a header. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    /** RFC 6749 appendix A.17. */
    private static final Pattern REFRESH_TOKEN = Pattern.compile("[\\x20-\\x7E]+");

    /** A scheme of HTTP authentication, or a URI (RFC 6749 appendix A.13); some leave it out. */
    private static final Pattern TYPE = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");

    private final Instant requestedAt;
    private int tokens;

    private TokenResponseReader(Instant requestedAt) {
        this.requestedAt = requestedAt;
    }

    /** An answer that is not read any further; carries no stack trace because rubbish must stay cheap. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String problem) {
            super(problem, null, false, false);
        }
    }

    /** Reads the whole of an answer; its lifetimes count from when it was asked for. */
    static TokenResult read(byte[] body, EndpointAnswer answer) {
        try {
            return new TokenResult.Granted(new TokenResponseReader(answer.begunAt()).response(body));
        } catch (Unreadable unreadable) {
            return answer.unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private TokenResponse response(byte[] body) throws Unreadable {
        Optional<List<Object>> array = JsonParser.parseArray(body);
        if (array.isPresent()) {
            return firstOf(array.get());
        }
        if (JsonParser.parseObject(body) instanceof JsonParseResult.Parsed parsed) {
            return response(parsed.members());
        }
        throw new Unreadable("it is no JSON object or array");
    }

    private TokenResponse firstOf(List<Object> elements) throws Unreadable {
        List<TokenResponse> all = responses(elements);
        if (all.isEmpty()) {
            throw new Unreadable("it holds no token");
        }
        TokenResponse first = all.get(0);
        List<TokenResponse> others = new ArrayList<>(first.otherTokens());
        others.addAll(all.subList(1, all.size()));
        return first.withOtherTokens(others);
    }

    private List<TokenResponse> responses(List<?> elements) throws Unreadable {
        List<TokenResponse> responses = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?>)) {
                throw new Unreadable("one of its tokens is no JSON object");
            }
            @SuppressWarnings("unchecked") // of the parser, whose objects have names for keys
            Map<String, Object> members = (Map<String, Object>) element;
            responses.add(response(members));
        }
        return responses;
    }

    private TokenResponse response(Map<String, Object> members) throws Unreadable {
        if (++tokens > MOST_TOKENS) {
            throw new Unreadable("it holds too many tokens");
        }
        String accessToken = text(members, "access_token", TOKEN, LONGEST_TOKEN);
        if (accessToken == null) {
            throw new Unreadable("it has no \"access_token\"");
        }
        String type = text(members, "token_type", TYPE, LONGEST_WORDS);
        return new TokenResponse(
                accessToken,
                type == null ? "Bearer" : type,
                requestedAt,
                lifetime(members.get("expires_in")),
                words(members.get("scope")),
                text(members, "refresh_token", REFRESH_TOKEN, LONGEST_TOKEN),
                text(members, "id_token", TOKEN, LONGEST_TOKEN),
                text(members, "resource_server", REFRESH_TOKEN, LONGEST_WORDS),
                members,
                otherTokens(members));
    }

    private List<TokenResponse> otherTokens(Map<String, Object> members) throws Unreadable {
        Object others = members.get("other_tokens");
        if (isAbsent(others)) {
            return List.of();
        }
        if (others instanceof List<?> elements) {
            return responses(elements);
        }
        throw new Unreadable("its \"other_tokens\" is no array");
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || value == JsonNull.NULL;
    }

    private static @Nullable String text(Map<String, Object> members, String name, Pattern pattern, int longest)
            throws Unreadable {
        Object value = members.get(name);
        if (isAbsent(value)) {
            return null;
        }
        if (value instanceof String text
                && text.length() <= longest
                && pattern.matcher(text).matches()) {
            return text;
        }
        throw new Unreadable("its \"" + name + "\" is no text, too long, or has characters that do not belong there");
    }

    /** A number, or one written as a text, as some servers do. */
    private static @Nullable Duration lifetime(@Nullable Object value) throws Unreadable {
        if (isAbsent(value)) {
            return null;
        }
        BigDecimal seconds = null;
        if (value instanceof Long number) {
            seconds = BigDecimal.valueOf(number);
        } else if (value instanceof BigDecimal number) {
            seconds = number;
        } else if (value instanceof String text && WHOLE_NUMBER.matcher(text).matches()) {
            seconds = new BigDecimal(text);
        }
        if (seconds == null || seconds.signum() < 0) {
            throw new Unreadable("its \"expires_in\" is no number of seconds");
        }
        BigDecimal longest = BigDecimal.valueOf(LONGEST_LIFETIME.toSeconds());
        return Duration.ofSeconds(seconds.min(longest).longValue());
    }

    private static Set<String> words(@Nullable Object value) throws Unreadable {
        if (isAbsent(value)) {
            return Set.of();
        }
        if (value instanceof String text && text.length() <= LONGEST_WORDS) {
            return words(text);
        }
        throw new Unreadable("its \"scope\" is no text, or too long");
    }

    /** Blank-separated words in their order, each once. */
    static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split(" ", -1)));
        words.remove("");
        return words;
    }
}
