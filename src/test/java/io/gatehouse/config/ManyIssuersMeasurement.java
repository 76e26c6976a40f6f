package io.gatehouse.config;

import static io.gatehouse.testing.TestJson.quote;

import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a thousand issuers cost, against one: prints, and asserts nothing about time. Its name keeps it out of the suite;
 * {@code mvn test -pl src/http,src -Dtest=ManyIssuersMeasurement -Dsurefire.failIfNoSpecifiedTests=false} runs it.
 */
class ManyIssuersMeasurement {

    private static final List<Integer> SIZES = List.of(1, 1_000);
    private static final int TOKENS = 200;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofMillis(500);

    @Test
    void comparesAThousandIssuersWithOne() {
        for (int issuers : SIZES) {
            start(issuers);
        }
        try (Gatehouse few = gatehouse(SIZES.get(0));
                Gatehouse many = gatehouse(SIZES.get(1))) {
            List<TokenValidator> validators = List.of(few.tokenValidator(), many.tokenValidator());
            compare("validate, RS256 included", validators, Duration.ofSeconds(300), TokenValidationResult.Valid.class);
            compare("refuse: expired, no signature", validators, Duration.ZERO, TokenValidationResult.Invalid.class);
        }
    }

    private static void start(int issuers) {
        measureOnce(issuers, "read the configuration", properties(issuers)::read);
        measureOnce(issuers, "the same with the keycloak preset", withPreset(issuers)::read);
        GatehouseConfig config = properties(issuers).read();
        measureOnce(issuers, "put the rooms together", () -> {
            Gatehouse gatehouse = new Gatehouse(config, TestTokens.CLOCK);
            gatehouse.close();
            return gatehouse;
        });
    }

    private static Gatehouse gatehouse(int issuers) {
        return new Gatehouse(properties(issuers).read(), TestTokens.CLOCK);
    }

    /** In turns, so that both meet the same state of the compiler and of the machine. */
    private static void compare(String what, List<TokenValidator> validators, Duration timeLeft, Class<?> verdict) {
        List<List<Double>> rounds = List.of(new ArrayList<>(), new ArrayList<>());
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < SIZES.size(); i++) {
                List<AccessToken> tokens = tokens(SIZES.get(i), timeLeft);
                require(verdict.isInstance(validators.get(i).validate(tokens.get(0))));
                double nanos = nanos(validators.get(i), tokens);
                if (round >= 0) {
                    rounds.get(i).add(nanos);
                }
            }
        }
        for (int i = 0; i < SIZES.size(); i++) {
            print(SIZES.get(i), what, median(rounds.get(i)), "ns/op (median)");
        }
    }

    private static TestProperties properties(int issuers) {
        String key = TestKeys.pem(TestKeys.RSA.getPublic());
        TestProperties properties = TestProperties.none();
        for (int i = 0; i < issuers; i++) {
            String prefix = "gatehouse.issuers.tenant-" + i + ".";
            properties
                    .with(prefix + "issuer", issuer(i))
                    .with(prefix + "public-key", key)
                    .with(prefix + "audiences", TestTokens.AUDIENCE)
                    .with(prefix + "roles.prefix", "tenant-" + i + ":")
                    .with(prefix + "roles.map.clerk", "user");
        }
        return properties;
    }

    private static TestProperties withPreset(int issuers) {
        TestProperties properties = TestProperties.none();
        for (int i = 0; i < issuers; i++) {
            String prefix = "gatehouse.issuers.tenant-" + i + ".";
            properties
                    .with(prefix + "preset", "keycloak")
                    .with(prefix + "issuer", issuer(i))
                    .with(prefix + "audiences", TestTokens.AUDIENCE);
        }
        return properties;
    }

    private static String issuer(int i) {
        return "https://login.example.com/realms/tenant-" + i;
    }

    /** As many for one issuer as for many. */
    private static List<AccessToken> tokens(int issuers, Duration timeLeft) {
        return IntStream.range(0, TOKENS)
                .mapToObj(i -> TestTokens.valid()
                        .claim("iss", quote(issuer(i * Math.max(1, issuers / TOKENS) % issuers)))
                        .claim("jti", quote("token-" + i))
                        .claim(
                                "exp",
                                Long.toString(TestTokens.NOW.plus(timeLeft).getEpochSecond()))
                        .compact())
                .map(AccessToken::of)
                .toList();
    }

    private static void measureOnce(int issuers, String what, Supplier<?> work) {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            require(work.get() != null);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        print(issuers, what, millis.get(0), "ms the first time");
        print(issuers, what, median(millis), "ms (median)");
    }

    private static double nanos(TokenValidator validator, List<AccessToken> tokens) {
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
        long count = 0;
        while (System.nanoTime() < end) {
            require(validator.validate(tokens.get((int) (count++ % tokens.size()))) != null);
        }
        return (System.nanoTime() - start) / (double) count;
    }

    private static double median(List<Double> rounds) {
        double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }

    private static void print(int issuers, String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%5d issuer(s): %-40s %12.1f %s%n", issuers, what, value, unit);
    }
}
