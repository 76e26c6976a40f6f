package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import java.util.Hashtable;
import java.util.Map;
import javax.security.auth.Subject;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class OpenLibertyLoginTest {

    private final Subject caller = new Subject();

    @Test
    void asksForNoTokenAndNoCacheEntry() {
        OpenLibertyLogin.prepare(caller, null);

        assertThat(caller.getPrivateCredentials(Hashtable.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(2)
                .allSatisfy((name, value) -> assertThat((String) name).contains(".sso.disable.ltpa."))
                .allSatisfy((name, value) -> assertThat(value).isEqualTo(true));
        assertThat(caller.getPublicCredentials()).isEmpty();
        assertThat(caller.getPrincipals()).isEmpty();
    }

    @Test
    void letsTheServerFindALoginThatItHasSeen() {
        OpenLibertyLogin.prepare(caller, "by this");

        assertThat(caller.getPrivateCredentials(Hashtable.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(3)
                .containsEntry("com.ibm.wsspi.security.cred.cacheKey", "by this");
    }

    @Test
    void leavesTheSubjectOfOtherServersAlone() {
        OpenLibertyLogin.prepare(
                Fakes.of(
                        HttpMessageContext.class,
                        Map.of(
                                "getMessageInfo", nothing -> Fakes.of(MessageInfo.class, Map.of()),
                                "getClientSubject", nothing -> caller)),
                "key");

        assertThat(caller.getPrivateCredentials()).isEmpty();
    }

    @Test
    void takesAServerThatHasNoSubjectYet() {
        OpenLibertyLogin.prepare((Subject) null, null);
    }
}
