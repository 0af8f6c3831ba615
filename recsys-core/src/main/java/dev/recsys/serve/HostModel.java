package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.control.Candidate;
import dev.recsys.control.Reranker;
import dev.recsys.internal.Durations;
import dev.recsys.internal.rank.RankingInput.Rescorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the host's model within a deadline; what is late, fails or is nonsense is told and left.
 *
 * @param reranker the model
 * @param pool how many of the best items it scores
 * @param deadline how long a request waits for it
 * @param executor runs it
 */
record HostModel(Reranker reranker, int pool, Duration deadline, ExecutorService executor) {
    private static final int MAX_POOL = 1_000;

    /**
     * What a host says of its model.
     *
     * @param reranker the model
     * @param pool how many of the best items it scores
     * @param deadline how long a request waits for it
     */
    record Settings(Reranker reranker, int pool, Duration deadline) {
        Settings {
            if (pool < 1 || pool > MAX_POOL) {
                throw new IllegalArgumentException("the reranker's pool is " + pool + "; expected 1 to " + MAX_POOL);
            }
            Durations.requirePositive("the reranker's deadline", deadline);
        }

        /** Starts threads for the model. */
        HostModel start() {
            return new HostModel(reranker, pool, deadline, ModelThreads.start());
        }
    }

    /** Ends the threads. */
    void close() {
        executor.shutdownNow();
    }

    /** Returns the model as one request asks it. */
    Call call(RecommendationRequest request, List<Degradation> degradations) {
        return new Call(this, request, degradations);
    }

    /** One call; remembers what it brought. */
    static final class Call implements Rescorer {
        private final HostModel model;
        private final RecommendationRequest request;
        private final List<Degradation> degradations;
        private List<Candidate> rescored = List.of();

        private Call(HostModel model, RecommendationRequest request, List<Degradation> degradations) {
            this.model = model;
            this.request = request;
            this.degradations = degradations;
        }

        /** Returns the items with the scores that the model gave; none if it gave none. */
        List<Candidate> rescored() {
            return rescored;
        }

        @Override
        public int pool() {
            return model.pool;
        }

        @Override
        public Optional<double[]> rescore(List<Candidate> candidates) {
            List<Candidate> given = List.copyOf(candidates);
            try {
                Future<double[]> answer = model.executor.submit(() -> model.reranker.rescore(request, given));
                return take(given, await(answer));
            } catch (RejectedExecutionException e) {
                return failed("there is no thread for it");
            } catch (TimeoutException e) {
                return failed("it took longer than " + model.deadline.toMillis() + " ms");
            } catch (ExecutionException e) {
                return failed("it failed: "
                        + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failed("the request was interrupted");
            }
        }

        private double[] await(Future<double[]> answer)
                throws ExecutionException, InterruptedException, TimeoutException {
            try {
                return answer.get(model.deadline.toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                answer.cancel(true); // nothing if it is there
            }
        }

        private Optional<double[]> take(List<Candidate> candidates, double[] scores) {
            if (scores.length != candidates.size()) {
                return failed("it gave " + scores.length + " scores for " + candidates.size() + " candidates");
            }
            List<Candidate> taken = new ArrayList<>(scores.length);
            for (int i = 0; i < scores.length; i++) {
                if (!(scores[i] >= 0 && scores[i] <= Double.MAX_VALUE)) {
                    return failed("a score is " + scores[i] + "; expected a finite number that is not negative");
                }
                taken.add(new Candidate(candidates.get(i).itemId(), scores[i]));
            }
            rescored = taken;
            return Optional.of(scores.clone());
        }

        private Optional<double[]> failed(String why) {
            degradations.add(new Degradation(Kind.RERANKER_FAILED, "the host's model did not score: " + why));
            return Optional.empty();
        }
    }
}
