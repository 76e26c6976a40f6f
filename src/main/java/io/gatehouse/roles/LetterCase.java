package io.gatehouse.roles;

import java.util.function.IntUnaryOperator;

/**
 * In which case the roles of a token count. The same everywhere, whatever the server's locale.
 *
 * <p>A letter is changed only where changing it back gives the same letter. So no two names become one that differ in
 * more than case: the Turkish dotless i does not become I, the Kelvin sign no k, and sharp s no SS.
 */
public enum LetterCase {
    AS_IS {
        @Override
        String applied(String text) {
            return text;
        }
    },
    UPPER {
        @Override
        String applied(String text) {
            return each(text, Character::toUpperCase, Character::toLowerCase);
        }
    },
    LOWER {
        @Override
        String applied(String text) {
            return each(text, Character::toLowerCase, Character::toUpperCase);
        }
    };

    /** The text in this case. */
    abstract String applied(String text);

    private static String each(String text, IntUnaryOperator there, IntUnaryOperator back) {
        StringBuilder changed = new StringBuilder(text.length());
        text.codePoints()
                .map(letter -> back.applyAsInt(there.applyAsInt(letter)) == letter ? there.applyAsInt(letter) : letter)
                .forEach(changed::appendCodePoint);
        return changed.toString();
    }
}
