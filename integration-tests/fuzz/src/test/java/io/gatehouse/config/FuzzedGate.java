package io.gatehouse.config;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole gate behind its configuration, put together as in an application, at a time of the test's choice. */
public final class FuzzedGate {

    private final Gatehouse gatehouse;

    private FuzzedGate(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** A gate of this configuration. */
    public static FuzzedGate of(Map<String, String> properties, Instant now) {
        return new FuzzedGate(new Gatehouse(read(properties), clock(now)));
    }

    /**
     * The roles alone, as configured for the first issuer: a whole gate for each input would be slow.
     *
     * @throws GatehouseConfigException as an application would see it
     */
    public static RoleMapper roles(Map<String, String> properties, Instant now) {
        return RoleMapper.of(read(properties).issuers().get(0).roles(), clock(now));
    }

    static GatehouseConfig read(Map<String, String> properties) {
        return new GatehouseConfigReader(new Given(new TreeMap<>(properties)), FuzzedGate.class.getClassLoader())
                .read();
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    public TokenValidationResult validate(String token) {
        return gatehouse.tokenValidator().validate(AccessToken.of(token));
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
