package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindRuleTest {

    /** Quotes are written as in JavaScript, and nothing else of JSON is in need of them here. */
    private static InvalidTokenReason refusal(KindRule rule, String claims) {
        return rule.refusal(ClaimsSet.of(TestJson.parse("{" + claims.replace('\'', '"') + "}")));
    }

    /** Users need the scope, applications need none if they say what they are: M6 of a system like Mesh. */
    @Nested
    class ThatAsksUsersForAScope {

        private static final KindRule RULE = new KindRule(true, Set.of("api.read"), true, false);

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                quoteCharacter = '`',
                delimiter = ';',
                value = {
                    "a user's token with the scope; 'sub':'s','oid':'o','azp':'c','scp':'api.read'; true",
                    "with the scope among others; 'scp':'openid api.read email'; true",
                    "with the scope in an array; 'scp':['openid','api.read']; true",
                    "with the scope in 'scope'; 'scope':'api.read'; true",
                    "with 'scope' as an array; 'scope':['api.read']; true",
                    "with another scope; 'scp':'api.write'; false",
                    "with a longer scope; 'scp':'api.readall'; false",
                    "with a scope in other letters; 'scp':'API.READ'; false",
                    "with the scope between tabs; 'scp':'x\\tapi.read'; false",
                    "with an empty scope; 'sub':'s','oid':'o','azp':'c','scp':''; false",
                    "with blanks for a scope; 'scp':'  '; false",
                    "with a number for a scope; 'scp':1; false",
                    "with null for a scope; 'scp':null; false",
                    "with an object for a scope; 'scp':{'api.read':true}; false",
                    "a user's token without a scope; 'sub':'s','oid':'o','azp':'c'; false",
                    "without a scope, but with roles; 'sub':'s','oid':'o','roles':['Admins']; false",
                    "nothing at all; ; false",
                    "an application by idtyp; 'idtyp':'app','sub':'o','oid':'o','azp':'c'; true",
                    "by idtyp alone; 'idtyp':'app'; true",
                    "by sub and oid, with azp; 'sub':'o','oid':'o','azp':'c'; true",
                    "by sub and oid, with appid; 'sub':'o','oid':'o','appid':'c'; true",
                    "by sub and oid, with no client; 'sub':'o','oid':'o'; false",
                    "a client, but sub is not oid; 'sub':'s','oid':'o','appid':'c'; false",
                    "a client without oid; 'sub':'s','appid':'c'; false",
                    "a client without sub and oid; 'appid':'c'; false",
                    "a client that is no string; 'sub':'o','oid':'o','appid':1; false",
                    "oid is no string; 'sub':'1','oid':1,'appid':'c'; false",
                    "sub and oid are both null; 'sub':null,'oid':null,'appid':'c'; false",
                    "idtyp says user; 'idtyp':'user','sub':'o','oid':'o','azp':'c'; false",
                    "idtyp says something else; 'idtyp':'device','sub':'o','oid':'o','azp':'c'; false",
                    "idtyp is null; 'idtyp':null,'sub':'o','oid':'o','azp':'c'; false",
                    "idtyp is an array; 'idtyp':['app'],'sub':'o','oid':'o','azp':'c'; false",
                    "idtyp in other letters; 'idtyp':'APP','sub':'o','oid':'o','azp':'c'; false",
                    "an application with another scope; 'idtyp':'app','scp':'api.write'; false",
                    "an application with an empty scope; 'idtyp':'app','scp':''; false",
                    "an application with null for a scope; 'idtyp':'app','scope':null; false",
                    "an application with the scope; 'idtyp':'app','scope':'api.read'; true",
                    "an ID token of Entra 2.0; 'ver':'2.0','sub':'s','oid':'o','aud':'c','nonce':'n'; false"
                })
        void tellsThemApartByWhatTheyAre(String what, String claims, boolean taken) {
            assertThat(refusal(RULE, claims == null ? "" : claims))
                    .isEqualTo(taken ? null : InvalidTokenReason.SCOPE_MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'idtyp':'app','sub':'o','oid':'o','azp':'c'", "'sub':'o','oid':'o','appid':'c'"})
        void takesNoApplicationUnlessThatIsAllowed(String claims) {
            assertThat(refusal(new KindRule(true, Set.of(), false, false), claims))
                    .isEqualTo(InvalidTokenReason.SCOPE_MISSING);
        }
    }

    @ParameterizedTest
    @CsvSource({"'a b', true", "'b c a', true", "a, false", "b, false", "'a bb', false", "'', false"})
    void asksForAllOfTheScopes(String scope, boolean taken) {
        KindRule rule = new KindRule(false, Set.of("a", "b"), false, false);

        assertThat(refusal(rule, "'scope':'" + scope + "'") == null).isEqualTo(taken);
    }

    @Test
    void takesTheScopesOfBothClaimsTogether() {
        KindRule rule = new KindRule(false, Set.of("a", "b"), false, false);

        assertThat(refusal(rule, "'scope':'a','scp':['b']")).isNull();
    }

    @Test
    void isContentWithAnyScopeWhereNoneIsNamed() {
        KindRule rule = new KindRule(true, Set.of(), false, false);

        assertThat(refusal(rule, "'scope':'whatever'")).isNull();
        assertThat(refusal(rule, "'sub':'a'")).isEqualTo(InvalidTokenReason.SCOPE_MISSING);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "'typ':'Bearer'; true; true",
                "'typ':'JWT'; true; true",
                "'typ':1; true; true",
                "'sub':'a','nonce':'n','auth_time':1; true; true",
                "'typ':'ID'; false; true",
                "'at_hash':'x'; false; true",
                "'c_hash':'x'; false; true",
                "'s_hash':'x'; false; true",
                "'at_hash':1; false; true",
                "'at_hash':null; false; true",
                "'typ':'ID','scope':'openid'; false; true",
                "'typ':'Refresh'; false; false",
                "'typ':'Offline'; false; false",
                "'typ':'Logout'; false; false"
            })
    void takesOtherKindsOfTokensForWhatTheyAre(String claims, boolean asAccessToken, boolean whereIdTokensAre) {
        assertThat(refusal(KindRule.accessTokens(), claims))
                .isEqualTo(asAccessToken ? null : InvalidTokenReason.TYPE_NOT_ACCEPTED);
        assertThat(refusal(new KindRule(false, Set.of(), false, true), claims))
                .isEqualTo(whereIdTokensAre ? null : InvalidTokenReason.TYPE_NOT_ACCEPTED);
    }

    @Test
    void asksForNoScopeByDefault() {
        assertThat(refusal(KindRule.accessTokens(), "'sub':'a'")).isNull();
    }
}
