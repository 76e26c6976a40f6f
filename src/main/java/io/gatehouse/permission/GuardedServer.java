package io.gatehouse.permission;

import io.gatehouse.guard.Breaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.guard.Bulkhead.Turn;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.Limits;
import io.gatehouse.token.ValidatedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to the server within bounds: of threads ({@link Bulkhead}), of time, and of attempts. A server that
 * fails is left alone for a while. The token goes from the caller's request into that one question, and nowhere else.
 *
 * <p>Thread-safe.
 */
final class GuardedServer {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** One exchange with the server. */
    interface Exchange {

        /** Given up when the answer is wanted no more. */
        FetchResult send(Map<String, String> headers, BooleanSupplier wanted);
    }

    private final Asker asker;
    private final Limits limits;
    private final Bulkhead bulkhead;
    private final Breaker breaker;
    private final ServerLog log;

    GuardedServer(Asker asker, Limits limits, Bulkhead bulkhead, ServerLog log) {
        this.asker = asker;
        this.limits = limits;
        this.bulkhead = bulkhead;
        this.breaker = Breaker.of(limits.failureThreshold(), limits.pause());
        this.log = log;
    }

    /** Asks for this caller; waits for its turn, at most a second, before it does. */
    <T> Answer<T> ask(ValidatedToken caller, Exchange exchange, Reading.Reader<T> reader, RetryPolicy retries) {
        try (Bulkhead.Place place = bulkhead.place()) {
            return place.turn() == Turn.GIVEN
                    ? new Question<>(caller, exchange, reader, retries, place).askUnlessLeftAlone()
                    : notGiven(null);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return notGiven(null);
        }
    }

    private <T> Answer<T> notGiven(@Nullable Duration retryAfter) {
        Duration wait = retryAfter == null ? limits.pause() : retryAfter;
        return new Answer.NotGiven<>(wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait);
    }

    /** One question with all its attempts. For one thread. */
    private final class Question<T> {

        private final ValidatedToken caller;
        private final Exchange exchange;
        private final Reading.Reader<T> reader;
        private final RetryPolicy retries;
        private final Bulkhead.Place place;
        private final Instant end;

        Question(
                ValidatedToken caller,
                Exchange exchange,
                Reading.Reader<T> reader,
                RetryPolicy retries,
                Bulkhead.Place place) {
            this.caller = caller;
            this.exchange = exchange;
            this.reader = reader;
            this.retries = retries;
            this.place = place;
            this.end = retries.deadline();
        }

        Answer<T> askUnlessLeftAlone() throws InterruptedException {
            // Looked at before a token of our own is fetched, which may cost a call; the permit is taken after it.
            Optional<AuthenticatedRequest> request = breaker.leavesAlone() ? Optional.empty() : authenticate();
            return request.isPresent() ? askUnlessLeftAlone(request.get()) : notGiven(null);
        }

        private Optional<AuthenticatedRequest> authenticate() {
            if (asker instanceof Asker.TheService service) {
                return service.authentication().authenticate(FormBody.empty(), Map.of());
            }
            String header = "Bearer " + caller.accessToken().value();
            return Optional.of(new AuthenticatedRequest(FormBody.empty(), Map.of("Authorization", header)));
        }

        private Answer<T> askUnlessLeftAlone(AuthenticatedRequest request) throws InterruptedException {
            Breaker.Ending<Reading<T>> ending = new Breaker.Ending<>(
                    Reading.senseless("the question was broken off"), Reading.Failed.class::isInstance, log::report);
            return breaker.call(() -> askWithAnotherToken(request), ending)
                    .map(this::answer)
                    .orElseGet(() -> notGiven(null));
        }

        /** Once more where our own token was not taken and another can be had: ours ends when the server says so. */
        private Reading<T> askWithAnotherToken(AuthenticatedRequest request) throws InterruptedException {
            Reading<T> reading = askAgainAndAgain(request);
            boolean another = reading instanceof Reading.AskerRejected<T> rejected
                    && rejected.status() == 401
                    && asker instanceof Asker.TheService service
                    && service.authentication().rejected(request);
            Optional<AuthenticatedRequest> next = another ? authenticate() : Optional.empty();
            return next.isPresent() ? askAgainAndAgain(next.get()) : reading;
        }

        private Reading<T> askAgainAndAgain(AuthenticatedRequest request) throws InterruptedException {
            int attempts = 0;
            while (true) {
                Reading<T> reading = ask(request);
                attempts++;
                boolean another = reading instanceof Reading.Failed<T> failed
                        && failed.passing()
                        && place.mayWait()
                        && retries.again(attempts, end);
                if (!another) {
                    return reading;
                }
            }
        }

        private Reading<T> ask(AuthenticatedRequest request) {
            BooleanSupplier wanted = () -> place.mayWait() && !retries.isOver(end);
            return reader.read(place.call(() -> exchange.send(request.headers(), wanted), FetchResult::isAnswer));
        }

        private Answer<T> answer(Reading<T> reading) {
            if (reading instanceof Reading.Understood<T> understood) {
                return new Answer.Given<>(understood.value());
            }
            if (reading instanceof Reading.Failed<T> failed) {
                return notGiven(failed.retryAfter());
            }
            return notGiven(reading instanceof Reading.Refused<T> refused ? refused.retryAfter() : null);
        }
    }
}
