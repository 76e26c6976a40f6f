package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad tokens on the wire, one of each family of RFC 8725 and of the known forgeries: refused in the same quiet way, also
 * where the door is open, and remembered by nobody.
 */
@ExtendWith(ArquillianExtension.class)
class HostileTokensIT {

    private static final TestKey RSA = TestKey.generate("rsa", "RS256");
    private static final TestKey EC = TestKey.generate("ec", "ES256");
    private static final TestKey ED = TestKey.generate("ed", "EdDSA");
    private static final TestKey FOREIGN = TestKey.generate("foreign", "RS256");
    private static final TestIssuer ISSUER = TestIssuer.start(RSA, EC, ED);

    private static final String MARK = "markOfAStranger";
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"signatures", "headers", "forms", "claims"})
    void refuses(String name, String token) {
        for (String path : List.of("/api/public", "/api/hello")) {
            HttpResponse<String> answer = Caller.bearing(token).get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body())
                    .startsWith("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,")
                    .doesNotContain(MARK);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.headers().map().toString()).doesNotContain(MARK);
        }
    }

    static Stream<Arguments> signatures() {
        TestToken good = ISSUER.token();
        String text = good.text();
        byte[] signature = good.signedBy(EC).key().sign(new byte[0]);
        String publicKey = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(RSA.pair().getPublic().getEncoded());
        return Stream.of(
                arguments("none", good.header("alg", "none").text(new byte[0])),
                arguments("none in another case", good.header("alg", "nOnE").text(new byte[0])),
                arguments("none with a signature", good.header("alg", "none").text()),
                arguments("signature removed", text.substring(0, text.lastIndexOf('.') + 1)),
                arguments("signature and its dot removed", text.substring(0, text.lastIndexOf('.'))),
                arguments(
                        "HMAC under the public key's PEM",
                        good.header("alg", "HS256").text("HmacSHA256", pem(publicKey))),
                arguments(
                        "HMAC under an obvious secret",
                        good.header("alg", "HS256").text("HmacSHA256", bytes("secret"))),
                arguments("HMAC under RS256", good.text("HmacSHA256", pem(publicKey))),
                arguments(
                        "a foreign key",
                        good.signedBy(FOREIGN).header("kid", "rsa").text()),
                arguments(
                        "a foreign key without an id",
                        good.signedBy(FOREIGN).withoutHeader("kid").text()),
                arguments("ECDSA of zeros", good.signedBy(EC).text(new byte[64])),
                arguments("ECDSA one byte short", good.signedBy(EC).text(Arrays.copyOf(signature, 63))),
                arguments("ECDSA over other bytes", good.signedBy(EC).text(signature)),
                arguments("EdDSA of zeros", good.signedBy(ED).text(new byte[64])),
                arguments(
                        "EdDSA with a byte behind",
                        withByteBehind(good.signedBy(ED).text())),
                arguments("RSA with a byte behind", withByteBehind(text)),
                arguments(
                        "RS256 with the key for ES256", good.header("kid", "ec").text()),
                arguments("claims exchanged", exchangeClaims(text, good.claim("groups", List.of("admin")))));
    }

    static Stream<Arguments> headers() {
        TestToken good = ISSUER.token();
        String elsewhere = ISSUER.issuer() + "/elsewhere";
        return Stream.of(
                header("alg", "RS384"),
                header("alg", "PS256"),
                header("alg", "rs256"),
                header("alg", "RS256 "),
                header("alg", ""),
                header("alg", 256),
                header("alg", List.of("RS256")),
                header("alg", JsonValue.NULL),
                header("kid", "../../../dev/null"),
                header("kid", "' UNION SELECT 'x"),
                header("kid", "${jndi:ldap://localhost/" + MARK + "}"),
                header("kid", MARK.repeat(300)),
                header("kid", "a\r\nSet-Cookie: a=" + MARK),
                header("kid", List.of("rsa")),
                header("crit", List.of("exp")),
                header("crit", List.of()),
                header("crit", JsonValue.NULL),
                header("b64", false),
                header("zip", "DEF"),
                header("typ", "logout+jwt"),
                header("typ", "dpop+jwt"),
                header("typ", ""),
                header("typ", 1),
                arguments(
                        "own key",
                        good.signedBy(FOREIGN)
                                .header("jwk", FOREIGN.publicJwk())
                                .text()),
                arguments(
                        "own key's address",
                        good.signedBy(FOREIGN).header("jku", elsewhere).text()),
                arguments(
                        "own certificate's address",
                        good.signedBy(FOREIGN).header("x5u", elsewhere).text()),
                signed("alg twice", "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa\"}", claimsText("")),
                signed("alg twice, escaped", "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}", claimsText("")));
    }

    static Stream<Arguments> forms() {
        String text = ISSUER.token().text();
        String claims = claimsText("");
        int dot = text.indexOf('.');
        return Stream.of(
                arguments("rubbish", MARK + "." + MARK + "." + MARK),
                arguments("one part", MARK),
                arguments("four parts", text + "." + MARK),
                // What somebody has by mistake in his hands: an access key of Authress, and our own public key.
                arguments("an access key", "sc_" + MARK + ".A1b2.acc-" + MARK + ".MC4CAQAwBQYDK2VwBCIEI" + MARK),
                arguments("a key", base64url(RSA.pair().getPublic().getEncoded())),
                arguments("five parts", text + "..a"),
                arguments("seven thousand dots", ".".repeat(7_000)),
                arguments("padding", text + "=="),
                arguments("bits that stand for nothing", withLastBitFlipped(text)),
                arguments("the other alphabet", text.substring(0, dot) + "+/" + text.substring(dot)),
                arguments("a token in a token", compact(HEADER, bytes(text))),
                signed("claims are an array", HEADER, "[" + claims + "]"),
                signed("text behind the claims", HEADER, claims + "x"),
                signed("a comma too many", HEADER, claims.replace("}", ",}")),
                signed("a claim twice", HEADER, claimsText(",\"groups\":[\"user\"]")),
                signed("a claim twice, escaped", HEADER, claimsText(",\"gr\\u006fups\":[\"admin\"]")),
                signed("a mark of byte order", HEADER, "\ufeff" + claims),
                arguments("UTF-16", compact(HEADER, claims.getBytes(StandardCharsets.UTF_16))),
                arguments(
                        "half a character", compact(HEADER, claims.getBytes(StandardCharsets.ISO_8859_1), (byte) 0xC3)),
                signed("a thousand arrays", HEADER, claimsText(",\"x\":" + "[".repeat(1000) + "]".repeat(1000))),
                signed("a number to expand", HEADER, claimsText(",\"x\":1E1000000000")),
                signed("not a number", HEADER, claimsText(",\"x\":NaN")));
    }

    static Stream<Arguments> claims() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                claim("iss", ISSUER.issuer() + "/"),
                claim("iss", ISSUER.issuer().replace("localhost", "LOCALHOST")),
                claim("iss", "https://" + MARK + ".example"),
                claim("iss", List.of(ISSUER.issuer())),
                claim("aud", "test"),
                claim("aud", "tests,x"),
                claim("aud", List.of()),
                claim("aud", List.of(List.of("tests"))),
                claim("aud", JsonValue.NULL),
                claim("exp", now - 1),
                claim("exp", Long.toString(now + 300)),
                claim("exp", -1),
                claim("exp", JsonValue.NULL),
                claim("exp", true),
                claim("nbf", now + 300),
                claim("nbf", "0"),
                claim("iat", now + 300),
                claim("iat", JsonValue.NULL),
                claim("upn", ""),
                claim("upn", " "),
                claim("upn", 7),
                claim("upn", "a\r\nSet-Cookie: a=" + MARK),
                claim("upn", "a\0b"),
                // Open Liberty's name for nobody, in the case it compares with and in another one.
                claim("upn", "UNAUTHENTICATED"),
                claim("upn", "unauthenticated"),
                claim("cnf", Map.of("jkt", MARK)),
                arguments("no exp", ISSUER.token().without("exp").text()),
                arguments("no iss", ISSUER.token().without("iss").text()),
                arguments("no aud", ISSUER.token().without("aud").text()),
                arguments("no iat", ISSUER.token().without("iat").text()),
                arguments("nobody's name", ISSUER.token().without("sub").text()));
    }

    /** Names of roles that look like {@code admin} to somebody who looks carelessly, or mean it to Open Liberty. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "ADMIN",
                " admin",
                "admin ",
                "admin\0",
                "admin,user",
                "adm\u0456n",
                "\u200badmin",
                "ROLE_admin",
                "group:defaultRealm/admin",
                "group:localhost/admin",
                "group:http://localhost/admin",
                "user:defaultRealm/admin",
                "role:admin",
                "EVERYONE",
                "ALL_AUTHENTICATED_USERS"
            })
    void givesNobodyTheRoleForAnotherName(String group) {
        String token = ISSUER.token().claim("groups", List.of("user", group)).text();

        assertThat(Caller.bearing(token).get("/api/admin").statusCode()).isEqualTo(403);
        assertThat(Caller.bearing(token).get("/api/hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"admin\"", "{\"admin\":true}", "[[\"admin\"]]", "[{\"admin\":1}]", "7", "null"})
    void givesNobodyTheRoleForAnotherShape(String groups) {
        String token = compact(HEADER, bytes(claimsText("").replace("[\"user\"]", groups)));

        assertThat(Caller.bearing(token).get("/api/admin").statusCode()).isIn(401, 403);
        assertThat(Caller.bearing(token).get("/api/public").statusCode()).isLessThan(500);
    }

    @Test
    void remembersNothingOfOneCallInTheNext() {
        String user = ISSUER.token().text();
        String admin = ISSUER.token().claim("groups", List.of("admin")).text();

        for (int i = 0; i < 3; i++) {
            assertThat(Caller.bearing(admin).get("/api/admin").statusCode()).isEqualTo(200);
            assertThat(Caller.bearing(user).get("/api/admin").statusCode()).isEqualTo(403);
            assertThat(Caller.nobody().get("/api/admin").statusCode()).isEqualTo(401);
        }
    }

    private static Arguments header(String name, Object value) {
        return arguments("header " + name, ISSUER.token().header(name, value).text());
    }

    private static Arguments claim(String name, Object value) {
        return arguments("claim " + name, ISSUER.token().claim(name, value).text());
    }

    /** Genuinely signed, whatever it is. */
    private static Arguments signed(String name, String header, String claims) {
        return arguments(name, compact(header, bytes(claims)));
    }

    private static String compact(String header, byte[] payload, byte... behind) {
        byte[] whole = Arrays.copyOf(payload, payload.length + behind.length);
        System.arraycopy(behind, 0, whole, payload.length, behind.length);
        String input = base64url(bytes(header)) + '.' + base64url(whole);
        return input + '.' + base64url(RSA.sign(bytes(input)));
    }

    /** Good claims as a JSON text, and more behind them. */
    private static String claimsText(String more) {
        String claims =
                Json.createObjectBuilder(ISSUER.token().claims()).build().toString();
        return claims.substring(0, claims.length() - 1) + more + '}';
    }

    private static String exchangeClaims(String text, TestToken other) {
        String[] parts = text.split("\\.");
        return parts[0] + '.' + other.text().split("\\.")[1] + '.' + parts[2];
    }

    private static String withByteBehind(String text) {
        int dot = text.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
        return text.substring(0, dot + 1) + base64url(Arrays.copyOf(signature, signature.length + 1));
    }

    /** 256 bytes leave the last character four bits that stand for nothing: another text of the same bytes. */
    private static String withLastBitFlipped(String text) {
        int end = text.length() - 1;
        return text.substring(0, end) + (char) (text.charAt(end) + 1);
    }

    private static byte[] pem(String base64) {
        return bytes("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
