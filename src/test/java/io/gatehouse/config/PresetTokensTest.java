package io.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What each preset makes of tokens that look as that server's documentation says they do: those of its callers are
 * taken, with the right names and roles, and what is nearly one of them is not. Only the keys are the test's.
 */
class PresetTokensTest {

    private static final long NOW = TestTokens.NOW.getEpochSecond();

    private final TestProperties properties = TestProperties.none();
    private Gatehouse gatehouse;
    private RecordingServer server;

    @AfterEach
    void close() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** Properties of the issuer, name and value in turn. */
    private PresetTokensTest preset(String name, String... own) {
        set("preset", name);
        for (int i = 0; i < own.length; i += 2) {
            set(own[i], own[i + 1]);
        }
        return this;
    }

    private void set(String ending, String value) {
        properties.with("gatehouse.issuers.x." + ending, value);
    }

    private void withOurKeys() {
        set(
                "public-key",
                TestKeys.jwks(
                        TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID)),
                        TestKeys.jwk(TestKeys.ED25519.getPublic(), "kid", "\"ed\""),
                        TestKeys.jwk(TestKeys.P_256.getPublic(), "kid", "\"ec\"")));
    }

    private void withAnswer(String members) {
        server = RecordingServer.saying(json("'active':true," + members));
        set("introspection.endpoint", server.uri("/introspect").toString());
    }

    private static String json(String members) {
        return "{" + members.replace('\'', '"') + "}";
    }

    /** A JWT of RS256 that is good for five minutes, with these further claims. */
    private static String jwt(String claims) {
        return token(claims).compact();
    }

    private static TestTokens token(String claims) {
        String times = ",'iat':" + (NOW - 10) + ",'nbf':" + (NOW - 10) + ",'exp':" + (NOW + 300);
        return TestTokens.valid().payload(json(claims + times).getBytes(UTF_8));
    }

    /** {@code name [role, role]} for a caller who is let in, or else the reason. */
    private String verdict(String token) {
        if (gatehouse == null) {
            gatehouse = new Gatehouse(properties.read(), TestTokens.CLOCK);
        }
        return gatehouse
                .tokenValidator()
                .validate(AccessToken.of(token))
                .match(
                        valid -> caller(valid.token()),
                        invalid -> invalid.reason().name(),
                        TokenValidationResult::toString);
    }

    private String caller(ValidatedToken token) {
        return token.callerName() + " " + new TreeSet<>(gatehouse.roleMapper().roles(token));
    }

    private void assertAccepts(String claims, String caller) {
        assertThat(verdict(jwt(claims))).isEqualTo(caller);
    }

    private void assertRefuses(String claims, InvalidTokenReason reason) {
        assertThat(verdict(jwt(claims))).isEqualTo(reason.name());
    }

    /** Without the claim of this name. Arrays and objects here hold nothing that is nested. */
    private static String without(String claims, String name) {
        return Pattern.compile("(?:[^,\\[{]|\\[[^]]*]|\\{[^}]*})+")
                .matcher(claims)
                .results()
                .map(MatchResult::group)
                .filter(claim -> !claim.startsWith("'" + name + "':"))
                .collect(Collectors.joining(","));
    }

    private static String with(String claims, String name, String value) {
        return without(claims, name) + ",'" + name + "':" + value;
    }

    @Nested
    class Keycloak {

        private static final String TOKEN =
                "'iss':'https://k.example/realms/a','aud':['orders-api','account'],'sub':'f:1',"
                        + "'typ':'Bearer','azp':'shop','acr':'1','realm_access':{'roles':['user']},"
                        + "'resource_access':{'orders.api':{'roles':['clerk']}},'resource_access.account':1,"
                        + "'scope':'profile email','preferred_username':'alice'";

        private void configure() {
            preset(
                    "keycloak",
                    "issuer",
                    "https://k.example/realms/a",
                    "audiences",
                    "orders-api",
                    "preset.client",
                    "orders.api");
            withOurKeys();
        }

        @Test
        void letsUsersAndServiceAccountsIn() {
            configure();

            assertAccepts(TOKEN, "alice [clerk, user]");
            assertAccepts(with(TOKEN, "aud", "'orders-api'"), "alice [clerk, user]");
            assertAccepts(
                    with(TOKEN, "preferred_username", "'service-account-shop'"), "service-account-shop [clerk, user]");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();

            assertRefuses(with(TOKEN, "iss", "'https://k.example/realms/b'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "aud", "'account'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(without(TOKEN, "aud"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "typ", "'ID'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "typ", "'Refresh'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "cnf", "{'jkt':'x'}"), InvalidTokenReason.SENDER_CONSTRAINED);
        }

        @Test
        void readsAnswersAboutOpaqueTokensAsWell() {
            configure();
            set("introspection.client-id", "rs");
            set("introspection.client-secret", "s3cret");
            withAnswer("'iss':'https://k.example/realms/a','aud':'orders-api','username':'alice','token_type':'Bearer',"
                    + "'typ':'Bearer','realm_access':{'roles':['user']}");

            assertThat(verdict("opaque")).isEqualTo("alice [user]");
        }
    }

    @Nested
    class Entra {

        private static final String V1 = "'iss':'https://sts.windows.net/t1/','aud':'api://c1','ver':'1.0','tid':'t1',"
                + "'appid':'shop','oid':'o1','sub':'s1','name':'Alice','upn':'alice@example.com','scp':'orders.read',"
                + "'roles':['Clerk']";
        private static final String V2 = "'iss':'https://login.microsoftonline.com/t1/v2.0','aud':'c1','ver':'2.0',"
                + "'tid':'t1','azp':'shop','oid':'o1','sub':'s1','name':'Alice','preferred_username':'alice@example.com',"
                + "'scp':'orders.read','roles':['Clerk'],'groups':['g1']";
        private static final String DAEMON = "'iss':'https://login.microsoftonline.com/t1/v2.0','aud':'c1','ver':'2.0',"
                + "'tid':'t1','azp':'daemon','oid':'o2','sub':'o2','roles':['Daemon']";
        private static final String ID_TOKEN =
                "'iss':'https://login.microsoftonline.com/t1/v2.0','aud':'c1','ver':'2.0',"
                        + "'tid':'t1','oid':'o1','sub':'s1','name':'Alice','nonce':'n','rh':'r','uti':'u','roles':['Clerk']";

        private void configure() {
            preset("entra", "preset.tenant", "t1", "preset.client", "c1");
            withOurKeys();
        }

        @Test
        void letsUsersInByTokensOfBothVersions() {
            configure();

            assertAccepts(V1, "o1 [Clerk]");
            assertAccepts(V2, "o1 [Clerk, g1]");
        }

        @Test
        void letsApplicationsInThatSayWhatTheyAre() {
            configure();

            assertAccepts(DAEMON, "o2 [Daemon]");
            assertAccepts(with(with(DAEMON, "idtyp", "'app'"), "sub", "'s2'"), "o2 [Daemon]");
            assertAccepts(
                    "'iss':'https://sts.windows.net/t1/','aud':'api://c1','ver':'1.0','tid':'t1','appid':'daemon',"
                            + "'appidacr':'1','oid':'o2','sub':'o2','roles':['Daemon']",
                    "o2 [Daemon]");
        }

        @Test
        void refusesIdTokens() {
            configure();

            assertRefuses(ID_TOKEN, InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(ID_TOKEN, "idtyp", "'user'"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(ID_TOKEN, "azp", "'shop'"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(ID_TOKEN, "at_hash", "'h'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }

        @Test
        void refusesOtherTenantsAndClients() {
            configure();

            assertRefuses(with(V1, "iss", "'https://sts.windows.net/t2/'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(V1, "iss", "'https://sts.windows.net/t1'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(
                    with(V2, "iss", "'https://login.microsoftonline.com/t2/v2.0'"),
                    InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(V2, "tid", "'t2'"), InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
            assertRefuses(without(V2, "tid"), InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
            assertRefuses(with(V2, "aud", "'c2'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(
                    with(V2, "aud", "'00000003-0000-0000-c000-000000000000'"),
                    InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(without(V2, "scp"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(without(V2, "oid"), InvalidTokenReason.CALLER_NOT_NAMED);
        }
    }

    @Nested
    class Auth0 {

        private static final String TOKEN = "'iss':'https://acme.eu.auth0.com/','sub':'auth0|1',"
                + "'aud':['https://orders.example','https://acme.eu.auth0.com/userinfo'],'azp':'spa','scope':'openid read:x',"
                + "'permissions':['read:x'],'https://example.com/roles':['clerk']";

        private void configure() {
            preset("auth0", "preset.domain", "acme.eu.auth0.com", "audiences", "https://orders.example");
            set("preset.roles", "https://example.com/roles");
            withOurKeys();
        }

        @Test
        void letsUsersAndMachinesIn() {
            configure();

            assertAccepts(TOKEN, "auth0|1 [clerk, read:x]");
            assertAccepts(
                    "'iss':'https://acme.eu.auth0.com/','sub':'m2m@clients','aud':'https://orders.example',"
                            + "'azp':'m2m','gty':'client-credentials','permissions':['read:x']",
                    "m2m@clients [read:x]");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();

            assertRefuses(with(TOKEN, "iss", "'https://acme.eu.auth0.com'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "iss", "'https://evil.eu.auth0.com/'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "aud", "'spa'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "at_hash", "'h'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }
    }

    @Nested
    class Okta {

        private static final String TOKEN = "'ver':1,'jti':'AT.1','iss':'https://acme.okta.com/oauth2/default',"
                + "'aud':'api://default','cid':'shop','uid':'00u1','scp':['openid','orders'],'auth_time':1,"
                + "'sub':'alice@example.com','groups':['Everyone','clerk']";

        private void configure() {
            preset("okta", "preset.domain", "acme.okta.com", "audiences", "api://default");
            withOurKeys();
        }

        @Test
        void letsUsersAndMachinesIn() {
            configure();

            assertAccepts(TOKEN, "alice@example.com [Everyone, clerk]");
            assertAccepts(with(without(without(TOKEN, "uid"), "groups"), "sub", "'shop'"), "shop []");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();

            assertRefuses(with(TOKEN, "iss", "'https://acme.okta.com'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(
                    with(TOKEN, "iss", "'https://acme.okta.com/oauth2/aus1'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(without(TOKEN, "scp"), "aud", "'shop'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "at_hash", "'h'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }
    }

    @Nested
    class Cognito {

        private static final String ISSUER = "'iss':'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_P',";
        private static final String TOKEN =
                ISSUER + "'sub':'u1','cognito:groups':['clerk'],'version':2,'client_id':'c1',"
                        + "'token_use':'access','scope':'openid','auth_time':1,'username':'alice','jti':'j'";
        private static final String ID_TOKEN = ISSUER + "'sub':'u1','cognito:groups':['clerk'],'aud':'c1',"
                + "'token_use':'id','auth_time':1,'cognito:username':'alice','email':'a@example.com'";

        private void configure() {
            preset("cognito", "preset.region", "eu-west-1", "preset.user-pool", "eu-west-1_P", "preset.client", "c1");
            withOurKeys();
        }

        @Test
        void letsUsersAndMachinesIn() {
            configure();

            assertAccepts(TOKEN, "alice [clerk]");
            assertAccepts(
                    ISSUER + "'sub':'c1','client_id':'c1','token_use':'access','scope':'orders/read','version':2",
                    "c1 []");
        }

        @Test
        void refusesIdTokens() {
            configure();

            assertRefuses(ID_TOKEN, InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(ID_TOKEN, "client_id", "'c1'"), InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
            assertRefuses(with(ID_TOKEN, "at_hash", "'h'"), InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }

        @Test
        void refusesOtherPoolsAndClients() {
            configure();

            assertRefuses(
                    with(TOKEN, "iss", "'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Q'"),
                    InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "client_id", "'c2'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(without(TOKEN, "token_use"), InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED);
        }
    }

    @Nested
    class Google {

        private static final String TOKEN = "'iss':'https://accounts.google.com','azp':'c1','aud':'c1','sub':'1017',"
                + "'at_hash':'h','hd':'example.com','email':'alice@example.com','email_verified':true";

        private void configure() {
            preset("google", "preset.client", "c1");
            withOurKeys();
        }

        @Test
        void letsPeopleAndServiceAccountsInByIdTokensOfBothSpellings() {
            configure();

            assertAccepts(TOKEN, "1017 [example.com]");
            assertAccepts(with(TOKEN, "iss", "'accounts.google.com'"), "1017 [example.com]");
            assertAccepts(
                    "'iss':'https://accounts.google.com','azp':'1099','aud':'c1','sub':'1099',"
                            + "'email':'job@project.iam.gserviceaccount.com','email_verified':true",
                    "1099 []");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();

            assertRefuses(with(TOKEN, "aud", "'c2'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(TOKEN, "iss", "'https://accounts.google.com/'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "iss", "'http://accounts.google.com'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(TOKEN, "sub", "1017"), InvalidTokenReason.CALLER_NOT_NAMED);
        }
    }

    @Nested
    class Authress {

        private static final String USER =
                "'iss':'https://login.acme.com','sub':'google|1','aud':['https://acme.accounts.authress.io'],'scope':'openid'";
        private static final String CLIENT =
                "'iss':'https://login.acme.com/v1/clients/sc_1','sub':'sc_1','aud':'https://acme.accounts.authress.io'";

        private void configure() {
            preset("authress", "preset.domain", "login.acme.com", "preset.account", "acme");
            set("audiences", "https://acme.accounts.authress.io");
            withOurKeys();
        }

        private String signed(String claims) {
            return verdict(token(claims)
                    .header("kid", "\"ed\"")
                    .algorithm(SignatureAlgorithm.EDDSA)
                    .compact());
        }

        @Test
        void letsUsersAndServiceClientsInByEveryNameOfTheServer() {
            configure();

            assertThat(signed(USER)).isEqualTo("google|1 []");
            assertThat(signed(CLIENT)).isEqualTo("sc_1 []");
            assertThat(signed(with(USER, "iss", "'https://acme.login.authress.io'")))
                    .isEqualTo("google|1 []");
            assertThat(signed(with(USER, "iss", "'https://acme.api.authress.io'")))
                    .isEqualTo("google|1 []");
            assertThat(signed(with(CLIENT, "iss", "'https://acme.api.authress.io/v1/clients/sc_1'")))
                    .isEqualTo("sc_1 []");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();
            String notTrusted = InvalidTokenReason.ISSUER_NOT_TRUSTED.name();

            assertThat(signed(with(CLIENT, "sub", "'sc_2'"))).isEqualTo(notTrusted);
            assertThat(signed(with(CLIENT, "iss", "'https://login.acme.com/v1/clients/'")))
                    .isEqualTo(notTrusted);
            assertThat(signed(with(CLIENT, "iss", "'https://login.acme.com/v1/clients/sc_1/'")))
                    .isEqualTo(notTrusted);
            assertThat(signed(with(USER, "iss", "'https://login.acme.com/'"))).isEqualTo(notTrusted);
            assertThat(signed(with(USER, "iss", "'https://evil.login.authress.io'")))
                    .isEqualTo(notTrusted);
            assertThat(signed(with(USER, "aud", "'https://evil.accounts.authress.io'")))
                    .isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
            assertThat(verdict(token(USER)
                            .header("kid", "\"ec\"")
                            .algorithm(SignatureAlgorithm.ES256)
                            .compact()))
                    .isEqualTo(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED.name());
            assertThat(verdict("sc_1.key.acc_1.c2VjcmV0")).isEqualTo(InvalidTokenReason.MALFORMED.name());
        }
    }

    @Nested
    class Mesh {

        private static final String V1 = "'iss':'https://sts.windows.net/t1/','aud':'api://mesh','ver':'1.0',"
                + "'appid':'client','oid':'o1','sub':'s1','name':'Alice','scp':'access_as_user','roles':['Users']";
        private static final String DAEMON =
                "'iss':'https://login.microsoftonline.com/t1/v2.0','aud':'mesh','ver':'2.0',"
                        + "'azp':'daemon','oid':'o2','sub':'o2','roles':['Daemons']";

        private void configure() {
            preset("mesh", "preset.tenant", "t1", "preset.scope", "access_as_user", "audiences", "mesh,api://mesh");
            withOurKeys();
        }

        @Test
        void letsUsersWithTheScopeAndDaemonsIn() {
            configure();

            assertAccepts(V1, "o1 [Users]");
            assertAccepts(
                    "'iss':'https://login.microsoftonline.com/t1/v2.0','aud':'mesh','ver':'2.0','azp':'client',"
                            + "'oid':'o1','sub':'s1','name':'Alice','scp':'access_as_user','roles':['Users','Admins']",
                    "o1 [Admins, Users]");
            assertAccepts(with(without(V1, "scp"), "scope", "'access_as_user'"), "o1 [Users]");
            assertAccepts(DAEMON, "o2 [Daemons]");
        }

        @Test
        void refusesWhatIsNearlyOneOfThem() {
            configure();

            assertRefuses(without(V1, "scp"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(V1, "scp", "'access'"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(DAEMON, "sub", "'s2'"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(without(DAEMON, "azp"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(DAEMON, "idtyp", "'user'"), InvalidTokenReason.SCOPE_MISSING);
            assertRefuses(with(V1, "iss", "'https://sts.windows.net/t2/'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(with(V1, "iss", "'https://sts.windows.net/t1'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
            assertRefuses(without(V1, "sub"), InvalidTokenReason.CLAIM_MISSING);
            assertRefuses(without(V1, "oid"), InvalidTokenReason.CALLER_NOT_NAMED);
            assertThat(verdict(token(V1)
                            .header("kid", "\"ec\"")
                            .algorithm(SignatureAlgorithm.ES256)
                            .compact()))
                    .isEqualTo(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED.name());
        }
    }

    @Nested
    class Kernel {

        private static final String MEMBERS = "'iss':'https://auth.kernel.example','aud':'orders-api','sub':'u1',"
                + "'client_id':'app','scope':'openid orders','purpose':'fraud-prevention','acr':'2','jti':'j',"
                + "'activated_roles':['user'],'authentication_context':["
                + "{'identifier':'+34','type':'phone_number','activated_roles':['owner']},"
                + "{'identifier':'x','type':'uid','activated_roles':['admin','user']}]";
        private static final String ROLES =
                "[admin, owner, purpose:fraud-prevention, scope:openid, scope:orders, user]";

        private void configure() {
            preset("kernel", "issuer", "https://auth.kernel.example", "audiences", "orders-api");
            withOurKeys();
        }

        @Test
        void letsCallersInByJwts() {
            configure();

            assertAccepts(MEMBERS, "u1 " + ROLES);
            assertRefuses(with(MEMBERS, "aud", "'another'"), InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
            assertRefuses(with(MEMBERS, "iss", "'https://kernel.example'"), InvalidTokenReason.ISSUER_NOT_TRUSTED);
        }

        @Test
        void letsCallersInByAnswers() {
            configure();
            set("introspection.client-id", "rs");
            set("introspection.client-secret", "s3cret");
            withAnswer(MEMBERS);

            assertThat(verdict("opaque")).isEqualTo("u1 " + ROLES);
        }

        @Test
        void refusesAnswersAboutTokensForOthers() {
            configure();
            set("introspection.client-id", "rs");
            set("introspection.client-secret", "s3cret");
            withAnswer(with(MEMBERS, "aud", "'another'"));

            assertThat(verdict("opaque")).isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
        }
    }

    @Nested
    class Globus {

        private static final String ANSWER = "'scope':'urn:globus:auth:scope:orders:all','sub':'i1','username':"
                + "'alice@globusid.org','client_id':'cli','aud':['c1','cli'],'iss':'https://auth.globus.org',"
                + "'token_type':'Bearer','exp':" + (NOW + 60) + ",'iat':" + (NOW - 60) + ",'nbf':" + (NOW - 60)
                + ",'identity_set':['i1','i2'],'email':null,'name':null";

        private String verdictWith(String answer) {
            preset("globus", "preset.client", "c1", "introspection.client-secret", "s3cret");
            set("required-scopes", "urn:globus:auth:scope:orders:all");
            withAnswer(answer);
            return verdict("opaque");
        }

        @Test
        void letsCallersInWithTheirIdentities() {
            assertThat(verdictWith(ANSWER))
                    .isEqualTo("i1 [urn:globus:auth:identity:i1, urn:globus:auth:identity:i2,"
                            + " urn:globus:auth:scope:orders:all]");
            assertThat(server.only().form()).containsEntry("include", List.of("identity_set"));
        }

        @Test
        void refusesTokensForOtherServices() {
            assertThat(verdictWith(with(ANSWER, "aud", "['c2','cli']")))
                    .isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
        }

        @Test
        void refusesTokensWithoutTheScope() {
            assertThat(verdictWith(with(ANSWER, "scope", "'openid'")))
                    .isEqualTo(InvalidTokenReason.SCOPE_MISSING.name());
        }

        @Test
        void refusesAnswersThatDoNotSayWhomTheTokenIsFor() {
            assertThat(verdictWith(without(ANSWER, "aud"))).isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
        }

        @Test
        void refusesAnswersOfAnotherIssuer() {
            assertThat(verdictWith(with(ANSWER, "iss", "'https://auth.globus.example'")))
                    .isEqualTo(InvalidTokenReason.ISSUER_NOT_TRUSTED.name());
        }
    }

    @Nested
    class DjangoOAuthToolkit {

        private String verdictWith(String answer) {
            server = new RecordingServer(request -> Answer.json(answer));
            preset("django-oauth-toolkit", "preset.base", server.uri("/o").toString());
            set("introspection.bearer-token", "t0ken");
            return verdict("opaque");
        }

        @Test
        void letsUsersIn() {
            assertThat(verdictWith(
                            json("'active':true,'scope':'read write','client_id':'shop','username':'alice','exp':"
                                    + (NOW + 60))))
                    .isEqualTo("alice [read, write]");
            assertThat(server.only().target()).isEqualTo("/o/introspect/");
        }

        @Test
        void letsClientsInUnderNamesThatNoUserHas() {
            assertThat(verdictWith(json("'active':true,'scope':'read','client_id':'alice','exp':" + (NOW + 60))))
                    .isEqualTo("client:alice [read]");
        }

        @Test
        void refusesWhatIsExpiredOrNotActive() {
            assertThat(verdictWith(json("'active':true,'scope':'read','client_id':'alice','exp':" + (NOW - 1))))
                    .isEqualTo(InvalidTokenReason.EXPIRED.name());
        }

        @Test
        void refusesWhatIsNotActive() {
            assertThat(verdictWith("{\"active\":false}")).isEqualTo(InvalidTokenReason.NOT_ACTIVE.name());
        }
    }
}
