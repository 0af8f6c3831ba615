package dev.recsys.proofs.kill;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.serve.EmbeddedRecommender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that serves, and writes down whatever it serves that is new. Arguments: the run's folder, the store's address, its own name. */
final class ReaderProcess {
    private static final Duration REFRESH = Duration.ofMillis(20);
    private static final long PAUSE_MILLIS = 5;

    private final EmbeddedRecommender recommender;
    private final Journal journal;
    private final Map<Integer, String> last = new HashMap<>();

    private ReaderProcess(EmbeddedRecommender recommender, Journal journal) {
        this.recommender = recommender;
        this.journal = journal;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Scene scene = new Scene(Path.of(args[0]), URI.create(args[1]));
        EmbeddedRecommender recommender = EmbeddedRecommender.builder(scene.open())
                .refreshInterval(REFRESH)
                .build();
        ReaderProcess process = new ReaderProcess(recommender, Journal.at(scene.journal(args[2])));
        Parent parent = new Parent();
        while (parent.isAlive()) {
            Scene.surfaces().forEach(process::request);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        System.exit(1);
    }

    private void request(int surface) {
        Scope scope = Scene.surface(surface);
        Recommendations answer = recommender.recommend(RecommendationRequest.of(scope.tenant(), scope.surface())
                .recentItems(List.of(SmallBuilds.ANCHOR))
                .build());
        if (answer.release() == 0) {
            return;
        }
        String served = answer.epoch() + "\t" + answer.seq() + "\t" + answer.release() + "\t"
                + SmallBuilds.served(answer, 'p') + "\t" + SmallBuilds.served(answer, 'c');
        if (!served.equals(last.put(surface, served))) {
            journal.write(Journal.SERVED, surface, served);
        }
    }
}
