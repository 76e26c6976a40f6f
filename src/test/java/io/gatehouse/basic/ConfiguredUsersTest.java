package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Nested
    class TakeAsMuchWorkForANameThatDoesNotExist {

        private final CountedHashing counted = new CountedHashing();

        @BeforeEach
        void count() {
            Security.insertProviderAt(counted, 1);
        }

        @AfterEach
        void countNoMore() {
            Security.removeProvider(counted.getName());
        }

        private int hashesFor(ConfiguredUsers users, String name) {
            int before = counted.hashes.get();
            assertThat(users.check(name, "wrong".toCharArray(), false)).isEqualTo(REFUSED);
            return counted.hashes.get() - before;
        }

        @Test
        void oneHashAsForEverybody() {
            for (int i = 0; i < 3; i++) {
                assertThat(hashesFor(users, "alice")).isEqualTo(1);
                assertThat(hashesFor(users, "bob")).isEqualTo(1);
                assertThat(hashesFor(users, "")).isEqualTo(1);
            }
        }

        /** Of some user whose kind and cost tell nothing: another name may get another one, but none of them changes. */
        @Test
        void aHashOfTheSameKindEachTime() {
            ConfiguredUsers mixed = new ConfiguredUsers(
                    Map.of(
                            "alice", new ConfiguredUser(Pbkdf2Hash.parse(Pbkdf2HashTest.OF_SECRET), Set.of()),
                            "anna", new ConfiguredUser(PasswordHash.parse(BcryptHashTest.OF_ALICE), Set.of()),
                            "otto", new ConfiguredUser(PasswordHash.parse(Argon2HashTest.OF_PASSWORD), Set.of())),
                    clock);
            Set<Integer> counts = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                int first = hashesFor(mixed, "nobody " + i);
                assertThat(hashesFor(mixed, "nobody " + i)).isEqualTo(first);
                counts.add(first);
            }
            assertThat(counts).as("PBKDF2 for some, another kind for others").containsExactlyInAnyOrder(0, 1);
        }
    }

    /** Stands in front of the platform's PBKDF2, and counts the hashes that it makes. */
    private static final class CountedHashing extends Provider {

        private static final long serialVersionUID = 1L;
        private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

        private final AtomicInteger hashes = new AtomicInteger();

        CountedHashing() {
            super("CountedHashing", "1", "");
            SecretKeyFactory platform = platform();
            putService(new Service(this, "SecretKeyFactory", ALGORITHM, CountedHashing.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Counting(platform, hashes);
                }
            });
        }

        private static SecretKeyFactory platform() {
            try {
                return SecretKeyFactory.getInstance(ALGORITHM);
            } catch (NoSuchAlgorithmException missing) {
                throw new AssertionError(missing);
            }
        }
    }

    private static final class Counting extends SecretKeyFactorySpi {

        private final SecretKeyFactory platform;
        private final AtomicInteger hashes;

        Counting(SecretKeyFactory platform, AtomicInteger hashes) {
            this.platform = platform;
            this.hashes = hashes;
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            hashes.incrementAndGet();
            return platform.generateSecret(spec);
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> type) throws InvalidKeySpecException {
            return platform.getKeySpec(key, type);
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            return platform.translateKey(key);
        }
    }

    @Test
    void showNoPassword() {
        assertThat(users).hasToString("ConfiguredUsers[2]");
    }
}
