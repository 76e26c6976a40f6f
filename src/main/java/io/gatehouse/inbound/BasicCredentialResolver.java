package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the name and password of a request in its {@code Authorization} header (RFC 7617 §2). Stateless. */
final class BasicCredentialResolver {

    private static final String SCHEME = "Basic";

    /** Of the header's value; no name and password are as long as this. */
    private static final int MAXIMUM_LENGTH = 8192;

    private static final PresentedBasic ABSENT = new PresentedBasic.Absent();

    private BasicCredentialResolver() {}

    static PresentedBasic resolve(HttpServletRequest request) {
        var headers = request.getHeaders("Authorization");
        List<String> values = headers == null ? List.of() : Collections.list(headers);
        if (values.isEmpty()) {
            return ABSENT;
        }
        return values.size() > 1
                ? new PresentedBasic.Malformed("more than one Authorization header")
                : resolve(OptionalWhitespace.removedFrom(values.get(0)));
    }

    private static PresentedBasic resolve(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return ABSENT;
        }
        String rest = value.substring(SCHEME.length());
        if (!rest.isEmpty() && rest.charAt(0) > ' ') {
            return ABSENT; // another scheme whose name begins like this one
        }
        if (value.length() > MAXIMUM_LENGTH) {
            return new PresentedBasic.Malformed("the Basic credentials are too long");
        }
        byte[] decoded = decode(rest.replaceFirst("^ +", ""));
        return decoded == null ? new PresentedBasic.Malformed("the Basic credentials are not base64") : read(decoded);
    }

    private static byte @Nullable [] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static PresentedBasic read(byte[] decoded) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
        } catch (CharacterCodingException notUtf8) {
            return new PresentedBasic.Malformed("the Basic credentials are not UTF-8");
        }
        try {
            return split(text);
        } finally {
            Arrays.fill(decoded, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    /** At the first colon: a name has none, and a password may have many. */
    private static PresentedBasic split(CharBuffer text) {
        int colon = 0;
        while (colon < text.length() && text.charAt(colon) != ':') {
            colon++;
        }
        if (colon == text.length()) {
            return new PresentedBasic.Malformed("the Basic credentials have no colon");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return new PresentedBasic.Malformed("the Basic credentials have control characters");
        }
        String name = text.subSequence(0, colon).toString();
        char[] password = Arrays.copyOfRange(text.array(), text.arrayOffset() + colon + 1, text.limit());
        return new PresentedBasic.Present(new BasicCredential(name, password));
    }
}
