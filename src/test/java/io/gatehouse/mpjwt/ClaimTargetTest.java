package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Provider;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.ClaimValue;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimTargetTest {

    private static final JsonWebToken TOKEN = Tokens.with(
            "\"text\":\"hello\"",
            "\"whole\":42",
            "\"wholeWithZeros\":42.00",
            "\"fraction\":4.2",
            "\"huge\":1e30",
            "\"truth\":true",
            "\"list\":[\"a\",\"b\"]",
            "\"mixed\":[\"a\",1]",
            "\"object\":{\"a\":1}",
            "\"aud\":[\"api\"]");

    private static final Type SET = new TypeLiteral<Set<String>>() {}.getType();

    private static Object read(Type type, String claim) {
        return ClaimTarget.of(type).read(TOKEN, claim);
    }

    @Nested
    class Conversions {

        @Test
        void readScalarsAsStrings() {
            assertThat(read(String.class, "text")).isEqualTo("hello");
            assertThat(read(String.class, "exp")).isEqualTo("1800000300");
            assertThat(read(String.class, "fraction")).isEqualTo("4.2");
            assertThat(read(String.class, "truth")).isEqualTo("true");
            assertThat(read(String.class, "raw_token")).isEqualTo(Tokens.RAW);
        }

        @Test
        void readWholeNumbersAsLongs() {
            assertThat(read(Long.class, "exp")).isEqualTo(1_800_000_300L);
            assertThat(read(long.class, "whole")).isEqualTo(42L);
            assertThat(read(Long.class, "wholeWithZeros")).isEqualTo(42L);
        }

        @Test
        void readBooleans() {
            assertThat(read(Boolean.class, "truth")).isEqualTo(true);
            assertThat(read(boolean.class, "truth")).isEqualTo(true);
        }

        @Test
        void readArraysOfStringsAndLoneScalarsAsSets() {
            assertThat(read(SET, "list")).isEqualTo(Set.of("a", "b"));
            assertThat(read(SET, "aud")).isEqualTo(Set.of("api"));
            assertThat(read(SET, "text")).isEqualTo(Set.of("hello"));
        }

        @Test
        void readEverythingAsItsJsonValue() {
            assertThat(((JsonString) read(JsonString.class, "raw_token")).getString())
                    .isEqualTo(Tokens.RAW);
            assertThat(((JsonNumber) read(JsonNumber.class, "exp")).longValueExact())
                    .isEqualTo(1_800_000_300L);
            assertThat(((JsonNumber) read(JsonNumber.class, "fraction")).doubleValue())
                    .isEqualTo(4.2);
            assertThat((JsonArray) read(JsonArray.class, "aud")).hasToString("[\"api\"]");
            assertThat((JsonArray) read(JsonArray.class, "mixed")).hasToString("[\"a\",1]");
            assertThat((JsonObject) read(JsonObject.class, "object")).hasToString("{\"a\":1}");
            assertThat(read(JsonValue.class, "truth")).isSameAs(JsonValue.TRUE);
        }

        @Test
        void treatAClaimOfAnUnfitTypeAsAbsent() {
            assertThat(read(String.class, "object")).isNull();
            assertThat(read(Long.class, "fraction")).isNull();
            assertThat(read(Long.class, "huge")).isNull();
            assertThat(read(Long.class, "text")).isNull();
            assertThat(read(Boolean.class, "text")).isNull();
            assertThat(read(SET, "mixed")).isNull();
            assertThat(read(SET, "object")).isNull();
            assertThat(read(JsonString.class, "whole")).isNull();
            assertThat(read(JsonObject.class, "list")).isNull();
        }
    }

    @Nested
    class Wrappers {

        @Test
        void makeAnOptionalOfAClaimThatMayBeAbsent() {
            Type optional = new TypeLiteral<Optional<Long>>() {}.getType();

            assertThat(read(optional, "whole")).isEqualTo(Optional.of(42L));
            assertThat(read(optional, "absent")).isEqualTo(Optional.empty());
            assertThat(read(optional, "text")).isEqualTo(Optional.empty());
        }

        @Test
        void makeAClaimValueThatKnowsItsName() {
            ClaimValue<?> value = (ClaimValue<?>) read(new TypeLiteral<ClaimValue<Set<String>>>() {}.getType(), "aud");

            assertThat(value.getName()).isEqualTo("aud");
            assertThat(value.getValue()).isEqualTo(Set.of("api"));
            assertThat(value).hasToString("ClaimValue[aud]");
        }

        @Test
        void makeAClaimValueOfAnOptional() {
            Type type = new TypeLiteral<ClaimValue<Optional<String>>>() {}.getType();

            assertThat(((ClaimValue<?>) read(type, "absent")).getValue()).isEqualTo(Optional.empty());
        }

        @Test
        void giveARawClaimValueWhateverTheTokenGives() {
            assertThat(((ClaimValue<?>) read(ClaimValue.class, "exp")).getValue())
                    .isEqualTo(1_800_000_300L);
            assertThat(((ClaimValue<?>) read(new TypeLiteral<ClaimValue<Object>>() {}.getType(), "text")).getValue())
                    .isEqualTo("hello");
        }
    }

    static List<Type> unknownTypes() {
        return List.of(
                Integer.class,
                double.class,
                Object.class,
                Set.class,
                Optional.class,
                new TypeLiteral<Set<Long>>() {}.getType(),
                new TypeLiteral<List<String>>() {}.getType(),
                new TypeLiteral<Map<String, String>>() {}.getType(),
                new TypeLiteral<Optional<Object>>() {}.getType(),
                new TypeLiteral<Optional<Optional<String>>>() {}.getType(),
                new TypeLiteral<Optional<ClaimValue<String>>>() {}.getType(),
                new TypeLiteral<ClaimValue<?>>() {}.getType(),
                new TypeLiteral<ClaimValue<ClaimValue<String>>>() {}.getType(),
                new TypeLiteral<Provider<String>>() {}.getType());
    }

    @ParameterizedTest
    @MethodSource("unknownTypes")
    void knowsNoTypeThatMicroProfileDoesNotName(Type type) {
        assertThat(ClaimTarget.of(type)).isNull();
    }
}
