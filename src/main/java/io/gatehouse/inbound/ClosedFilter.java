package io.gatehouse.inbound;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** Lets nobody into an application that would stand open: Open Liberty starts it whatever an initializer throws. Stateless. */
final class ClosedFilter implements Filter {

    /** For {@code Retry-After}: somebody has to change the server first. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
        RefusalInRequest.write(
                Refusal.unavailable(RefusalCode.CONTAINER, PAUSE), (HttpServletRequest) request, (HttpServletResponse)
                        response);
    }
}
