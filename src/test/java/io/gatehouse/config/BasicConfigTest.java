package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.basic.FailureLimits;
import io.gatehouse.http.HttpSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicConfigTest {

    private static final String HASH =
            "PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:LjnTGrpSdnp+zkxg/LrJqCJ3UWxA06mg+6Wr8n2pTdY=";

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final PropertyValues values = new PropertyValues(new Properties() {
        @Override
        public Optional<String> value(String name) {
            return Optional.ofNullable(properties.get(name));
        }

        @Override
        public Iterable<String> names() {
            return properties.keySet();
        }
    });

    private BasicConfigTest with(String name, String value) {
        properties.put("gatehouse.basic." + name, value);
        return this;
    }

    private BasicSettings read() {
        return new BasicConfigReader(values).read(HttpSettings.defaults());
    }

    private List<String> problems() {
        read();
        return values.problems().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void isOffUnlessSwitchedOn() {
        assertThat(read()).isNull();
        assertThat(with("enabled", "false").read()).isNull();
        assertThat(values.problems()).isEmpty();
    }

    @Test
    void needsNothingButTheSwitchBecauseTheApplicationMayHaveItsOwnStore() {
        BasicSettings settings = with("enabled", "true").read();
        assertThat(settings.users()).isEmpty();
        assertThat(settings.clients()).isNull();
        assertThat(settings.limits()).isEqualTo(new FailureLimits(5, 20, 100, Duration.ofMinutes(1)));
        assertThat(values.problems()).isEmpty();
    }

    @Test
    void readsUsersOfAnyName() {
        BasicSettings settings = with("enabled", "true")
                .with("users.alice.smith@example.com.password-hash", HASH)
                .with("users.alice.smith@example.com.groups", "user, clerk")
                .with("users.bob.password-hash", HASH)
                .read();

        assertThat(values.problems()).isEmpty();
        assertThat(settings.users()).containsOnlyKeys("alice.smith@example.com", "bob");
        assertThat(settings.users().get("alice.smith@example.com").groups()).containsExactlyInAnyOrder("user", "clerk");
        assertThat(settings.users().get("bob").groups()).isEmpty();
        assertThat(settings.hasPlainPasswords()).isFalse();
        assertThat(settings.toString()).doesNotContain("LjnTGr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HASH,
                "$2b$04$abcdefghijklmnopqrstuuqq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK",
                "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void readsHashesOfEachKind(String hash) {
        BasicSettings settings =
                with("enabled", "true").with("users.alice.password-hash", hash).read();
        assertThat(values.problems()).isEmpty();
        assertThat(settings.users()).containsOnlyKeys("alice");
        assertThat(settings.hasPlainPasswords()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2048,true", "2047,false"})
    void refusesAHashThatTakesMoreThanHalfOfTheMemory(int kibibytes, boolean borne) {
        with("enabled", "true")
                .with(
                        "users.alice.password-hash",
                        "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        new BasicConfigReader(values, kibibytes * 1024L).read(HttpSettings.defaults());
        assertThat(values.problems().isEmpty()).isEqualTo(borne);
        assertThat(values.problems().toString()).doesNotContain("nf65");
    }

    @Test
    void readsClientsAndLimits() {
        BasicSettings settings = with("enabled", "true")
                .with("token-endpoint", "https://login.example/token")
                .with("token-scope", "api")
                .with("client-groups", "machine,user")
                .with("client-prefix", "client:")
                .with("failures-per-caller", "3")
                .with("failures-per-address", "7")
                .with("failures-per-name", "11")
                .with("failure-window", "10s")
                .read();

        assertThat(values.problems()).isEmpty();
        assertThat(settings.clients().tokenEndpoint()).hasToString("https://login.example/token");
        assertThat(settings.clients().scope()).isEqualTo("api");
        assertThat(settings.clients().groups()).isEqualTo(Set.of("machine", "user"));
        assertThat(settings.clients().prefix()).isEqualTo("client:");
        assertThat(settings.limits()).isEqualTo(new FailureLimits(3, 7, 11, Duration.ofSeconds(10)));
    }

    @Test
    void takesPlainPasswordsOnlyWhereTheyAreAllowed() {
        with("enabled", "true").with("users.dev.password", "open sesame").with("users.dev.groups", "user");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("gatehouse.basic.users.dev.password: ")
                .contains("gatehouse.basic.allow-plain-passwords=true")
                .doesNotContain("sesame");

        values.problems().clear();
        assertThat(with("allow-plain-passwords", "true").read().hasPlainPasswords())
                .isTrue();
        assertThat(values.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "users.alice.password-hash, open-sesame, users.alice.password-hash",
        "users.alice.groups, user, users.alice.password-hash",
        "users.a:b.password, sesame, users.a:b.password-hash",
        "token-endpoint, http://login.example/token, token-endpoint",
        "token-endpoint, nonsense, token-endpoint",
        "token-scope, api, token-scope",
        "client-groups, machine, client-groups",
        "client-prefix, x, client-prefix",
        "failures-per-caller, 0, failures-per-caller",
        "failures-per-address, -1, failures-per-address",
        "failures-per-name, 0, failures-per-name",
        "users.alice.password-hash, $2b$03$abcdefghijklmnopqrstuuqq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK, users.alice.password-hash",
        "users.alice.password-hash, $2b$17$abcdefghijklmnopqrstuuqq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK, users.alice.password-hash",
        "failure-window, 0s, failure-window"
    })
    void refusesWhatCannotBeMeant(String name, String value, String blamed) {
        with("enabled", "true").with("allow-plain-passwords", "true").with(name, value);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("gatehouse.basic." + blamed + ": ")
                .doesNotContain("sesame");
    }

    @Test
    void refusesAPasswordBesideItsHash() {
        with("enabled", "true").with("users.bob.password", "sesame").with("users.bob.password-hash", HASH);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("gatehouse.basic.users.bob.password: ")
                .doesNotContain("sesame");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        with("enabled", "true")
                .with("users.a.password-hash", "x")
                .with("users.b.password", "sesame")
                .with("token-endpoint", "http://login.example")
                .with("failure-window", "never");
        assertThat(problems()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.alice.password-hash", "users.alice.groups", "token-endpoint"})
    void refusesCallersThatNobodySwitchedOn(String name) {
        with(name, "x");
        assertThat(problems()).singleElement().asString().startsWith("gatehouse.basic.enabled: ");

        values.problems().clear();
        assertThat(with("enabled", "false").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse.basic.users.alice.password-hash, true",
        "gatehouse.basic.users.alice.password, true",
        "gatehouse.basic.users.alice.groups, true",
        "gatehouse.basic.users.a.b.c.groups, true",
        "gatehouse.basic.users.alice.pasword, false",
        "gatehouse.basic.users.alice, false",
        "gatehouse.basic.users..groups, false",
        "gatehouse.basic.users.groups, false",
        "gatehouse.basic.user.alice.groups, false"
    })
    void knowsTheNamesOfItsProperties(String name, boolean known) {
        assertThat(ConfigProperty.isKnown(name)).isEqualTo(known);
    }
}
