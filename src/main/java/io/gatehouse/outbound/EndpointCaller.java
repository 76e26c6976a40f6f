package io.gatehouse.outbound;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonBody;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.outbound.Attempts.Repetition;
import io.gatehouse.outbound.TokenClientSettings.Format;
import io.gatehouse.outbound.TokenEndpoints.Endpoint;
import io.gatehouse.outbound.TokenEndpoints.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a call to an endpoint on the wire, with our proof, within its time. Each attempt has a form and a proof of its own:
 * servers take an assertion only once. Thread-safe.
 */
final class EndpointCaller {

    /** Carries one request. */
    interface Wire {

        /** Given up when the answer is wanted no more. */
        FetchResult post(URI uri, AuthenticatedRequest request, BooleanSupplier wanted);
    }

    /**
     * What is to be asked.
     *
     * @param form made for each attempt
     * @param timeout for all attempts together
     */
    record Call(
            Endpoint endpoint,
            Function<Target, FormBody> form,
            Map<String, String> headers,
            Repetition repetition,
            Duration timeout) {
        @Override
        public String toString() {
            return "Call[" + endpoint + "]";
        }
    }

    private final TokenEndpoints endpoints;
    private final ClientAuthentication authentication;
    private final Function<Endpoint, Wire> wires;
    private final Attempts attempts;
    private final Clock clock;

    EndpointCaller(
            TokenEndpoints endpoints,
            ClientAuthentication authentication,
            Function<Endpoint, Wire> wires,
            Attempts attempts,
            Clock clock) {
        this.endpoints = endpoints;
        this.authentication = authentication;
        this.wires = wires;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** The same wire to each endpoint. */
    EndpointCaller(
            TokenEndpoints endpoints, ClientAuthentication authentication, Wire wire, Attempts attempts, Clock clock) {
        this(endpoints, authentication, endpoint -> wire, attempts, clock);
    }

    static EndpointCaller of(TokenClientSettings settings, EndpointClients http, Clock clock) {
        return new EndpointCaller(
                settings.endpoints(),
                settings.authentication(),
                endpoint -> settings.format() == Format.JSON && endpoint == Endpoint.TOKEN
                        ? json(http.to(endpoint))
                        : form(http.to(endpoint)),
                Attempts.of(clock),
                clock);
    }

    private static Wire form(JsonHttpClient http) {
        return (uri, request, wanted) -> http.post(uri, request.form(), request.headers(), wanted);
    }

    private static Wire json(JsonHttpClient http) {
        return (uri, request, wanted) -> {
            Map<String, Object> members = new LinkedHashMap<>();
            request.form().values().forEach((name, values) -> members.put(name, oneOrAll(values)));
            return http.post(uri, JsonBody.of(JsonWriter.write(members)), request.headers(), wanted);
        };
    }

    private static Object oneOrAll(List<String> values) {
        return values.size() == 1 ? values.get(0) : values;
    }

    /**
     * Sends it, again where that makes sense.
     *
     * @param wanted asked now and then: false gives it up
     */
    EndpointAnswer send(Call call, BooleanSupplier wanted) {
        Instant end = clock.instant().plus(call.timeout());
        BooleanSupplier inTime = () -> wanted.getAsBoolean() && clock.instant().isBefore(end);
        Exchange exchange = new Exchange(call, inTime);
        return exchange.answer(attempts.make(exchange::attempt, call.repetition(), end, inTime));
    }

    /** One call with all its attempts, and what the last one sent where. For one thread. */
    private final class Exchange {

        private final Call call;
        private final BooleanSupplier wanted;
        private @Nullable URI uri;
        private Instant begunAt = clock.instant();
        private SentSecrets secrets = SentSecrets.none();

        Exchange(Call call, BooleanSupplier wanted) {
            this.call = call;
            this.wanted = wanted;
        }

        FetchResult attempt() {
            uri = null;
            return endpoints.use(call.endpoint(), wanted, this::post);
        }

        private FetchResult post(Target target) {
            uri = target.uri();
            Optional<AuthenticatedRequest> request;
            try {
                request = authentication.authenticate(call.form().apply(target), call.headers());
            } catch (RuntimeException broken) { // a key that does not sign: its message may tell of the key
                return new FetchResult.Unreachable(
                        "our own assertion cannot be made: " + broken.getClass().getSimpleName());
            }
            if (request.isEmpty()) {
                return new FetchResult.Unreachable("our own proof of who we are cannot be had");
            }
            secrets = SentSecrets.of(request.get());
            begunAt = clock.instant();
            return wires.apply(call.endpoint()).post(target.uri(), request.get(), wanted);
        }

        EndpointAnswer answer(FetchResult result) {
            return new EndpointAnswer(call.endpoint(), uri, begunAt, result, secrets);
        }
    }
}
