package dev.recsys.proofs.kill;

import dev.recsys.proofs.LocalCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The parent: keeps so many processes alive, kills each some time after it proved that it works, starts another one in its
 * place, and compares after every kill. The seed decides what each process does and which faults it meets; when it dies and
 * how the processes interleave is the machine's, so that the same seed is another run.
 */
final class KillRun {
    private static final int LIVES_BEFORE_HALT = 3; // so many times as long may one live that is to halt itself
    private static final int POLLS_UNTIL_DEATH = 20; // on average, once it has lived long enough
    private static final long LONGEST_SILENCE_SECONDS = 120;
    private static final long POLL_MILLIS = 5;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final KillOptions options;
    private final Ground ground;
    private final Child.Setting setting;
    private final Consumer<String> progress;
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

    private KillRun(KillOptions options, Path folder, Ground ground, Consumer<String> progress) {
        this.options = options;
        this.ground = ground;
        this.progress = progress;
        Scene scene = new Scene(folder, ground.address());
        this.setting = new Child.Setting(scene, jvmOptions(options));
        this.random = new Random(options.seed());
        this.evidence = new Evidence(scene, ground, coverage);
    }

    private static List<String> jvmOptions(KillOptions options) {
        List<String> jvm = new ArrayList<>(LocalCredentials.jvmOptions());
        jvm.addAll(List.of("-Xmx" + options.store().heap(), "-cp", options.classPath()));
        return jvm;
    }

    /**
     * Runs until there were enough kills or something is wrong. What it writes into the folder is left there.
     *
     * @param progress gets a line every few seconds
     */
    static KillReport run(KillOptions options, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        try (Ground ground = options.store().create(folder.resolve("store"))) {
            return new KillRun(options, folder, ground, progress).run();
        }
    }

    private KillReport run() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        setting.scene().create();
        try {
            for (int i = 1; i <= options.readers(); i++) {
                readers.add(Child.reader(setting, "reader-" + i));
            }
            for (int i = 0; i < options.processes(); i++) {
                publishers.add(newPublisher());
            }
            killUntilDone(startNanos);
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
                ground.leftovers(),
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
        int longestLife = options.store().longestLife();
        int life = haltsAt.isPresent() ? LIVES_BEFORE_HALT * longestLife : 1 + random.nextInt(longestLife);
        Child child = Child.publisher(setting, "p" + started, options.seed() * 1_000_003 + started, haltsAt);
        child.liveFor(life);
        return child;
    }

    private void killUntilDone(long startNanos) throws IOException, InterruptedException {
        long lastKillNanos = startNanos;
        long nextLineNanos = startNanos + PROGRESS_NANOS;
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
            if (System.nanoTime() - nextLineNanos > 0) {
                nextLineNanos += PROGRESS_NANOS;
                tell(startNanos);
            }
            TimeUnit.MILLISECONDS.sleep(
                    POLL_MILLIS); // real processes write files: there is nothing to wait for but time
        }
    }

    private void tell(long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        progress.accept(String.format(
                Locale.ROOT,
                "%d of %d kills after %.0f s, %.2f a second; halted at %s",
                sigkills + halts,
                options.kills(),
                seconds,
                (sigkills + halts) / seconds,
                coverage));
    }

    private boolean isGone(Child child) throws IOException, InterruptedException {
        boolean alive = child.isAlive(); // before its journal is read: what a dead process wrote is all there then
        evidence.take(child);
        if (!alive) {
            buried(child);
            return true;
        }
        if (!child.hasLived() || random.nextInt(POLLS_UNTIL_DEATH) > 0) {
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
