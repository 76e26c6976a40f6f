package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows the caller on his own thread only, as CDI does, and keeps the threads that waited for a header. */
final class CallersAuthorizer implements Authorizer {

    private final ThreadLocal<String> caller = new ThreadLocal<>();
    private final List<Thread> waiting = new CopyOnWriteArrayList<>();

    void callerIs(String name) {
        caller.set(name);
    }

    List<Thread> waiting() {
        return waiting;
    }

    @Override
    public Optional<String> authorization(URI target) {
        return header(caller.get(), "1");
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return caller.get() != null;
    }

    private Optional<String> header(String name, String number) {
        waiting.add(Thread.currentThread());
        return Optional.ofNullable(name).map(found -> "Bearer " + found + "-" + number);
    }

    @Override
    public Authorizer forCaller() {
        String found = caller.get();
        return new Authorizer() {

            private volatile String number = "1";

            @Override
            public Optional<String> authorization(URI target) {
                return header(found, number);
            }

            @Override
            public boolean renewAfterRefusal(URI target, String refused) {
                number = "2";
                return true;
            }
        };
    }
}
