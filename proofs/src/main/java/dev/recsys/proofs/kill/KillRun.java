package dev.recsys.proofs.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The parent: keeps so many processes alive, kills each some time after it proved that it works, starts another one in its
 * place, and compares after every kill. The seed decides what each process does and which faults it meets; when it dies and
 * how the processes interleave is the machine's, so that the same seed is another run.
 */
final class KillRun {
    private static final int LONGEST_LIFE = 12; // operations
    private static final int LONGEST_LIFE_BEFORE_HALT = 40;
    private static final int POLLS_PER_OPERATION = 20;
    private static final long LONGEST_SILENCE_SECONDS = 120;
    private static final long POLL_MILLIS = 5;

    private final KillOptions options;
    private final Scene scene;
    private final String classPath;
    private final Random random;
    private final Coverage coverage = new Coverage();
    private final Evidence evidence;
    private final List<Child> publishers = new ArrayList<>();
    private final List<Child> readers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int started;
    private int sigkills;
    private int halts;
    private int between;

    private KillRun(KillOptions options, Path folder) {
        this.options = options;
        this.scene = new Scene(folder);
        this.classPath = options.classPath();
        this.random = new Random(options.seed());
        this.evidence = new Evidence(scene, coverage);
    }

    /** Runs until there were enough kills or something is wrong. What it writes into the folder is left there. */
    static KillReport run(KillOptions options, Path folder) throws IOException, InterruptedException {
        return new KillRun(options, folder).run();
    }

    private KillReport run() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        scene.create();
        try {
            for (int i = 1; i <= options.readers(); i++) {
                readers.add(Child.reader(scene, classPath, "reader-" + i));
            }
            for (int i = 0; i < options.processes(); i++) {
                publishers.add(newPublisher());
            }
            killUntilDone();
        } finally {
            for (Child child : all()) {
                child.kill();
            }
        }
        for (Child child : all()) {
            evidence.take(child);
        }
        int resolved = evidence.close(failures);
        return new KillReport(
                options,
                sigkills,
                halts,
                between,
                coverage.toString(),
                evidence.operations(),
                evidence.revisions(),
                evidence.served(),
                resolved,
                scene.leftovers(),
                failures,
                evidence.verdict(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private List<Child> all() {
        List<Child> all = new ArrayList<>(publishers);
        all.addAll(readers);
        return all;
    }

    private Child newPublisher() throws IOException {
        started++;
        Optional<Step> haltsAt =
                coverage.knowsSteps() && random.nextInt(5) < 3 ? Optional.of(coverage.next(random)) : Optional.empty();
        return Child.publisher(scene, classPath, "p" + started, options.seed() * 1_000_003 + started, haltsAt);
    }

    private void killUntilDone() throws IOException, InterruptedException {
        long lastKillNanos = System.nanoTime();
        while (sigkills + halts < options.kills() && failures.isEmpty()) {
            int before = started;
            for (int i = 0; i < publishers.size(); i++) {
                if (isGone(publishers.get(i))) {
                    publishers.set(i, newPublisher());
                }
            }
            for (Child reader : readers) {
                evidence.take(reader);
                requireAlive(reader);
            }
            if (started > before) {
                lastKillNanos = System.nanoTime();
                evidence.lookAtTheStore();
                if (!evidence.verdict().isSound()) {
                    return;
                }
            } else if (System.nanoTime() - lastKillNanos > TimeUnit.SECONDS.toNanos(LONGEST_SILENCE_SECONDS)) {
                failures.add("no process has come to its end for " + LONGEST_SILENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(
                    POLL_MILLIS); // real processes write files: there is nothing to wait for but time
        }
    }

    private boolean isGone(Child child) throws IOException, InterruptedException {
        boolean alive = child.isAlive(); // before its journal is read: what a dead process wrote is all there then
        evidence.take(child);
        if (!alive) {
            buried(child);
            return true;
        }
        int longestLife = child.haltsAt().isPresent() ? LONGEST_LIFE_BEFORE_HALT : LONGEST_LIFE;
        if (child.done() == 0
                || (child.done() < longestLife && random.nextInt(longestLife * POLLS_PER_OPERATION) > 0)) {
            return false;
        }
        child.kill();
        evidence.take(child);
        child.haltsAt().ifPresent(coverage::release);
        if (child.halted().isPresent()) {
            buried(child);
        } else if (child.inTheMidst()) {
            sigkills++;
        } else {
            between++;
        }
        return true;
    }

    private void buried(Child child) throws IOException {
        child.haltsAt().ifPresent(coverage::release);
        if (child.halted().isPresent()) {
            coverage.hit(child.halted().get());
            halts++;
        } else {
            failures.add(child.obituary());
        }
    }

    private void requireAlive(Child reader) throws IOException {
        if (!reader.isAlive()) {
            failures.add(reader.obituary());
        }
    }
}
