package io.gatehouse.inbound;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers for the metadata of the protected resource (RFC 9728 §3), where they are published. Where they are not, the
 * application may have its own there. Stateless.
 */
final class ResourceMetadataFilter implements Filter {

    /** Below the context root: an application cannot answer for the whole host. */
    static final String PATH = "/.well-known/oauth-protected-resource";

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Supplier<ResourceMetadata> metadata;

    ResourceMetadataFilter(Supplier<ResourceMetadata> metadata) {
        this.metadata = metadata;
    }

    /** CDI is asked with each request: while the filter is made, it is not there yet. */
    ResourceMetadataFilter() {
        this(() -> CDI.current().select(ResourceMetadata.class).get());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> document = metadata.get().document();
        if (document.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            answer(document.get(), (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    private static void answer(String document, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        // Clients in a browser read it from another origin; it is public.
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.getOutputStream().write(bytes);
    }
}
