package io.gatehouse.outbound;

import io.gatehouse.outbound.TokenResult.Failed;
import io.gatehouse.outbound.TokenResult.Unreachable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs calls behind their caller's back. What it hands out never completes exceptionally by itself; whoever cancels it
 * ends the call soon after. Thread-safe.
 */
final class Stages {

    private final Executor executor;

    Stages(Executor executor) {
        this.executor = executor;
    }

    CompletionStage<TokenResult> tokens(Function<BooleanSupplier, TokenResult> call) {
        return run(call, failed -> failed);
    }

    /**
     * Runs a call.
     *
     * @param call told whether anybody still waits for it
     * @param failure what stands for a call that could not be made
     */
    <T> CompletionStage<T> run(Function<BooleanSupplier, T> call, Function<Failed, T> failure) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                if (!stage.isDone()) {
                    stage.complete(outcome(call, failure, stage));
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            stage.complete(failure.apply(new Unreachable("there is no thread to ask for a token with", null)));
        }
        return stage;
    }

    /** A mistake of ours must not leave somebody waiting for ever. */
    private static <T> T outcome(
            Function<BooleanSupplier, T> call, Function<Failed, T> failure, CompletableFuture<T> stage) {
        try {
            return call.apply(() -> !stage.isDone());
        } catch (RuntimeException unexpected) {
            String kind = unexpected.getClass().getSimpleName();
            return failure.apply(new Unreachable("asking for a token failed in an unexpected way: " + kind, null));
        }
    }
}
