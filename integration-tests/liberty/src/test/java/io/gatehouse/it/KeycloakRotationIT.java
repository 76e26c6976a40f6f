package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Keycloak's realm changes its keys by way of its admin API while its users are at work. One application knows the server
 * by its preset, another by nothing but the issuer, whose metadata name the keys.
 */
@Needs(Program.KEYCLOAK)
@ExtendWith(ArquillianExtension.class)
class KeycloakRotationIT {

    private static final int USERS = 4;
    private static final int ROTATIONS = 3;
    private static final int USES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> APPLICATIONS = List.of("preset", "discovery");

    private static final Keycloak SERVER =
            Keycloak.start(TestKey.generate("unused", "ES256").publicJwk());

    @Deployment(name = "preset", testable = false)
    static WebArchive byPreset() {
        Map<String, String> properties = issuer();
        properties.put("gatehouse.issuers.kc.preset", "keycloak");
        // So that the withdrawal of a key is seen while a test waits.
        properties.put("gatehouse.issuers.kc.jwks.refresh-after", "2s");
        return Demo.war("preset", properties);
    }

    @Deployment(name = "discovery", testable = false)
    static WebArchive byMetadata() {
        Map<String, String> properties = issuer();
        properties.put("gatehouse.issuers.kc.roles.claims", "realm_access.roles");
        return Demo.war("discovery", properties);
    }

    private static Map<String, String> issuer() {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("gatehouse.issuers.kc.issuer", SERVER.issuer());
        properties.put("gatehouse.issuers.kc.audiences", "orders:api");
        return properties;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void knowsUsersByNameAndRealmRoles() {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice"));
        Caller root = Caller.bearing(SERVER.tokenOf("root"));
        for (String application : APPLICATIONS) {
            assertThat(alice.get(path(application, "hello")).body()).isEqualTo("Hello alice.\n");
            assertThat(alice.get(path(application, "admin")).statusCode()).isEqualTo(403);
            assertThat(root.get(path(application, "admin")).body()).isEqualTo("At your service, root.\n");
        }
    }

    @Test
    void refusesNobodyWhileTheRealmChangesItsKeysAgainAndAgain() {
        long fetchesBefore = SERVER.keySetRequests();
        Load load = new Load();
        Instant start = Instant.now();
        try {
            load.awaitEverybodyUsing(SERVER.signingKey());
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                SERVER.rotateKeys();
                load.awaitEverybodyUsing(SERVER.signingKey());
                SERVER.withdrawOldKeys();
                load.awaitFurtherLogins();
            }
        } finally {
            load.end();
        }

        long fetches = SERVER.keySetRequests() - fetchesBefore;
        long seconds = Duration.between(start, Instant.now()).toSeconds() + 1;
        System.out.println("Keycloak: " + load.requests() + " requests with tokens of " + load.keysUsed() + " keys in "
                + seconds + " s, " + fetches + " fetches of the key set by two applications");
        assertThat(load.keysUsed()).isEqualTo(ROTATIONS + 1);
        assertThat(load.refusals).as("statuses of valid tokens").isEmpty();
        assertThat(fetches)
                .as("a fetch per cooldown of a second, and the reserve, for each application")
                .isBetween(2L * ROTATIONS, APPLICATIONS.size() * (seconds + 4));
    }

    @Test
    void refusesATokenWhoseKeyTheRealmHasWithdrawn() {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice"));
        assertThat(alice.get(path("preset", "hello")).statusCode()).isEqualTo(200);

        SERVER.rotateKeys();
        SERVER.withdrawOldKeys();

        assertThat(alice.getUntil(path("preset", "hello"), 401).statusCode()).isEqualTo(401);
        assertThat(Caller.bearing(SERVER.tokenOf("alice"))
                        .get(path("preset", "hello"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String path(String application, String resource) {
        return '/' + application + "/api/" + resource;
    }

    /** Users who log in, use their token a few times, log in again, and so on. */
    private static final class Load {

        private final ExecutorService threads = Executors.newFixedThreadPool(USERS);
        private final AtomicBoolean on = new AtomicBoolean(true);
        private final AtomicInteger count = new AtomicInteger();
        private final Map<Integer, String> keyInUse = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> logins = new ConcurrentHashMap<>();
        private final Set<String> keysSeen = ConcurrentHashMap.newKeySet();
        private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
        private final List<CompletableFuture<Void>> users = new ArrayList<>();

        Load() {
            for (int i = 0; i < USERS; i++) {
                int user = i;
                users.add(CompletableFuture.runAsync(() -> work(user), threads));
            }
        }

        private void work(int user) {
            while (on.get()) {
                String token = SERVER.tokenOf("alice");
                String key = keyOf(token);
                keyInUse.put(user, key);
                keysSeen.add(key);
                Caller caller = Caller.bearing(token);
                for (int use = 0; use < USES; use++) {
                    APPLICATIONS.forEach(application -> ask(caller, application));
                }
                logins.merge(user, 1, Integer::sum);
            }
        }

        private void ask(Caller caller, String application) {
            int status = caller.get(path(application, "hello")).statusCode();
            count.incrementAndGet();
            if (status != 200) {
                refusals.merge(application + " " + status, 1, Integer::sum);
            }
        }

        private static String keyOf(String token) {
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(header))) {
                return reader.readObject().getString("kid");
            }
        }

        void awaitEverybodyUsing(String key) {
            await(() -> keyInUse.size() == USERS && Set.of(key).containsAll(keyInUse.values()));
            awaitFurtherLogins();
        }

        void awaitFurtherLogins() {
            Map<Integer, Integer> before = Map.copyOf(logins);
            await(() -> logins.size() == USERS
                    && logins.entrySet().stream()
                            .allMatch(login -> login.getValue() > before.getOrDefault(login.getKey(), 0)));
        }

        private void await(BooleanSupplier condition) {
            Instant end = Instant.now().plus(PATIENCE);
            while (!condition.getAsBoolean()) {
                assertThat(Instant.now()).as("patience with the users").isBefore(end);
                assertThat(users).as("users at work").noneMatch(CompletableFuture::isDone);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        void end() {
            on.set(false);
            users.forEach(CompletableFuture::join);
            threads.shutdown();
        }

        int requests() {
            return count.get();
        }

        int keysUsed() {
            return keysSeen.size();
        }
    }
}
