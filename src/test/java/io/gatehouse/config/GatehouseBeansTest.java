package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.inbound.PrincipalOfRequest;
import io.gatehouse.mpjwt.RequestCaller;
import java.security.Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a caller is found that the container does not know: in CDI's request context, or in the request. Never in both. */
class GatehouseBeansTest {

    private final Principal alice = () -> "alice";
    private final RequestCaller context = new RequestCaller();
    private final PrincipalOfRequest request = new PrincipalOfRequest() {
        @Override
        public Principal principal() {
            return alice;
        }
    };

    private static GatehouseBeans beans(boolean kept) {
        GatehouseBeans beans = new GatehouseBeans();
        beans.extension = new GatehouseExtension() {
            @Override
            boolean isCallerKept() {
                return kept;
            }
        };
        return beans;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areToldOfTheCallerWhereTheyHaveToKeepHim(boolean kept) {
        beans(kept).callerNotice(context).calledBy(alice);
        assertThat(context.principal()).isSameAs(kept ? alice : null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lookIntoTheRequestWhereTheyNeedNot(boolean kept) {
        assertThat(beans(kept).callerAtHand(request).principal()).isSameAs(kept ? null : alice);
    }
}
