package io.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How we prove to an authorization server who we are (RFC 6749 §2.3, RFC 6750, RFC 7523 §2.2, RFC 8705 §2). One way at
 * a time: a request with two proofs is refused by the standard. Thread-safe; {@code toString} hides the secrets.
 */
public sealed interface ClientAuthentication {

    /** A request with the proof added; empty where the proof is out of reach at this moment. */
    Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers);

    /** Told when the server did not take the proof of a request; says whether the next one will be another. */
    default boolean rejected(AuthenticatedRequest request) {
        return false;
    }

    /** What is sent: a form and further headers, both with secrets in them. */
    record AuthenticatedRequest(FormBody form, Map<String, String> headers) {
        public AuthenticatedRequest {
            headers = Map.copyOf(headers);
        }

        private static Optional<AuthenticatedRequest> of(
                FormBody form, Map<String, String> headers, String authorization) {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Authorization", authorization);
            return Optional.of(new AuthenticatedRequest(form, all));
        }

        @Override
        public String toString() {
            return "AuthenticatedRequest[hidden]";
        }
    }

    /**
     * {@code Authorization: Bearer …}.
     *
     * @param token asked for each request; empty where a token cannot be had now
     * @param discard told which token the server did not take; answers whether the next one will be another
     */
    record Bearer(Supplier<Optional<String>> token, Predicate<String> discard) implements ClientAuthentication {

        private static final String SCHEME = "Bearer ";

        @Override
        public boolean rejected(AuthenticatedRequest request) {
            String sent = request.headers().getOrDefault("Authorization", SCHEME);
            return discard.test(sent.substring(SCHEME.length()));
        }

        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            return token.get().flatMap(value -> AuthenticatedRequest.of(form, headers, SCHEME + value));
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    /** How id and secret become one text for HTTP Basic. */
    enum CredentialsEncoding {
        /** Both form-encoded first: the standard (RFC 6749 §2.3.1), needed as soon as one has a colon or a percent sign. */
        FORM {
            @Override
            String encode(String text) {
                return FormBody.encode(text);
            }
        },
        /** As they are: what older servers decode. */
        RAW {
            @Override
            String encode(String text) {
                return text;
            }
        };

        abstract String encode(String text);
    }

    /** {@code client_secret_basic}. */
    record ClientSecretBasic(String clientId, String clientSecret, CredentialsEncoding encoding)
            implements ClientAuthentication {
        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            String credentials = encoding.encode(clientId) + ':' + encoding.encode(clientSecret);
            String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
            return AuthenticatedRequest.of(form, headers, "Basic " + encoded);
        }

        @Override
        public String toString() {
            return "ClientSecretBasic[" + clientId + "]";
        }
    }

    /** {@code client_secret_post}. */
    record ClientSecretPost(String clientId, String clientSecret) implements ClientAuthentication {
        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            FormBody withSecret = form.with("client_id", clientId).with("client_secret", clientSecret);
            return Optional.of(new AuthenticatedRequest(withSecret, headers));
        }

        @Override
        public String toString() {
            return "ClientSecretPost[" + clientId + "]";
        }
    }

    /**
     * {@code private_key_jwt} (RFC 7523 §2.2).
     *
     * @param assertion makes a fresh one for each request: servers take each only once
     */
    record PrivateKeyJwt(String clientId, Supplier<String> assertion) implements ClientAuthentication {

        private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            FormBody withAssertion = form.with("client_id", clientId)
                    .with("client_assertion_type", TYPE)
                    .with("client_assertion", assertion.get());
            return Optional.of(new AuthenticatedRequest(withAssertion, headers));
        }

        @Override
        public String toString() {
            return "PrivateKeyJwt[" + clientId + "]";
        }
    }

    /** {@code tls_client_auth} (RFC 8705 §2): the proof is the connection, {@link HttpSettings#sslContext()}. */
    record TlsClient(String clientId) implements ClientAuthentication {
        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            return Optional.of(new AuthenticatedRequest(form.with("client_id", clientId), headers));
        }
    }

    /** A public client, which has nothing to prove itself with: {@code client_id} in the body (RFC 6749 §3.2.1). */
    record PublicClient(String clientId) implements ClientAuthentication {
        @Override
        public Optional<AuthenticatedRequest> authenticate(FormBody form, Map<String, String> headers) {
            return Optional.of(new AuthenticatedRequest(form.with("client_id", clientId), headers));
        }
    }
}
