package dev.recsys.proofs.simulate;

import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.simulate.RevisionLog.Entry;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SimulatedReaders;
import dev.recsys.serve.SnapshotStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A process that serves, and is asked again and again; when it dies, another takes its place. Looks at every answer: is it
 * of one release, of the right items, not older than the one before, and not staler than the reader may be.
 */
final class Reading {
    /** Where nothing goes wrong any more: the longest back-off, and a poll. */
    static final Duration LONGEST_TO_NOTICE = Duration.ofSeconds(90);

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ARTIFACT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_BETWEEN_REQUESTS = Duration.ofSeconds(20);
    /** From the read that a poll begins with, over loading two artifacts, to the end of what counts as fresh after it. */
    private static final Duration FRESH_FOR = INTERVAL.multipliedBy(6)
            .dividedBy(5)
            .plus(CALL_TIMEOUT.multipliedBy(2))
            .plus(ARTIFACT_TIMEOUT.multipliedBy(2))
            .plus(Duration.ofSeconds(1));

    private final World world;
    private final Faults faults;
    private final StoredObjects objects;
    private final RevisionLog log;
    private final Judge judge;
    private final TinyBuilds builds;
    private final String name;
    private final long lagNanos;
    private int lives;
    private SimulatedProcess process;
    private EmbeddedRecommender recommender;
    private @Nullable Recommendations last;

    Reading(
            World world,
            Faults faults,
            StoredObjects objects,
            RevisionLog log,
            Judge judge,
            TinyBuilds builds,
            String name) {
        this.world = world;
        this.faults = faults;
        this.objects = objects;
        this.log = log;
        this.judge = judge;
        this.builds = builds;
        this.name = name;
        this.lagNanos = world.chance(0.3)
                ? Duration.ofSeconds(1 + world.random().nextInt(120)).toNanos()
                : 0;
        this.process = new SimulatedProcess(name);
        this.recommender = open();
    }

    /** Asks until the schedule ends. */
    void run() {
        while (true) {
            world.scheduler().sleep(world.random().nextLong(LONGEST_BETWEEN_REQUESTS.toNanos()));
            if (process.isDead()) {
                lives++;
                process = new SimulatedProcess(name + "." + lives);
                recommender = open();
                last = null;
            }
            if (world.chance(0.1)) {
                CompletableFuture<SnapshotStatus> unused =
                        recommender.invalidate(TinyBuilds.SCOPE.tenant(), TinyBuilds.SCOPE.surface());
            }
            Recommendations answer = ask();
            check(answer);
            last = answer;
        }
    }

    /** Once nothing goes wrong any more, a reader serves what is current. */
    void requireUpToDate() {
        Recommendations answer = ask();
        Optional<Entry> current = log.current().filter(entry -> entry.pointer().release() > 0);
        if (current.isPresent()
                && (answer.seq() != current.get().pointer().seq()
                        || answer.epoch() != current.get().pointer().epoch())) {
            world.broken(process + " serves revision " + answer.epoch() + "/" + answer.seq()
                    + " for ever; current is " + current.get().pointer().epoch() + "/"
                    + current.get().pointer().seq());
        }
    }

    private EmbeddedRecommender open() {
        EmbeddedRecommender.Builder builder = EmbeddedRecommender.builder(
                        new SimulatedStore(world, faults, objects, process, true, lagNanos))
                .executor(new SimulatedExecutor(world, process))
                .refreshInterval(INTERVAL)
                .callTimeout(CALL_TIMEOUT)
                .artifactTimeout(ARTIFACT_TIMEOUT)
                .firstLoadTimeout(Duration.ZERO);
        return SimulatedReaders.in(world.ambient(), builder).build();
    }

    private Recommendations ask() {
        return recommender.recommend(RecommendationRequest.of(TinyBuilds.SCOPE.tenant(), TinyBuilds.SCOPE.surface())
                .recentItems(List.of(TinyBuilds.SEED_ITEM))
                .build());
    }

    private void check(Recommendations answer) {
        Recommendations before = last;
        if (is(answer, Kind.NOT_READY)) {
            if (before != null && !is(before, Kind.NOT_READY)) {
                world.broken(process + " served and does no more");
            }
            return;
        }
        world.trace(process + " serves " + answer.epoch() + "/" + answer.seq());
        if (before != null && isOlder(answer.epoch(), answer.seq(), before.epoch(), before.seq())) {
            judge.regressed(process + " served " + before.epoch() + "/" + before.seq() + ", then " + answer.epoch()
                    + "/" + answer.seq());
        }
        checkItems(answer);
        checkFreshness(answer);
    }

    private void checkItems(Recommendations answer) {
        Optional<Entry> revision = log.revision(answer.epoch(), answer.seq());
        if (revision.isEmpty() || revision.get().pointer().release() != answer.release()) {
            judge.torn(process + " serves release " + answer.release() + " of revision " + answer.epoch() + "/"
                    + answer.seq() + ", which the register never held");
            return;
        }
        Set<String> expected = revision.get().pointer().manifest().value().digests().values().stream()
                .map(builds::prefixOf)
                .collect(Collectors.toSet());
        Set<String> found = answer.items().stream()
                .map(item -> item.itemId().substring(0, item.itemId().lastIndexOf('-') + 1))
                .collect(Collectors.toSet());
        if (!found.equals(expected)) {
            judge.torn(process + " serves items of " + new java.util.TreeSet<>(found) + " as release "
                    + answer.release() + ", which has those of " + new java.util.TreeSet<>(expected));
        }
    }

    private void checkFreshness(Recommendations answer) {
        if (is(answer, Kind.STALE)) {
            return;
        }
        log.at(world.scheduler().nowNanos() - FRESH_FOR.toNanos() - lagNanos)
                .filter(entry -> isOlder(
                        answer.epoch(),
                        answer.seq(),
                        entry.pointer().epoch(),
                        entry.pointer().seq()))
                .ifPresent(entry -> world.broken(process + " serves " + answer.epoch() + "/" + answer.seq()
                        + " as fresh, " + FRESH_FOR.toSeconds() + " s after "
                        + entry.pointer().epoch() + "/"
                        + entry.pointer().seq()));
    }

    private static boolean is(Recommendations answer, Kind kind) {
        return answer.degradations().stream().anyMatch(degradation -> degradation.kind() == kind);
    }

    private static boolean isOlder(long epoch, long seq, long otherEpoch, long otherSeq) {
        return epoch != otherEpoch ? epoch < otherEpoch : seq < otherSeq;
    }
}
