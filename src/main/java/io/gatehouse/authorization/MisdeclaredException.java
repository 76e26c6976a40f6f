package io.gatehouse.authorization;

/** An annotation asks for something that makes no sense. The message says which and what, and is for the log. */
final class MisdeclaredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MisdeclaredException(String message) {
        super(message);
    }
}
