package io.gatehouse.config;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The whole gate behind its configuration, put together as in an application, at a time of the test's choice. */
public final class FuzzedGate {

    private final Gatehouse gatehouse;
    private final RoleMapper roles;

    private FuzzedGate(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.roles = gatehouse.roleMapper();
    }

    /**
     * Reads the properties.
     *
     * @throws GatehouseConfigException as an application would see it
     */
    public static FuzzedGate of(Map<String, String> properties, Instant now) {
        GatehouseConfig config = new GatehouseConfigReader(
                        new Given(new TreeMap<>(properties)), FuzzedGate.class.getClassLoader())
                .read();
        return new FuzzedGate(new Gatehouse(config, Clock.fixed(now, ZoneOffset.UTC)));
    }

    public TokenValidationResult validate(String token) {
        return gatehouse.tokenValidator().validate(AccessToken.of(token));
    }

    public Set<String> roles(ValidatedToken token) {
        return roles.roles(token);
    }

    private record Given(Map<String, String> values) implements Properties {
        @Override
        public Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        @Override
        public Iterable<String> names() {
            return values.keySet();
        }
    }
}
