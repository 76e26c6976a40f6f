package io.gatehouse.outbound;

/** The storages that come with Gatehouse. */
public final class TokenStorages {

    private TokenStorages() {}

    /** Keeps tokens as long as it is kept itself. */
    public static TokenStorage memory() {
        return new MemoryTokenStorage();
    }
}
