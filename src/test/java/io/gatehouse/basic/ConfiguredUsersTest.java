package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredUsersTest {

    private static final PasswordResult REFUSED = new PasswordResult.Refused();

    private final MutableClock clock = new MutableClock();
    private final ConfiguredUsers users = new ConfiguredUsers(
            Map.of(
                    "alice", new ConfiguredUser(Pbkdf2Hash.parse(Pbkdf2HashTest.OF_SECRET), Set.of("user", "clerk")),
                    "dev", new ConfiguredUser(new StoredPassword.Plain("open sesame"), Set.of("user"))),
            clock);

    private PasswordResult check(String name, String password, boolean sameHost) {
        return users.check(name, password.toCharArray(), sameHost);
    }

    @Test
    void knowTheirNamePasswordAndGroups() {
        assertThat(check("alice", "secret", false))
                .isEqualTo(new PasswordResult.Accepted("alice", Set.of("user", "clerk")));
    }

    @ParameterizedTest
    @CsvSource({
        "alice,Secret",
        "alice,'secret '",
        "alice,''",
        "Alice,secret",
        "bob,secret",
        "'',secret",
        "dev,secret",
        "dev,open",
        "alice,open sesame"
    })
    void areNobodyElse(String name, String password) {
        assertThat(check(name, password, true)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false"})
    void haveAPasswordInPlainTextOnTheSameHostOnly(boolean sameHost, boolean accepted) {
        assertThat(check("dev", "open sesame", sameHost) instanceof PasswordResult.Accepted)
                .isEqualTo(accepted);
    }

    @Test
    void areCheckedAnewForEveryWrongPasswordButNotForTheRightOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(check("alice", "wrong", false)).isEqualTo(REFUSED);
            assertThat(check("alice", "secret", false)).isInstanceOf(PasswordResult.Accepted.class);
        }
        assertThat(users.remembered()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(check("alice", "secret", false)).isInstanceOf(PasswordResult.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"anna,alice", "otto,password"})
    void mayHaveHashesOfOtherKinds(String name, String password) {
        ConfiguredUsers mixed = new ConfiguredUsers(
                Map.of(
                        "anna", new ConfiguredUser(PasswordHash.parse(BcryptHashTest.OF_ALICE), Set.of("user")),
                        "otto", new ConfiguredUser(PasswordHash.parse(Argon2HashTest.OF_PASSWORD), Set.of("user"))),
                clock);
        assertThat(mixed.check(name, password.toCharArray(), false))
                .isEqualTo(new PasswordResult.Accepted(name, Set.of("user")));
        assertThat(mixed.check(name, (password + "x").toCharArray(), false)).isEqualTo(REFUSED);
        assertThat(mixed.check("nobody", password.toCharArray(), false)).isEqualTo(REFUSED);
    }

    /** Processor time of this thread, not the clock's: without the work it would be a thousandth. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PBKDF2WithHmacSHA256:200000:AAECAwQFBgcICQoLDA0ODw==:npVBs/+EPzcZha05fTkxe4bACd4zhPEDrMhax0lUods=",
                "$2b$10$abcdefghijklmnopqrstuuqq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK",
                "$argon2id$v=19$m=16384,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void takeAsMuchWorkForANameThatDoesNotExist(String slow) {
        ConfiguredUsers costly =
                new ConfiguredUsers(Map.of("alice", new ConfiguredUser(PasswordHash.parse(slow), Set.of())), clock);
        work(costly, "alice", "warm up");

        long known = work(costly, "alice", "wrong");
        long unknown = work(costly, "bob", "wrong");
        assertThat((double) unknown / known).isBetween(0.2, 5.0);
    }

    private static long work(ConfiguredUsers users, String name, String password) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < 3; i++) {
            users.check(name, password.toCharArray(), false);
        }
        return threads.getCurrentThreadCpuTime() - start;
    }

    @Test
    void showNoPassword() {
        assertThat(users).hasToString("ConfiguredUsers[2]");
    }
}
