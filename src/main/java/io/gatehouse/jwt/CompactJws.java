package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.EncodedObject;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.json.JsonScan;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsView;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in the compact serialization (RFC 7515 §7.1), decoded once: the bytes that are verified are those that
 * the claims were read from. Nothing about it is verified yet.
 *
 * <p>An instance takes one token after the other and makes nothing for each that it can use again. For one thread.
 */
final class CompactJws {

    /** What grew for a token of unusual length is not kept for the others. */
    private static final int USUAL_LENGTH = 32 * 1024;

    private final JsonScan scan;
    private final Claims scanned = new Claims();
    private String token = "";
    private int firstDot;
    private int secondDot;
    private byte[] decoded = {};
    private byte[] signingInput = {};
    private byte[] signature = {};
    private HeaderMemory.@Nullable Known knownHeader;
    private @Nullable JoseHeader header;
    private @Nullable ClaimsView claims;

    /** One that reads with this scan, which is nobody else's. */
    CompactJws(JsonScan scan) {
        this.scan = scan;
    }

    /** The claims where they stand in the payload. */
    private final class Claims implements ClaimsView {

        private @Nullable Object issuer;

        /** Who is meant is asked more than once. */
        @Override
        public @Nullable Object get(String name) {
            if (!name.equals("iss")) {
                return scan.value(name);
            }
            if (issuer == null) {
                issuer = scan.value(name);
            }
            return issuer;
        }

        @Override
        public boolean has(String name) {
            return scan.hasValue(name);
        }

        @Override
        public ClaimsSet kept() {
            EncodedObject payload = EncodedObject.of(scan, token, firstDot + 1);
            return payload == null ? requireRead(read(decoded, scan.length())) : ClaimsSet.of(payload);
        }
    }

    /** All of a token at once. */
    static Decoded<CompactJws> parse(String token) {
        CompactJws jws = new CompactJws(new JsonScan());
        InvalidTokenReason refusal = jws.readHeader(token, null);
        if (refusal == null) {
            refusal = jws.readBody();
        }
        return refusal == null ? Decoded.of(jws) : Decoded.refused(refusal);
    }

    /**
     * Begins with this token.
     *
     * @param headers headers that need not be read; null for none
     * @return null if it has three parts and a header that is acceptable
     */
    @Nullable InvalidTokenReason readHeader(String compact, @Nullable HeaderMemory headers) {
        begin(compact);
        boolean shaped = firstDot > 0 && secondDot > 0 && compact.indexOf('.', secondDot + 1) < 0;
        if (!shaped || secondDot + 1 == compact.length()) {
            return InvalidTokenReason.MALFORMED;
        }
        knownHeader = headers == null ? null : headers.find(compact, firstDot);
        if (knownHeader == null) {
            return parseHeader();
        }
        header = knownHeader.header();
        return null;
    }

    private void begin(String compact) {
        token = compact;
        firstDot = compact.indexOf('.');
        secondDot = compact.indexOf('.', firstDot + 1);
        knownHeader = null;
        header = null;
        claims = null;
        scanned.issuer = null;
    }

    private @Nullable InvalidTokenReason parseHeader() {
        int length = decode(0, firstDot);
        if (length < 0) {
            return InvalidTokenReason.MALFORMED;
        }
        Decoded<JoseHeader> parsed = JoseHeader.parse(decoded, length, scan);
        if (parsed instanceof Decoded.Refused<JoseHeader> refused) {
            return refused.reason();
        }
        header = ((Decoded.Part<JoseHeader>) parsed).value();
        return null;
    }

    /** Goes on with claims and signature; null if they are well-formed. */
    @Nullable InvalidTokenReason readBody() {
        claims = readClaims();
        return claims != null && readSignature() ? null : InvalidTokenReason.MALFORMED;
    }

    /** The claims of a token, whatever its header says; null where there are none to be read. */
    @Nullable ClaimsView claimsOf(String compact) {
        begin(compact);
        boolean shaped = firstDot >= 0 && secondDot >= 0 && compact.indexOf('.', secondDot + 1) < 0;
        return shaped ? readClaims() : null;
    }

    private @Nullable ClaimsView readClaims() {
        int length = decode(firstDot + 1, secondDot);
        if (length < 0) {
            return null;
        }
        return switch (scan.scan(decoded, length)) {
            case OBJECT -> scanned;
            case ODD -> read(decoded, length);
            case MALFORMED -> null;
        };
    }

    private static @Nullable ClaimsSet read(byte[] json, int length) {
        return JsonParser.parseObject(Arrays.copyOf(json, length)) instanceof JsonParseResult.Parsed parsed
                ? ClaimsSet.of(parsed.members())
                : null;
    }

    private int decode(int from, int to) {
        int needed = Base64Url.decodedLength(to - from);
        if (decoded.length < needed) {
            decoded = new byte[Math.max(needed, 1024)];
        }
        return Base64Url.decode(token, from, to, decoded);
    }

    private boolean readSignature() {
        int length = Base64Url.decodedLength(token.length() - secondDot - 1);
        if (signature.length != length) {
            signature = new byte[length];
        }
        return Base64Url.decode(token, secondDot + 1, token.length(), signature) > 0;
    }

    /** The first two parts with their dot. */
    @SuppressWarnings("deprecation") // takes the lower half of each character: all of them were found to be ASCII
    byte[] signingInput() {
        if (signingInput.length < secondDot) {
            signingInput = new byte[Math.max(secondDot, 2048)];
        }
        token.getBytes(0, secondDot, signingInput, 0);
        return signingInput;
    }

    int signingInputLength() {
        return secondDot;
    }

    byte[] signature() {
        return signature;
    }

    JoseHeader header() {
        return requireRead(header);
    }

    ClaimsView claims() {
        return requireRead(claims);
    }

    private static <T> T requireRead(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("asked for before it was read");
        }
        return part;
    }

    /** What the decision rests on that this key made the signature; its header need not be read again. */
    SignatureBasis basis(
            VerificationKeys keys, VerificationKey signer, @Nullable TokenValidator confirming, HeaderMemory headers) {
        HeaderMemory.Known known = knownHeader;
        if (known != null && known.basis().isThatOf(keys, signer, confirming)) {
            return known.basis();
        }
        SignatureBasis basis = new SignatureBasis(keys, header().kid(), signer, confirming);
        headers.remember(token, firstDot, header(), basis);
        return basis;
    }

    /** Whether it should take further tokens; it forgets this one: without its signature the rest is no token. */
    boolean isWorthKeeping() {
        begin("");
        Arrays.fill(signature, (byte) 0);
        return decoded.length <= USUAL_LENGTH && signingInput.length <= USUAL_LENGTH;
    }
}
