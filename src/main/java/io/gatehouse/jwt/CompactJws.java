package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.InvalidTokenReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A signed token in the compact serialization (RFC 7515 §7.1), decoded once: the bytes that are verified are those that
 * the claims were read from. Nothing about it is verified yet.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the verifier: nobody compares tokens
record CompactJws(JoseHeader header, ClaimsSet claims, byte[] signingInput, byte[] signature) {

    /** The claims of a token, whatever its header says; empty where there are none to be read. */
    static Optional<ClaimsSet> claims(String token) {
        String[] parts = token.split("\\.", -1);
        return parts.length != 3
                ? Optional.empty()
                : Base64Url.decode(parts[1])
                        .map(JsonParser::parseObject)
                        .flatMap(payload -> payload.match(
                                parsed -> Optional.of(ClaimsSet.of(parsed.members())), malformed -> Optional.empty()));
    }

    static Decoded<CompactJws> parse(String token) {
        int firstDot = token.indexOf('.');
        int secondDot = token.indexOf('.', firstDot + 1);
        if (firstDot <= 0 || secondDot < 0 || token.indexOf('.', secondDot + 1) >= 0) {
            return Decoded.refused(InvalidTokenReason.MALFORMED);
        }
        Decoded<JoseHeader> header = JoseHeader.parse(token.substring(0, firstDot));
        if (header instanceof Decoded.Refused<JoseHeader> refused) {
            return Decoded.refused(refused.reason());
        }
        byte[] payload =
                Base64Url.decode(token.substring(firstDot + 1, secondDot)).orElse(null);
        byte[] signature = Base64Url.decode(token.substring(secondDot + 1)).orElse(null);
        if (payload == null || signature == null || signature.length == 0) {
            return Decoded.refused(InvalidTokenReason.MALFORMED);
        }
        if (!(JsonParser.parseObject(payload) instanceof JsonParseResult.Parsed claims)) {
            return Decoded.refused(InvalidTokenReason.MALFORMED);
        }
        return Decoded.of(new CompactJws(
                ((Decoded.Part<JoseHeader>) header).value(),
                ClaimsSet.of(claims.members()),
                token.substring(0, secondDot).getBytes(StandardCharsets.US_ASCII),
                signature));
    }
}
