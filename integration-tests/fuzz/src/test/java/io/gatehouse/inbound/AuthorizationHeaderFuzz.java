package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Any lines of {@code Authorization}: one token in the one form of RFC 6750 §2.1, or none. */
class AuthorizationHeaderFuzz {

    private static final BearerTokenResolver RESOLVER =
            new BearerTokenResolver(new TokenTransport.AuthorizationHeader());

    @FuzzTest
    void anyHeaders(byte[] lines) {
        List<String> headers = List.of(new String(lines, StandardCharsets.ISO_8859_1).split("\n"));

        PresentedCredential credential = RESOLVER.resolve(request(headers));

        if (credential instanceof PresentedCredential.Present present) {
            String token = present.token().value();
            assertThat(headers).hasSize(1);
            assertThat(headers.get(0)).matches("(?is)[ \\t]*bearer +\\Q" + token + "\\E[ \\t]*");
            assertThat(token).matches("[A-Za-z0-9._~+/-]+=*");
        }
    }

    private static HttpServletRequest request(List<String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                AuthorizationHeaderFuzz.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getHeaders");
                    return Collections.enumeration(headers);
                });
    }
}
