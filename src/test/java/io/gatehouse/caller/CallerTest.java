package io.gatehouse.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    /** With these claims instead of the usual ones of the same name; apostrophes stand for quotes. */
    private static Caller caller(String members) {
        Map<String, Object> claims = TestJson.parse(TestJson.object(TestTokens.validClaims()));
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.putAll(TestJson.parse("{" + members.replace('\'', '"') + "}"));
        return Caller.of(TestTokens.validatedMembers(all), "alice@example.com", Set.of("user"));
    }

    @Nested
    class WhoIsNobody {

        @Test
        void answersEverythingWithNothing() {
            Caller nobody = Caller.anonymous();

            assertThat(nobody.isAuthenticated()).isFalse();
            assertThat(nobody.name()).isEmpty();
            assertThat(nobody.displayName()).isEmpty();
            assertThat(nobody.identifier()).isEmpty();
            assertThat(nobody.issuerName()).isEmpty();
            assertThat(nobody.clientId()).isEmpty();
            assertThat(nobody.isClient()).isFalse();
            assertThat(nobody.isUser()).isFalse();
            assertThat(nobody.roles()).isEmpty();
            assertThat(nobody.scopes()).isEmpty();
            assertThat(nobody.acr()).isEmpty();
            assertThat(nobody.authenticatedAt()).isEmpty();
            assertThat(nobody.claim("sub", Object.class)).isEmpty();
            assertThat(nobody.strings("groups")).isEmpty();
            assertThat(nobody.integer("exp")).isEmpty();
            assertThat(nobody.flag("a")).isFalse();
            assertThat(nobody).hasToString("Caller[anonymous]");
        }
    }

    @Nested
    class WhoCameWithoutAToken {

        @Test
        void hasANameAndRoles() {
            Caller caller = Caller.withoutToken("bob", Set.of("user"));

            assertThat(caller.isAuthenticated()).isTrue();
            assertThat(caller.name()).isEqualTo("bob");
            assertThat(caller.displayName()).isEqualTo("bob");
            assertThat(caller.identifier()).isEqualTo("bob");
            assertThat(caller.issuerName()).isEmpty();
            assertThat(caller.roles()).containsExactly("user");
            assertThat(caller.isClient()).isFalse();
            assertThat(caller.isUser()).isFalse();
        }
    }

    @Nested
    class WhoCameWithAToken {

        @Test
        void hasTheNameThatTheApplicationKnowsAndWhatTheTokenSays() {
            Caller caller = caller("'name':'Alice','acr':'urn:mfa','auth_time':1700000000,'azp':'web'");

            assertThat(caller.isAuthenticated()).isTrue();
            assertThat(caller.name()).isEqualTo("alice@example.com");
            assertThat(caller.displayName()).isEqualTo("Alice");
            assertThat(caller.identifier()).isEqualTo("24400320");
            assertThat(caller.issuerName()).contains("default");
            assertThat(caller.clientId()).contains("web");
            assertThat(caller.acr()).contains("urn:mfa");
            assertThat(caller.authenticatedAt()).contains(Instant.ofEpochSecond(1700000000));
            assertThat(caller).hasToString("Caller[authenticated]");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'name':''|alice@example.com|24400320",
                    "'name':1|alice@example.com|24400320",
                    "'name':null|alice@example.com|24400320",
                    "'oid':'o-1'|alice@example.com|o-1",
                    "'oid':' ','name':'A'|A|24400320",
                    "'oid':['o'],'sub':'s'|alice@example.com|s"
                },
                quoteCharacter = '`')
        void isShownAndKeptByName(String claims, String displayName, String identifier) {
            assertThat(caller(claims).displayName()).isEqualTo(displayName);
            assertThat(caller(claims).identifier()).isEqualTo(identifier);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'scope':'read write'|read,write",
                    "'scope':['read','write']|read,write",
                    "'scp':'read'|read",
                    "'scp':['a b'],'scope':'c'|c,a,b",
                    "'scope':'  '|",
                    "'scope':1|",
                    "'scope':{'a':1}|"
                },
                quoteCharacter = '`')
        void hasScopes(String claims, String scopes) {
            assertThat(caller(claims).scopes()).containsExactly(scopes == null ? new String[0] : scopes.split(","));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'auth_time':'1700000000'", "'auth_time':null", "'auth_time':1e300", "'acr':1,'azp':2"})
        void hasNoneOfWhatIsOfTheWrongType(String claims) {
            assertThat(caller(claims).authenticatedAt()).isEmpty();
            assertThat(caller(claims).acr()).isEmpty();
            assertThat(caller(claims).clientId()).isEmpty();
        }
    }

    @Nested
    class IsAClient {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'idtyp':'app'",
                    "'gty':'client-credentials'",
                    "'sub':'robot','client_id':'robot'",
                    "'sub':'robot','azp':'robot'",
                    "'sub':'robot','cid':'robot','scp':['read']",
                    "'sub':'robot@clients','azp':'robot'",
                    "'sub':'f3a1','azp':'Robot','preferred_username':'service-account-robot'",
                    "'sub':'o-1','oid':'o-1','appid':'a-1','roles':['Daemons']"
                })
        void whereTheTokenSaysSo(String claims) {
            assertThat(caller(claims).isClient()).isTrue();
            assertThat(caller(claims).isUser()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'azp':'web'",
                    "'sub':'alice','azp':'web'",
                    "'idtyp':'user','sub':'o-1','oid':'o-1','azp':'web'",
                    "'sub':'o-1','oid':'o-1','azp':'web','scp':'read'",
                    "'sub':'o-1','oid':'o-1'",
                    "'preferred_username':'service-account-robot'",
                    "'preferred_username':'service-account-robot','azp':'web'",
                    "'idtyp':['app']"
                })
        void andNotWhereItLacksSomething(String claims) {
            assertThat(caller(claims).isClient()).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'name':'Alice'|true",
                    "'idtyp':'user'|true",
                    "'auth_time':1|true",
                    "'email':'a@example.com'|true",
                    "'scope':'read'|false",
                    "'azp':'web'|false"
                },
                quoteCharacter = '`')
        void orAUserWhereItTellsOfAPerson(String claims, boolean user) {
            assertThat(caller(claims).isUser()).isEqualTo(user);
        }
    }

    @Nested
    class Claims {

        private final Caller caller =
                caller("'realm_access':{'roles':['a','b'],'n':7},'a.b':'dotted','a':{'b':'nested'},"
                        + "'list':[{'x':['1']},{'x':['2','3']},{'y':1}],'t':true,'whole':1.0,'half':0.5,'big':12345678901234567890,"
                        + "'null':null,'mixed':['a',1],'when':1700000000.5,'text':'7'");

        @Test
        void areFoundByPath() {
            assertThat(caller.strings("realm_access.roles")).containsExactly("a", "b");
            assertThat(caller.integer("realm_access.n")).hasValue(7);
            assertThat(caller.string("a.b")).contains("dotted");
            assertThat(caller.strings("a.b")).containsExactly("dotted");
            assertThat(caller.strings("list[].x")).containsExactly("1", "2", "3");
            assertThat(caller.claim("realm_access", Map.class)).isPresent();
            assertThat(caller.claim("realm_access.roles", List.class)).contains(List.of("a", "b"));
        }

        @Test
        void haveTypes() {
            assertThat(caller.flag("t")).isTrue();
            assertThat(caller.claim("t", Boolean.class)).contains(true);
            assertThat(caller.integer("whole")).hasValue(1);
            assertThat(caller.number("realm_access.n")).contains(BigDecimal.valueOf(7));
            assertThat(caller.number("half")).contains(new BigDecimal("0.5"));
            assertThat(caller.instant("when")).contains(Instant.ofEpochMilli(1700000000500L));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"half", "big", "text", "null", "absent", "list", "list[].x", "realm_access.n.x", "", ".", "t"
                })
        void areAbsentInAnotherType(String path) {
            assertThat(caller.integer(path)).isEmpty();
        }

        @Test
        void areNotGuessed() {
            assertThat(caller.string("realm_access.n")).isEmpty();
            assertThat(caller.string("null")).isEmpty();
            assertThat(caller.claim("null", Object.class)).isEmpty();
            assertThat(caller.strings("mixed")).isEmpty();
            assertThat(caller.strings("realm_access")).isEmpty();
            assertThat(caller.flag("text")).isFalse();
            assertThat(caller.instant("text")).isEmpty();
        }
    }
}
