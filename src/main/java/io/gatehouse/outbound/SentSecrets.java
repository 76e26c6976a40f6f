package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.json.JsonWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a request must not come back in a message: servers quote what they were sent. Everything counts but the
 * parameters that are known to be harmless, in each form in which it went over the wire.
 *
 * <p>Immutable; {@link #toString()} hides them.
 */
final class SentSecrets {

    private static final String HIDDEN = "[hidden]";

    private static final Set<String> HARMLESS = Set.of(
            "access_type",
            "actor_token_type",
            "audience",
            "client_assertion_type",
            "client_id",
            "grant_type",
            "include",
            "purpose",
            "redirect_uri",
            "requested_token_type",
            "resource",
            "scope",
            "subject_token_type",
            "token_type_hint");

    private final List<String> secrets;

    private SentSecrets(Stream<String> secrets) {
        this.secrets = secrets.flatMap(SentSecrets::forms)
                .filter(secret -> !secret.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()) // a part must not spoil the whole
                .toList();
    }

    /** Nothing was sent. */
    static SentSecrets none() {
        return new SentSecrets(Stream.empty());
    }

    static SentSecrets of(AuthenticatedRequest request) {
        Stream<String> parameters = request.form().values().entrySet().stream()
                .filter(parameter -> !HARMLESS.contains(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream());
        Stream<String> headers = request.headers().entrySet().stream()
                .flatMap(header -> ofHeader(header.getKey(), header.getValue()).stream());
        return new SentSecrets(Stream.concat(parameters, headers));
    }

    /** As it is; as in a form, with either kind of blank; as in JSON, where slashes or all but ASCII may be escaped too. */
    private static Stream<String> forms(String secret) {
        String inForm = URLEncoder.encode(secret, UTF_8);
        String json = JsonWriter.write(Map.of("", secret));
        String inJson = json.substring("{\"\":\"".length(), json.length() - "\"}".length());
        return Stream.of(
                secret, inForm, inForm.replace("+", "%20"), inJson, inJson.replace("/", "\\/"), inAscii(inJson));
    }

    private static String inAscii(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars().forEach(c -> ascii.append(c < 0x7F ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    /** The whole, what stands behind a scheme, and what that decodes to. */
    private static List<String> ofHeader(String name, String value) {
        List<String> secrets = new ArrayList<>(List.of(value));
        String credentials = value.substring(value.indexOf(' ') + 1);
        secrets.add(credentials);
        if (name.equalsIgnoreCase("Authorization")
                && value.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            secrets.addAll(ofBasic(credentials));
        }
        return secrets;
    }

    private static List<String> ofBasic(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials.getBytes(ISO_8859_1)), UTF_8);
            String secret = decoded.substring(decoded.indexOf(':') + 1);
            return List.of(decoded, secret, formDecoded(secret));
        } catch (IllegalArgumentException noBase64) {
            return List.of();
        }
    }

    private static String formDecoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException sentRaw) {
            return text;
        }
    }

    /** The text without them. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    @Override
    public String toString() {
        return "SentSecrets" + HIDDEN;
    }
}
