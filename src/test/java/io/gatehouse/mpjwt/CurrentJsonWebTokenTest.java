package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class CurrentJsonWebTokenTest {

    private final AtomicReference<JsonWebToken> caller = new AtomicReference<>();
    private final JsonWebToken current = new CurrentJsonWebToken(caller::get);

    @Test
    void answersNullToEverythingWhileNobodyIsAuthenticated() {
        assertThat(current.getName()).isNull();
        assertThat(current.getClaimNames()).isNull();
        assertThat(current.getRawToken()).isNull();
        assertThat(current.getGroups()).isNull();
        assertThat(current.getAudience()).isNull();
        assertThat(current.<Object>getClaim("")).isNull();
        assertThat(current.claim(Claims.sub)).isEmpty();
    }

    @Test
    void isLongExpiredWhileNobodyIsAuthenticated() {
        assertThat(current.getExpirationTime()).isZero();
        assertThat(current.getIssuedAtTime()).isZero();
    }

    @Test
    void showsTheTokenOfTheMoment() {
        caller.set(Tokens.with("\"groups\":[\"user\"]"));

        assertThat(current.getName()).isEqualTo("alice");
        assertThat(current.getRawToken()).isEqualTo(Tokens.RAW);
        assertThat(current.getGroups()).containsExactly("user");
        assertThat(current.getClaimNames()).contains("iss");
        assertThat(current.getExpirationTime()).isEqualTo(1_800_000_300L);

        caller.set(null);
        assertThat(current.getName()).isNull();
    }

    @Test
    void showsNothingOfTheTokenInItsText() {
        assertThat(current).hasToString("CurrentJsonWebToken[none]");
        caller.set(Tokens.with());
        assertThat(current).hasToString("CurrentJsonWebToken[present]");
    }
}
