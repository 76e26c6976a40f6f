package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.basic.ClientSettings;
import io.gatehouse.basic.ConfiguredUser;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.basic.StoredPassword;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.MutableClock;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.CallerOnlyCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BasicIdentityStoresTest {

    private final MutableClock clock = new MutableClock();

    private static UsernamePasswordCredential attempt(String name, String password, boolean sameHost) {
        return new UsernamePasswordCredential(name, new AttemptPassword(password.toCharArray(), sameHost));
    }

    private ConfiguredUsersIdentityStore users(Map<String, ConfiguredUser> users) {
        ConfiguredUsersIdentityStore store = new ConfiguredUsersIdentityStore();
        store.users = new ConfiguredUsers(users, clock);
        return store;
    }

    private ConfiguredUsersIdentityStore dev() {
        return users(Map.of("dev", new ConfiguredUser(new StoredPassword.Plain("sesame"), Set.of("user"))));
    }

    @Test
    void sayNothingWhereNothingIsConfigured() {
        UsernamePasswordCredential dev = attempt("dev", "sesame", true);
        assertThat(users(Map.of()).validate(dev).getStatus()).isEqualTo(Status.NOT_VALIDATED);
        assertThat(new RegisteredClientsIdentityStore().validate(dev).getStatus())
                .isEqualTo(Status.NOT_VALIDATED);
    }

    @Test
    void sayNothingAboutOtherCredentials() {
        assertThat(dev().validate(new CallerOnlyCredential("dev")).getStatus()).isEqualTo(Status.NOT_VALIDATED);
    }

    @Test
    void giveAPlainPrincipalAndTheGroupsOfAConfiguredUser() {
        CredentialValidationResult result = dev().validate(attempt("dev", "sesame", true));

        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerPrincipal().getClass()).isEqualTo(CallerPrincipal.class);
        assertThat(result.getCallerPrincipal().getName()).isEqualTo("dev");
        assertThat(result.getCallerGroups()).containsExactly("user");
    }

    @Test
    void takeAPasswordInPlainTextFromThisMachineOnly() {
        assertThat(dev().validate(attempt("dev", "sesame", false)).getStatus()).isEqualTo(Status.INVALID);
        assertThat(dev().validate(new UsernamePasswordCredential("dev", "sesame"))
                        .getStatus())
                .isEqualTo(Status.INVALID);
    }

    @Test
    void leaveWordOfAnOutage() {
        ClientSettings nowhere = new ClientSettings(URI.create("http://127.0.0.1:1/"), null, Set.of(), "");
        RegisteredClientsIdentityStore store = new RegisteredClientsIdentityStore();
        try (JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            store.clients = new RegisteredClients(nowhere, client, clock);
            UsernamePasswordCredential robot = attempt("robot", "s3cret", false);

            assertThat(store.validate(robot).getStatus()).isEqualTo(Status.NOT_VALIDATED);
            assertThat(((AttemptPassword) robot.getPassword()).outage()).isPresent();
        }
    }

    @Test
    void leaveWordOfARefusal() {
        UsernamePasswordCredential wrong = attempt("dev", "wrong", true);
        dev().validate(wrong);
        assertThat(((AttemptPassword) wrong.getPassword()).isWrong()).isTrue();
        UsernamePasswordCredential right = attempt("dev", "sesame", true);
        dev().validate(right);
        assertThat(((AttemptPassword) right.getPassword()).isWrong()).isFalse();
    }

    @Test
    void areAskedAfterTheApplicationsOwn() {
        assertThat(new ConfiguredUsersIdentityStore().priority()).isGreaterThan(100);
        assertThat(new RegisteredClientsIdentityStore().priority())
                .isGreaterThan(new ConfiguredUsersIdentityStore().priority());
    }
}
