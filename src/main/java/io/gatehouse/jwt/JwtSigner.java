package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs JWTs of ours (RFC 7515 §7.1) with one key. Immutable and thread-safe. */
public final class JwtSigner {

    private final SigningKey key;
    private final String type;

    /** A signer of JWTs of the usual type, {@code JWT}. */
    public JwtSigner(SigningKey key) {
        this(key, "JWT");
    }

    /** A signer of JWTs of this {@code typ} (RFC 8725 §3.11), such as {@code at+jwt}. */
    public JwtSigner(SigningKey key, String type) {
        this.key = key;
        this.type = type;
    }

    /** The compact serialization of these claims. */
    public String sign(Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().headerName());
        header.put("typ", type);
        if (key.kid() != null) {
            header.put("kid", key.kid());
        }
        String signingInput = segment(header) + '.' + segment(claims);
        return signingInput + '.' + Base64Url.encode(signature(signingInput));
    }

    private static String segment(Map<String, Object> members) {
        return Base64Url.encode(JsonWriter.write(members).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String signingInput) {
        try {
            Signature signature = Signature.getInstance(key.algorithm().jcaName());
            if (key.algorithm().parameters().isPresent()) {
                signature.setParameter(key.algorithm().parameters().get());
            }
            signature.initSign(key.privateKey());
            signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the key does not sign with " + key.algorithm(), broken);
        }
    }
}
