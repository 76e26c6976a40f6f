package io.gatehouse.config;

import io.gatehouse.refusal.RefusalCode;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what became of a token that somebody is asked about: each check before the question, and of the answer. */
final class AskedToken {

    private static final List<TokenCheck> BEFORE = List.of(TokenCheck.LENGTH, TokenCheck.ENCRYPTED);

    /** What an answer is looked at for, as the claims of a signed token are. */
    private static final List<TokenCheck> OF_ANSWER = Arrays.stream(TokenCheck.values())
            .filter(check -> check.isOfClaims() || check == TokenCheck.ISSUED_BY || check == TokenCheck.KIND)
            .toList();

    private final PrintStream out;
    private final String route;
    private final Function<RefusalCode, String> words;

    /**
     * One token.
     *
     * @param route who is asked about it, and why
     * @param words says what is wrong, where something is
     */
    AskedToken(PrintStream out, String route, Function<RefusalCode, String> words) {
        this.out = out;
        this.route = route;
        this.words = words;
    }

    /**
     * The checks in their order.
     *
     * @param code why it was refused; null where it was not
     * @param failures all that is wrong with the answer, where it was looked at
     */
    void tell(@Nullable RefusalCode code, Map<TokenCheck, RefusalCode> failures) {
        TokenCheck failed = code == null ? null : TokenCheck.of(code).orElse(null);
        for (TokenCheck check : BEFORE) {
            if (check == failed) {
                fail(check.title(), failures.get(check));
                out.println("not looked at: anything else; nobody was asked");
                return;
            }
            out.println("passed  " + check.title());
        }
        out.println("passed  route: " + route);
        if (code == RefusalCode.ISSUER_UNAVAILABLE) {
            fail("answer", code);
            out.println("not looked at: anything else; only the authorization server knows whether the token is good");
        } else if (code == RefusalCode.NOT_ACTIVE) {
            out.println("passed  answer");
            fail(TokenCheck.ALIVE.title(), code);
            out.println(
                    "not looked at: anything else; only the authorization server knows why it is not active, and says"
                            + " nothing else of such a token");
        } else {
            out.println("passed  answer");
            out.println("passed  " + TokenCheck.ALIVE.title());
            OF_ANSWER.forEach(check -> tell(check, failures.get(check)));
        }
    }

    private void tell(TokenCheck check, @Nullable RefusalCode failure) {
        String title = check.title() + " of the answer";
        if (failure == null) {
            out.println("passed  " + title);
        } else {
            fail(title, failure);
        }
    }

    private void fail(String title, @Nullable RefusalCode failure) {
        out.println("FAILED  " + title + (failure == null ? "" : ": " + words.apply(failure)));
    }
}
