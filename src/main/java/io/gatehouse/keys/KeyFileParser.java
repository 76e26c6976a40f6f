package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by content what a key file is: PEM, JWK, JWK Set, DER (public key, certificate, PKCS#1), a PKCS#12 or JKS
 * key store, or base64 of one of these. Its name only helps to say what is wrong. Pure and thread-safe.
 */
final class KeyFileParser {

    /** What people expect in a file of that name. */
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("pem", "PEM"),
            Map.entry("crt", "a certificate"),
            Map.entry("cer", "a certificate"),
            Map.entry("der", "DER"),
            Map.entry("json", "JSON"),
            Map.entry("jwk", "a JWK"),
            Map.entry("jwks", "a JWK Set"),
            Map.entry("p12", "a PKCS#12 key store"),
            Map.entry("pfx", "a PKCS#12 key store"),
            Map.entry("jks", "a JKS key store"));

    private final KeyTextParser textParser;
    private final KeyStoreParser keyStoreParser;

    KeyFileParser(KeyPolicy policy, @Nullable String password) {
        this.textParser = new KeyTextParser(policy);
        this.keyStoreParser = new KeyStoreParser(textParser, password);
    }

    /** Reads the content of a file of that name, or throws with the reason; there is at least one usable key then. */
    KeyFileContent parse(byte[] content, String fileName) throws UnusableKeyException {
        String text = text(content);
        KeyFileContent parsed = text == null ? binary(content, fileName) : textual(text.strip(), fileName);
        if (parsed.size() == 0) {
            throw new UnusableKeyException("it has no usable key " + parsed.skipped());
        }
        return parsed;
    }

    private KeyFileContent textual(String text, String fileName) throws UnusableKeyException {
        if (text.isEmpty()) {
            throw new UnusableKeyException("it is empty");
        }
        if (PemParser.looksLikePem(text)) {
            return single(PemParser.certifiedKey(text), fileName);
        }
        if (text.startsWith("{")) {
            return json(text.getBytes(UTF_8), fileName);
        }
        byte[] decoded = KeyTextParser.requireBase64(text);
        return KeyTextParser.isJson(decoded) ? json(decoded, fileName) : binary(decoded, fileName);
    }

    private KeyFileContent binary(byte[] content, String fileName) throws UnusableKeyException {
        return switch (BinaryForm.of(content)) {
            case PKCS12 -> keyStoreParser.parse(content, "PKCS12");
            case JKS -> keyStoreParser.parse(content, "JKS");
            case JCEKS ->
                throw new UnusableKeyException("it is a JCEKS key store; \"keytool -importkeystore -deststoretype"
                        + " pkcs12\" makes a PKCS#12 one of it");
            case UNKNOWN ->
                throw new UnusableKeyException("it is no PEM, JWK, JWK Set, DER key or certificate, and no PKCS#12 or"
                        + " JKS key store" + hint(fileName));
            default -> single(DerParser.parse(content), fileName);
        };
    }

    private static String hint(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return Optional.ofNullable(EXTENSIONS.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)))
                .map(expected -> ", though its name promises " + expected)
                .orElse("");
    }

    private KeyFileContent single(CertifiedKey key, String fileName) throws UnusableKeyException {
        X509Certificate certificate = key.certificate();
        return new KeyFileContent(
                List.of(),
                List.of(textParser.verificationKey(key.key(), nameWithoutExtension(fileName))),
                certificate == null ? List.of() : List.of(certificate),
                List.of(),
                false);
    }

    private KeyFileContent json(byte[] utf8, String fileName) throws UnusableKeyException {
        KeyTextParser.Parsed parsed = textParser.json(utf8);
        List<VerificationKey> identified = new ArrayList<>();
        List<VerificationKey> named = new ArrayList<>();
        for (VerificationKey key : parsed.keys()) {
            if (key.kid() == null) {
                named.add(key.named(nameWithoutExtension(fileName)));
            } else {
                identified.add(key);
            }
        }
        return new KeyFileContent(identified, named, List.of(), parsed.skipped(), false);
    }

    private static String nameWithoutExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    /** Null for binary content. Every key and key store in DER has control characters within its first bytes. */
    static @Nullable String text(byte[] content) throws UnusableKeyException {
        if (content.length >= 2 && (content[0] & 0xFF) + (content[1] & 0xFF) == 0xFF + 0xFE) {
            throw new UnusableKeyException("it is UTF-16 text; save it as UTF-8");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return withoutMark.chars().allMatch(KeyFileParser::isTextual) ? withoutMark : null;
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static boolean isTextual(int character) {
        return !Character.isISOControl(character) || Character.isWhitespace(character);
    }
}
