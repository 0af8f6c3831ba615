package dev.recsys.cli;

import dev.recsys.control.Controls;
import dev.recsys.control.Exposure;
import dev.recsys.log.LogFolder;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.preview.Preview;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A preview by the newest requests of a log. */
final class PreviewRun {
    /** How many requests are replayed if nobody says. */
    static final int LAST = 10_000;

    private static final int THREADS = 2;
    private static final int STEPS = 100;

    private final Preview.Builder preview;
    private final Build build;
    private final ProgressListener progress;
    private List<Path> outcomes = List.of();
    private Duration within = Duration.ZERO;

    PreviewRun(BlobStore store, TrustList trust, Build build, ProgressListener progress) {
        this.preview = Preview.builder(store, build).trust(trust);
        this.build = build;
        this.progress = progress;
    }

    PreviewRun merging() {
        preview.merge();
        return this;
    }

    void controls(Controls controls) {
        preview.controls(controls);
    }

    /** Measures hits against the outcomes of a log. */
    void outcomes(List<Path> paths, Duration time) {
        outcomes = paths;
        within = time;
    }

    /** Replays the newest requests. */
    Previewed over(List<Path> exposures, int last) throws IOException {
        if (last < 1) {
            throw new IllegalArgumentException("the newest " + last + " requests are wanted; expected at least 1");
        }
        RecentExposures recent = new RecentExposures(build.scope(), last);
        LoggedFiles lists = new LoggedFiles(LogFiles.of("--exposures", exposures, LogFolder::exposures));
        recent.read(lists, progress);
        List<LoggedFiles> read = new ArrayList<>(List.of(lists));
        if (!outcomes.isEmpty()) {
            FollowingOutcomes following = new FollowingOutcomes(build.scope(), recent.exposures());
            LoggedFiles done = new LoggedFiles(LogFiles.of("--outcomes", outcomes, LogFolder::outcomes));
            following.read(done, within, progress);
            preview.outcomes(following.outcomes(), within);
            read.add(done);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "recsys-preview");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Preview made = preview.executor(threads).build();
            return new Previewed(
                    made.compare(told(recent.exposures(), recent.size())), recent.elsewhere(), List.copyOf(read));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Tells how many were asked for of so many. */
    private Iterable<Exposure> told(Iterable<Exposure> exposures, int all) {
        int step = Math.max(1, all / STEPS);
        return () -> new Iterator<>() {
            private final Iterator<Exposure> rest = exposures.iterator();
            private int done;

            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public Exposure next() {
                Exposure next = rest.next();
                done++;
                if (done % step == 0 || done == all) {
                    progress.progress(Phase.EVALUATE, done, all);
                }
                return next;
            }
        };
    }
}
