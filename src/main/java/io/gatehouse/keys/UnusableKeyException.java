package io.gatehouse.keys;

/**
 * A key that was read cannot be used. The message says why ("its RSA modulus has 1024 bits, …") and holds no key.
 * Reaches callers of this room at start-up only.
 */
public final class UnusableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message) {
        super(message);
    }

    /** Why, as a sentence about "it". */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
