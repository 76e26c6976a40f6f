package io.gatehouse.basic;

/** A password that is written down as a hash, which is expensive to compute by design. Immutable and thread-safe. */
public sealed interface PasswordHash extends StoredPassword permits Pbkdf2Hash, BcryptHash, Argon2Hash {

    /** How much memory it takes to compute, where that is more than a few kilobytes; else zero. */
    long memoryBytes();

    /**
     * Reads a hash of any known kind.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong, and repeats nothing of the text
     */
    static PasswordHash parse(String text) {
        if (text.startsWith(BcryptHash.START)) {
            return BcryptHash.parse(text);
        }
        return text.startsWith(Argon2Hash.START) ? Argon2Hash.parse(text) : Pbkdf2Hash.parse(text);
    }
}
