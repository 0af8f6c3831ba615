package dev.recsys.proofs.matrix;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.proofs.ReaderThread;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.proofs.SurfaceWatch;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** The real reader, which polls when it is told to. */
final class TestedReader implements AutoCloseable {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ReaderThread thread = new ReaderThread();
    private final Scope scope;
    private final EmbeddedRecommender recommender;

    TestedReader(BlobStore store, Scope scope, Duration callTimeout) {
        this.scope = scope;
        this.recommender = EmbeddedRecommender.builder(store)
                .refreshInterval(NEVER)
                .firstLoadTimeout(Duration.ZERO)
                .callTimeout(callTimeout)
                .artifactTimeout(callTimeout)
                .executor(thread.executor())
                .build();
    }

    /** Loads what is current, and returns its revision. */
    long start() {
        long revision = recommender
                .preload(scope.tenant(), scope.surface(), LONGEST_WAIT)
                .revision()
                .orElseThrow()
                .seq();
        thread.awaitQuiet();
        return revision;
    }

    /** Asks the store once, and returns when that has come to its end. */
    void poll() {
        var unused = recommender.invalidate(scope.tenant(), scope.surface()).join();
        thread.awaitQuiet();
    }

    /** Answers a request, and tells the watch what of; returns the revision. */
    long served(SurfaceWatch watch) {
        Recommendations answer = recommender.recommend(RecommendationRequest.of(scope.tenant(), scope.surface())
                .recentItems(List.of(SmallBuilds.ANCHOR))
                .build());
        try {
            watch.served(
                    "a reader",
                    answer.epoch(),
                    answer.seq(),
                    answer.release(),
                    SmallBuilds.served(answer, 'p'),
                    SmallBuilds.served(answer, 'c'));
        } catch (IOException e) {
            throw new UncheckedIOException("a build of the matrix cannot be read", e);
        }
        return answer.seq();
    }

    @Override
    public void close() {
        recommender.close();
        thread.close();
    }
}
