package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.TokenException;
import io.gatehouse.outbound.TokenResult;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code Bearer token-1}, and with each renewal the next one. */
final class FakeAuthorizer implements Authorizer {

    private final AtomicInteger number = new AtomicInteger(1);
    private final List<URI> asked = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private volatile boolean renewable = true;
    private volatile boolean outOfReach;

    List<URI> asked() {
        return asked;
    }

    List<String> refused() {
        return refused;
    }

    void neverRenews() {
        renewable = false;
    }

    void isOutOfReach() {
        outOfReach = true;
    }

    @Override
    public Optional<String> authorization(URI target) {
        asked.add(target);
        if (outOfReach) {
            throw new TokenException(new TokenResult.Unreachable("the token endpoint is out of reach", null));
        }
        return Optional.of("Bearer token-" + number.get());
    }

    @Override
    public boolean renewAfterRefusal(URI target, String header) {
        refused.add(header);
        if (renewable && header.equals("Bearer token-" + number.get())) {
            number.incrementAndGet();
        }
        return renewable;
    }
}
