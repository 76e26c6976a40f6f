package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenExceptionTest {

    static Stream<TokenResult.Failed> failures() {
        return Stream.of(
                new TokenResult.ClientRejected("the client was rejected"),
                new TokenResult.GrantRejected("the grant was rejected", "invalid_grant", null),
                new TokenResult.Unreachable("nobody answered", Duration.ofSeconds(3)));
    }

    /** Sessions, remote beans and batch jobs carry exceptions away. */
    @ParameterizedTest
    @MethodSource("failures")
    void stillSaysWhoseFaultItWasWhereItWasCarriedAway(TokenResult.Failed failure) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new TokenException(failure));
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TokenException there = (TokenException) in.readObject();
            assertThat(there.failure()).isEqualTo(failure);
            assertThat(there).hasMessage(failure.problem());
        }
    }
}
