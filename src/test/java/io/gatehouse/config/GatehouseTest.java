package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rooms put together as an application gets them. */
class GatehouseTest {

    private static Gatehouse gatehouse(TestProperties properties) {
        return new Gatehouse(properties.with(ISSUER, TestTokens.ISSUER).read(), TestTokens.CLOCK);
    }

    @Test
    void validatesTheTokensOfItsIssuerAndMapsTheirRoles() {
        try (Gatehouse gatehouse = gatehouse(TestProperties.valid())) {
            TokenValidationResult result = gatehouse
                    .tokenValidator()
                    .validate(AccessToken.of(TestTokens.valid().compact()));

            assertThat(result).isInstanceOfSatisfying(TokenValidationResult.Valid.class, valid -> assertThat(
                            gatehouse.callerRoles(List::of).roles(valid.token()))
                    .isEqualTo(Set.of("user", "clerk")));
        }
    }

    @Test
    void startsAlthoughTheIssuerIsOutOfReachAndSaysSoAboutTokens() {
        // Port 9 is "discard": nobody listens there, and if somebody did, he would not answer.
        try (Gatehouse gatehouse = gatehouse(TestProperties.withKeysAt("http://127.0.0.1:9/jwks"))) {
            TokenValidator validator = gatehouse.tokenValidator();

            assertThat(validator.validate(AccessToken.of(TestTokens.valid().compact())))
                    .isInstanceOf(TokenValidationResult.Unavailable.class);
            assertThat(validator.validate(
                            AccessToken.of(TestTokens.valid().claim("exp", "1").compact())))
                    .isInstanceOf(TokenValidationResult.Invalid.class);
        }
    }

    @Test
    void trustsTheKeysThatAreInADirectoryNow(@TempDir Path folder) throws IOException {
        MutableClock clock = new MutableClock();
        Path file = Files.writeString(folder.resolve("old.pem"), TestKeys.pem(TestKeys.OTHER_RSA.getPublic()));
        GatehouseConfig config = TestProperties.withKeysAt(folder.toString())
                .with(ISSUER, TestTokens.ISSUER)
                .read();
        try (Gatehouse gatehouse = new Gatehouse(config, clock)) {
            AccessToken token = AccessToken.of(TestTokens.valid().compact());
            assertThat(gatehouse.tokenValidator().validate(token)).isInstanceOf(TokenValidationResult.Invalid.class);

            Files.writeString(folder.resolve("new.pem"), TestKeys.pem(TestKeys.RSA.getPublic()));
            Files.delete(file);
            clock.advance(Duration.ofSeconds(1));
            assertThat(gatehouse.tokenValidator().validate(token)).isInstanceOf(TokenValidationResult.Valid.class);

            Files.delete(folder.resolve("new.pem"));
            clock.advance(Duration.ofSeconds(1));
            assertThat(gatehouse.tokenValidator().validate(token))
                    .isInstanceOf(TokenValidationResult.Unavailable.class);
        }
    }

    @Test
    void isNoVerdictAfterItWasClosed() {
        Gatehouse gatehouse = gatehouse(TestProperties.withKeysAt("http://127.0.0.1:9/jwks"));
        gatehouse.close();

        assertThat(gatehouse
                        .tokenValidator()
                        .validate(AccessToken.of(TestTokens.valid().compact())))
                .isInstanceOf(TokenValidationResult.Unavailable.class);
    }
}
