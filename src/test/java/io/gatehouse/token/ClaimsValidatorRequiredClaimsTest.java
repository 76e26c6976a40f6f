package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token has to say besides. */
class ClaimsValidatorRequiredClaimsTest extends ClaimsValidatorFixture {

    @Nested
    class RequiredClaims {

        @ParameterizedTest
        @CsvSource(
                value = {
                    "absent;false",
                    "null;false",
                    "false;true",
                    "0;true",
                    "\"\";true",
                    "[];true",
                    "{};true",
                    "\"x\";true"
                },
                delimiter = ';',
                quoteCharacter = '\'')
        void haveToBeThereWithAValue(String value, boolean valid) {
            settings.required = Set.of("iss", "exp", "acr");
            claim("acr", value);
            if (valid) {
                assertValid();
            } else {
                assertRefused(CLAIM_MISSING);
            }
        }
    }

    @Nested
    class RequiredValues {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = ';',
                value = {
                    "\"t1\"; true",
                    "\"t2\"; true",
                    "[\"t1\"]; true",
                    "[\"x\",\"t2\"]; true",
                    "[1,\"t2\"]; true",
                    "\"T1\"; false",
                    "\"t1 \"; false",
                    "\"t1 t2\"; false",
                    "\"\"; false",
                    "[]; false",
                    "[\"x\"]; false",
                    "[[\"t1\"]]; false",
                    "1; false",
                    "true; false",
                    "null; false",
                    "{\"t1\":\"t1\"}; false",
                    "absent; false"
                })
        void areTakenAsAStringOrInAnArray(String json, boolean accepted) {
            settings.requiredValues = Map.of("tid", Set.of("t1", "t2"));
            claim("tid", json);

            if (accepted) {
                assertValid();
            } else {
                assertRefused(InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
            }
        }

        @Test
        void areAllAskedFor() {
            settings.requiredValues = Map.of("tid", Set.of("t1"), "token_use", Set.of("access"));
            claim("tid", "\"t1\"");
            claim("token_use", "\"id\"");
            assertRefused(InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);

            claim("token_use", "\"access\"");
            assertValid();
        }
    }
}
