package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same door under other addresses and methods (CVE-2023-4853, CVE-2026-39852 and their kind, elsewhere): whoever lacks
 * the role gets nothing of what is behind it, whichever way the server reads the line.
 */
@ExtendWith(ArquillianExtension.class)
class AddressTricksIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final String USER = ISSUER.token().text();
    private static final String ADMIN =
            ISSUER.token().claim("groups", List.of("admin")).text();

    /** What {@code /api/admin} and {@code /api/denied} say to those who get there. */
    private static final String[] SECRETS = {"At your service", "Nobody may read this"};

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static String bearing(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    @BeforeEach
    void aDoorIsThere() {
        assertThat(Caller.bearing(ADMIN).getUntil("/api/admin", 200).body()).contains("At your service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin",
                "/api/admin;x=y",
                "/api;x=y/admin",
                "/api/admin;",
                "/api/admin/",
                "/api/admin/.",
                "/api/admin//",
                "//api/admin",
                "/api//admin",
                "/api/./admin",
                "/api/public/../admin",
                "/api/public/..;/admin",
                "/api/public/;/../admin",
                "/api/public/%2e%2e/admin",
                "/api/public%2F..%2Fadmin",
                "/api/public%5C..%5Cadmin",
                "/api/%61dmin",
                "/api/admin%3Bx=y",
                "/api/admin%3b",
                "/api/admin%2F",
                "/api%2Fadmin",
                "/api/admin%00",
                "/api/admin%0a",
                "/api/admin%20",
                "/api/admin%C0%AF",
                "/api/%c1%a1dmin",
                "/api/ADMIN",
                "/api/admin.json",
                "/api/admin?x=/api/public",
                "/api/admin%3F/../public",
                "/api/admin#/../public",
                "http://localhost/api/admin",
                "http://localhost/api/public/../admin",
                "/api/denied",
                "/api/denied;x=y",
                "/api/public/..;/denied"
            })
    void leadNobodyBehindADoor(String target) {
        for (String method : new String[] {"GET", "HEAD", "OPTIONS", "POST", "get"}) {
            for (String credential : new String[] {"", bearing(USER)}) {
                String answer = RawRequest.send(method + " " + target + " HTTP/1.1", credential);

                assertThat(answer)
                        .as(method + " " + target)
                        .doesNotContain(SECRETS)
                        .doesNotContain(USER);
                assertThat(RawRequest.statusOf(answer))
                        .as(method + " " + target)
                        .isLessThan(500)
                        .isNotEqualTo(201);
                if (!method.equals("OPTIONS")) {
                    assertThat(RawRequest.statusOf(answer))
                            .as(method + " " + target)
                            .isBetween(400, 499);
                }
            }
        }
    }

    /** RFC 9110 §9.3.2: what answers GET answers HEAD, and asks for the same. */
    @ParameterizedTest
    @CsvSource({"/api/public,200,200,200", "/api/hello,401,200,403", "/api/admin,401,403,200", "/api/denied,403,403,403"
    })
    void areOpenToHeadAsToGet(String path, int nobody, int user, int admin) {
        for (String method : new String[] {"GET", "HEAD"}) {
            String line = method + " " + path + " HTTP/1.1";

            assertThat(RawRequest.statusOf(RawRequest.send(line))).as(line).isEqualTo(nobody);
            assertThat(RawRequest.statusOf(RawRequest.send(line, bearing(USER))))
                    .as(line)
                    .isEqualTo(user);
            assertThat(RawRequest.statusOf(RawRequest.send(line, bearing(ADMIN))))
                    .as(line)
                    .isEqualTo(admin);
        }
    }

    /** A preflight of a stranger's page: no answer lets that page read anything, and none sets a cookie. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/hello", "/api/admin", "/api/public"})
    void giveAStrangersPageNoLeave(String path) {
        String answer = RawRequest.send(
                "OPTIONS " + path + " HTTP/1.1",
                "Origin: https://evil.example\r\n",
                "Access-Control-Request-Method: GET\r\n",
                "Access-Control-Request-Headers: authorization\r\n");

        assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow").doesNotContainIgnoringCase("Set-Cookie");
    }

    /** An administrator, a user, a stranger and a forger at the same time: everybody gets his own answer. */
    @Test
    void mixNobodyUp() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int each = i % 4;
                calls.add(() -> switch (each) {
                    case 0 -> is(Caller.bearing(ADMIN), 200);
                    case 1 -> is(Caller.bearing(USER), 403);
                    case 2 -> is(Caller.nobody(), 401);
                    default -> is(Caller.bearing(ADMIN.substring(0, ADMIN.length() - 4) + "AAAA"), 401);
                });
            }
            for (Future<Boolean> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean is(Caller caller, int status) {
        HttpResponse<String> answer = caller.get("/api/admin");
        return answer.statusCode() == status
                && answer.headers().firstValue("Set-Cookie").isEmpty();
    }
}
