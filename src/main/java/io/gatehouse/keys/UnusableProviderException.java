package io.gatehouse.keys;

/** Says why a provider cannot be used; the reason is meant for whoever configures it. */
public final class UnusableProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnusableProviderException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is wrong, as the end of a sentence about the provider. */
    public String reason() {
        return reason;
    }
}
