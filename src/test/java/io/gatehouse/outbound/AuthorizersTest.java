package io.gatehouse.outbound;

import static io.gatehouse.outbound.TokenAnswers.INVALID_GRANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizersTest {

    private static final URI TARGET = URI.create("https://api.example/orders");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AuthorizerSettings SETTINGS = AuthorizerSettings.named("orders");

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger issued = new AtomicInteger();
    private final FakeTokenClient client = new FakeTokenClient(asked -> next());

    private TokenResult next() {
        return TokenAnswers.granted("t" + issued.incrementAndGet(), clock.instant(), HOUR);
    }

    private Authorizer clientCredentials(AuthorizerSettings settings) {
        return Authorizers.clientCredentials(client, settings, clock, Runnable::run);
    }

    @Nested
    class None {

        @Test
        void sendsNoHeaderAndNeverTriesAgain() {
            assertThat(Authorizers.none().authorization(TARGET)).isEmpty();
            assertThat(Authorizers.none().renewAfterRefusal(TARGET, "Bearer x")).isFalse();
        }
    }

    @Nested
    class Basic {

        @Test
        void isTheBase64OfBothAsTheyAre() {
            assertThat(Authorizers.basic("Aladdin", "open sesame", CredentialsEncoding.RAW)
                            .authorization(TARGET))
                    .hasValue("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        }

        @Test
        void isUtf8() {
            assertThat(Authorizers.basic("ü", "£", CredentialsEncoding.RAW).authorization(TARGET))
                    .hasValue("Basic w7w6wqM=");
        }

        @Test
        void canBeFormEncodedFirst() {
            assertThat(Authorizers.basic("a:b", "c%", CredentialsEncoding.FORM).authorization(TARGET))
                    .as("a%3Ab:c%25")
                    .hasValue("Basic YSUzQWI6YyUyNQ==");
        }

        @Test
        void isTheSameForEver() {
            Authorizer basic = Authorizers.basic("a", "b", CredentialsEncoding.RAW);

            assertThat(basic.renewAfterRefusal(
                            TARGET, basic.authorization(TARGET).orElseThrow()))
                    .isFalse();
        }

        @Test
        void isHidden() {
            assertThat(Authorizers.basic("user", "s3cret", CredentialsEncoding.RAW)
                            .toString())
                    .doesNotContain("s3cret", "Basic ");
        }
    }

    @Nested
    class AStaticToken {

        private final StaticToken token = Authorizers.staticToken("one");

        @Test
        void isSentUntilAnotherIsHandedIn() {
            assertThat(token.authorization(TARGET)).hasValue("Bearer one");
            token.update("two");
            assertThat(token.authorization(TARGET)).hasValue("Bearer two");
        }

        @Test
        void isSentAgainOnlyWhereItIsAnother() {
            assertThat(token.renewAfterRefusal(TARGET, "Bearer one")).isFalse();
            token.update("two");
            assertThat(token.renewAfterRefusal(TARGET, "Bearer one")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "a\r\nX-Evil: 1", "\u00e9", "a\n", "\u0000"})
        void fitsIntoAHeader(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> token.update(text));
            assertThatIllegalArgumentException().isThrownBy(() -> Authorizers.staticToken(text));
            assertThat(token.authorization(TARGET)).hasValue("Bearer one");
        }

        @Test
        void isHidden() {
            assertThat(token.toString()).doesNotContain("one");
        }
    }

    @Nested
    class ClientCredentials {

        @Test
        void asksWithWhatIsConfigured() {
            TokenRequest request = TokenRequest.empty().withScopes("a", "b").withParameter("audience", "x");
            Authorizer authorizer = clientCredentials(SETTINGS.withRequest(request));
            assertThat(client.asked()).as("nothing before the first call").isEmpty();

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
            assertThat(client.asked()).containsExactly(new FakeTokenClient.Asked("client_credentials", "", request));
        }

        @Test
        void beginsWithTheTokenThatIsThere() {
            Instant end = clock.instant().plusSeconds(100);
            Authorizer authorizer = clientCredentials(SETTINGS.withInitialToken(new InitialToken("given", end)));

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer given");
            assertThat(client.asked()).isEmpty();
            clock.advance(Duration.ofSeconds(100));
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
        }

        @Test
        void doesNotBeginWithATokenThatIsOver() {
            Authorizer authorizer =
                    clientCredentials(SETTINGS.withInitialToken(new InitialToken("given", clock.instant())));

            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t1");
        }

        @Test
        void tellsBeforeAnybodyGetsTheToken() {
            List<String> told = new ArrayList<>();
            Authorizer authorizer = clientCredentials(SETTINGS.withOnRefresh(answer -> {
                told.add(answer.accessToken());
                throw new IllegalStateException("s3cret");
            }));

            assertThat(authorizer.authorization(TARGET))
                    .as("who listens cannot spoil it")
                    .hasValue("Bearer t1");
            assertThat(told).containsExactly("t1");
        }

        @Test
        void isRenewedAfterARefusalOnce() {
            Authorizer authorizer = clientCredentials(SETTINGS);
            authorizer.authorization(TARGET);

            assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer t1")).isTrue();
            assertThat(authorizer.authorization(TARGET)).hasValue("Bearer t2");
            assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer t1")).isTrue();
            assertThat(authorizer.renewAfterRefusal(TARGET, "Bearer t2"))
                    .as("too soon")
                    .isFalse();
            assertThat(authorizer.renewAfterRefusal(TARGET, "Basic t2"))
                    .as("none of ours")
                    .isFalse();
            assertThat(client.asked()).hasSize(2);
        }

        @Test
        void failsWithTheReason() {
            client.answerWith(asked -> INVALID_GRANT);
            Authorizer authorizer = clientCredentials(SETTINGS);

            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> authorizer.authorization(TARGET))
                        .asInstanceOf(type(TokenException.class))
                        .extracting(TokenException::failure)
                        .isEqualTo(INVALID_GRANT);
            }
            assertThat(client.asked()).as("no loop").hasSize(1);
        }

        @Test
        void hidesItsToken() {
            Authorizer authorizer = clientCredentials(SETTINGS);
            authorizer.authorization(TARGET);

            assertThat(authorizer.toString()).doesNotContain("t1");
        }
    }
}
