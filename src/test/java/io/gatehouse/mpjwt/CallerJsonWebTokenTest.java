package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerJsonWebTokenTest {

    private static Object claim(String name, String... members) {
        return Tokens.with(members).getClaim(name);
    }

    @Test
    void isNamedAfterTheValidatedCaller() {
        assertThat(Tokens.with("\"preferred_username\":\"bob\"").getName()).isEqualTo("alice");
    }

    @Test
    void showsTheTokenAsItWasPresented() {
        assertThat(Tokens.with().getRawToken()).isEqualTo(Tokens.RAW);
        assertThat(Tokens.with().<String>getClaim(Claims.raw_token)).isEqualTo(Tokens.RAW);
    }

    @Test
    void doesNotLetAClaimPoseAsTheRawToken() {
        assertThat(claim("raw_token", "\"raw_token\":\"other\"")).isEqualTo(Tokens.RAW);
    }

    @Test
    void listsTheClaimsOfTheTokenWithoutTheRawToken() {
        assertThat(Tokens.with("\"shoe\":44").getClaimNames()).containsExactly("iss", "upn", "iat", "exp", "shoe");
    }

    @Test
    void answersNullForAClaimThatIsAbsent() {
        assertThat(claim("aud")).isNull();
        assertThat(Tokens.with().getAudience()).isNull();
        assertThat(Tokens.with().claim("aud")).isEmpty();
        assertThat(claim("")).isNull();
    }

    @Test
    void answersNullForAClaimThatIsJsonNull() {
        assertThat(claim("nickname", "\"nickname\":null")).isNull();
        assertThat(claim("shoe", "\"shoe\":null")).isNull();
    }

    @Nested
    class RegisteredClaims {

        @Test
        void haveTheTypesOfTheClaimsEnum() {
            JsonWebToken token = Tokens.with(
                    "\"sub\":\"24400320\"",
                    "\"auth_time\":1799999000",
                    "\"email_verified\":true",
                    "\"address\":{\"country\":\"Austria\"}");

            assertThat(token.getSubject()).isEqualTo("24400320");
            assertThat(token.getExpirationTime()).isEqualTo(1_800_000_300L);
            assertThat(token.getIssuedAtTime()).isEqualTo(1_799_999_990L);
            assertThat(token.<Long>getClaim(Claims.auth_time)).isEqualTo(1_799_999_000L);
            assertThat(token.<Boolean>getClaim(Claims.email_verified)).isTrue();
            assertThat(token.<JsonObject>getClaim(Claims.address).getString("country"))
                    .isEqualTo("Austria");
        }

        @Test
        void makeASetOfALoneAudience() {
            assertThat(claim("aud", "\"aud\":\"api,other\"")).isEqualTo(Set.of("api,other"));
        }

        @Test
        void makeASetOfSeveralAudiences() {
            assertThat(Tokens.with("\"aud\":[\"a\",\"b\",\"a\"]").getAudience()).containsExactly("a", "b");
        }

        @Test
        void loseTheFractionOfADate() {
            assertThat(claim("auth_time", "\"auth_time\":1799999000.9")).isEqualTo(1_799_999_000L);
        }

        @Test
        void keepADateThatNoLongCanHoldAsANumber() {
            assertThat(claim("updated_at", "\"updated_at\":1e30"))
                    .isInstanceOfSatisfying(JsonNumber.class, number -> assertThat(number.bigDecimalValue())
                            .isEqualByComparingTo("1e30"));
        }

        @Test
        void comeAsCustomClaimsWhereTheEnumContradictsTheRegistration() {
            assertThat(claim("amr", "\"amr\":[\"pwd\"]")).isInstanceOf(JsonArray.class);
            assertThat(claim("cnf", "\"cnf\":{\"jkt\":\"x\"}")).isInstanceOf(JsonObject.class);
            assertThat(claim("auth_time", "\"auth_time\":\"yesterday\"")).isEqualTo("yesterday");
        }

        @Test
        void neverThrowWhereTheIssuerGotATypeWrong() {
            JsonWebToken token = Tokens.with("\"sub\":42", "\"jti\":{}", "\"nickname\":7");

            assertThat(token.getSubject()).isEqualTo("42");
            assertThat(token.getTokenID()).isNull();
            assertThat(token.<String>getClaim(Claims.nickname)).isEqualTo("7");
        }

        /** Which may come from other claims, under other names: so the container sees the caller. */
        @ParameterizedTest
        @ValueSource(strings = {"\"x\":1", "\"groups\":[\"other\"]", "\"groups\":[\"user\",1]", "\"groups\":null"})
        void showTheGroupsThatTheCallerHasHere(String claim) {
            assertThat(Tokens.with(claim).getGroups()).containsExactly("user");
        }

        @Test
        void showTheClaimAsItIsUnderItsName() {
            assertThat(claim("groups", "\"groups\":[\"other\"]")).isEqualTo(Set.of("other"));
            assertThat(claim("groups", "\"groups\":[\"user\",1]")).isInstanceOf(JsonArray.class);
            assertThat(Tokens.with().containsClaim("groups")).isFalse();
        }
    }

    @Nested
    class CustomClaims {

        @Test
        void areStringsBooleansOrJsonValues() {
            assertThat(claim("c", "\"c\":\"text\"")).isEqualTo("text");
            assertThat(claim("c", "\"c\":true")).isEqualTo(true);
            assertThat(claim("c", "\"c\":[1,null]")).hasToString("[1,null]");
            assertThat(claim("c", "\"c\":{\"a\":[true]}")).hasToString("{\"a\":[true]}");
        }

        @Test
        void keepNumbersExactly() {
            assertThat(((JsonNumber) claim("c", "\"c\":9007199254740993")).longValueExact())
                    .isEqualTo(9_007_199_254_740_993L);
            assertThat(((JsonNumber) claim("c", "\"c\":3.141592653589793")).bigDecimalValue())
                    .isEqualTo(new BigDecimal("3.141592653589793"));
        }

        @Test
        void mayBeNamedLikeTheEnumsCatchAll() {
            assertThat(claim("UNKNOWN", "\"UNKNOWN\":\"known\"")).isEqualTo("known");
        }
    }

    @Nested
    class AsAnObject {

        @Test
        void equalsThePrincipalOfTheSameTokenOnly() {
            assertThat(Tokens.with()).isEqualTo(Tokens.with()).hasSameHashCodeAs(Tokens.with());
            assertThat(Tokens.with()).isNotEqualTo(CallerJsonWebToken.of(Tokens.validated("other"), Set.of("user")));
        }

        @Test
        void showsNothingOfTheTokenInItsText() {
            assertThat(Tokens.with()).hasToString("CallerJsonWebToken[issuer=default]");
        }

        @Test
        void cannotBeSerialized() throws Exception {
            try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                assertThatThrownBy(() -> out.writeObject(Tokens.with())).isInstanceOf(NotSerializableException.class);
            }
        }
    }
}
