package io.gatehouse.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.ClientAuthentication.Bearer;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.ClientSecretPost;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.ClientAuthentication.PrivateKeyJwt;
import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.ClientAuthentication.TlsClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientAuthenticationTest {

    private static final FormBody FORM = FormBody.empty().with("token", "t0ken");
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

    private static AuthenticatedRequest request(ClientAuthentication authentication) {
        return authentication.authenticate(FORM, HEADERS).orElseThrow();
    }

    private static String form(AuthenticatedRequest request) {
        return new String(request.form().bytes(), US_ASCII);
    }

    private static String basic(String id, String secret, CredentialsEncoding encoding) {
        String header =
                request(new ClientSecretBasic(id, secret, encoding)).headers().get("Authorization");
        assertThat(header).startsWith("Basic ");
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8);
    }

    @Nested
    class Basic {

        /** RFC 6749 §2.3.1 and appendix B; the secrets are those that real servers were tried with. */
        @ParameterizedTest
        @CsvSource(
                value = {
                    "rs|secret|rs:secret",
                    "rs:gate house|p%40ss+w/\u00fc&=:x|rs%3Agate+house:p%2540ss%2Bw%2F%C3%BC%26%3D%3Ax",
                    "a|\u20ac\ud83d\ude00|a:%E2%82%AC%F0%9F%98%80",
                    "a|~*-._|a:%7E*-._"
                },
                delimiter = '|')
        void encodesIdAndSecretAsFormsDo(String id, String secret, String expected) {
            assertThat(basic(id, secret, CredentialsEncoding.FORM)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                value = {"rs|secret|rs:secret", "rs|p%40ss+w/\u00fc&=:x|rs:p%40ss+w/\u00fc&=:x"},
                delimiter = '|')
        void leavesThemAsTheyAreForOlderServers(String id, String secret, String expected) {
            assertThat(basic(id, secret, CredentialsEncoding.RAW)).isEqualTo(expected);
        }

        @Test
        void leavesTheFormAlone() {
            AuthenticatedRequest request = request(new ClientSecretBasic("rs", "secret", CredentialsEncoding.FORM));

            assertThat(form(request)).isEqualTo("token=t0ken");
            assertThat(request.headers()).containsOnlyKeys("Accept", "Authorization");
        }
    }

    @Nested
    class InTheForm {

        @Test
        void goesTheSecret() {
            AuthenticatedRequest request = request(new ClientSecretPost("r&s", "p%=\u00fc"));

            assertThat(form(request)).isEqualTo("token=t0ken&client_id=r%26s&client_secret=p%25%3D%C3%BC");
            assertThat(request.headers()).isEqualTo(HEADERS);
        }

        @Test
        void goesAFreshAssertionEachTime() {
            AtomicInteger made = new AtomicInteger();
            PrivateKeyJwt authentication = new PrivateKeyJwt("rs", () -> "a.b." + made.incrementAndGet());

            assertThat(form(request(authentication)))
                    .isEqualTo("token=t0ken&client_id=rs&client_assertion_type="
                            + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                            + "&client_assertion=a.b.1");
            assertThat(form(request(authentication))).endsWith("&client_assertion=a.b.2");
            assertThat(request(authentication).headers()).isEqualTo(HEADERS);
        }

        @Test
        void goesTheIdWhereTheConnectionIsTheProof() {
            AuthenticatedRequest request = request(new TlsClient("rs"));

            assertThat(form(request)).isEqualTo("token=t0ken&client_id=rs");
            assertThat(request.headers()).isEqualTo(HEADERS);
        }
    }

    @Nested
    class NoProof {

        @Test
        void leavesTheIdInTheForm() {
            AuthenticatedRequest request = request(new PublicClient("native"));

            assertThat(form(request)).isEqualTo("token=t0ken&client_id=native");
            assertThat(request.headers()).isEqualTo(HEADERS);
        }
    }

    @Nested
    class ABearerToken {

        @Test
        void goesInTheHeader() {
            AuthenticatedRequest request = request(new Bearer(() -> Optional.of("own"), refused -> false));

            assertThat(request.headers())
                    .containsEntry("Authorization", "Bearer own")
                    .containsEntry("Accept", "application/json");
            assertThat(form(request)).isEqualTo("token=t0ken");
        }

        @Test
        void thatCannotBeHadMakesNoRequest() {
            assertThat(new Bearer(Optional::empty, refused -> false).authenticate(FORM, HEADERS))
                    .isEmpty();
        }

        @Test
        void isDiscardedWhenItIsRejected() {
            List<String> discarded = new ArrayList<>();
            Bearer bearer = new Bearer(() -> Optional.of("own"), discarded::add);

            assertThat(bearer.rejected(request(bearer))).isTrue();
            assertThat(discarded).containsExactly("own");
        }

        @Test
        void thatNobodyRenewsStaysTheSame() {
            Bearer written = new Bearer(() -> Optional.of("own"), refused -> false);

            assertThat(written.rejected(request(written))).isFalse();
        }

        @Test
        void isTheOnlyProofThatChanges() {
            all().filter(proof -> !(proof instanceof Bearer))
                    .forEach(proof -> assertThat(proof.rejected(request(proof))).isFalse());
        }
    }

    static Stream<ClientAuthentication> all() {
        return Stream.of(
                new ClientSecretBasic("rs", "s3cret", CredentialsEncoding.FORM),
                new ClientSecretBasic("rs", "s3cret", CredentialsEncoding.RAW),
                new ClientSecretPost("rs", "s3cret"),
                new PrivateKeyJwt("rs", () -> "s3cret"),
                new TlsClient("rs"),
                new Bearer(() -> Optional.of("s3cret"), refused -> false));
    }

    @ParameterizedTest
    @MethodSource("all")
    void hidesItsSecret(ClientAuthentication authentication) {
        authentication.rejected(request(authentication));

        assertThat(authentication.toString()).doesNotContain("s3cret");
        assertThat(request(authentication).toString()).doesNotContain("s3cret", "t0ken", "czNjcmV0");
        assertThat(request(authentication).form().toString()).doesNotContain("s3cret", "t0ken");
    }

    @ParameterizedTest
    @MethodSource("all")
    void sendsOneProof(ClientAuthentication authentication) {
        AuthenticatedRequest request = request(authentication);
        int inTheHeader = request.headers().containsKey("Authorization") ? 1 : 0;
        int inTheForm = form(request).contains("client_id=") ? 1 : 0;

        assertThat(inTheHeader + inTheForm).isEqualTo(1);
    }
}
