package dev.recsys.proofs.simulate;

import dev.recsys.proofs.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One schedule: some publishers, rollbackers, collectors, people who settle handles, and readers, over a store that has
 * faults for a while and then none. Then every handle is settled, what is late arrives, and the judge speaks.
 */
final class Simulation {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int MAX_STEPS = 720;

    private final long seed;
    private final World world;
    private final Faults faults;
    private final Judge judge = new Judge();
    private final RevisionLog log;
    private final StoredObjects objects;
    private final Handles handles;
    private final Decisions decisions;
    private final Repertoire repertoire;
    private final TinyBuilds builds;
    private final List<Reading> readers = new ArrayList<>();
    private int working;

    private Simulation(long seed, Hands hands, TinyBuilds builds, Consumer<String> traceReader) {
        this.seed = seed;
        this.world = new World(seed, hands, traceReader);
        this.builds = builds;
        this.faults = new Faults(world.random());
        this.log = new RevisionLog(world, judge, TinyBuilds.SCOPE);
        this.objects = new StoredObjects(log);
        this.handles = new Handles(world, judge);
        this.decisions = new Decisions(world);
        this.repertoire = new Repertoire(world, builds, log);
    }

    static Outcome run(long seed, Hands hands, TinyBuilds builds, Consumer<String> traceReader) {
        return new Simulation(seed, hands, builds, traceReader).run();
    }

    private Outcome run() {
        Scheduler scheduler = world.scheduler();
        start();
        scheduler.sleep(Duration.ofSeconds(60 + world.random().nextInt(120)).toNanos());
        faults.heal();
        world.trace("HEALED");
        for (int steps = 1; working > 0 && steps <= MAX_STEPS; steps++) {
            scheduler.sleep(STEP.toNanos());
        }
        if (working > 0) {
            world.broken(working + " actors never come to an end");
        }
        handles.settleAll(publishing("operator", false).publisher());
        scheduler.sleep(Faults.LATEST.plus(Reading.LONGEST_TO_NOTICE).toNanos());
        readers.forEach(Reading::requireUpToDate);
        handles.settleAll(publishing("operator", false).publisher());
        decisions.check(log.entries());
        scheduler.end();
        return new Outcome(seed, scheduler.events(), world.trace().sha256(), judge.verdict(), world.broken());
    }

    private void start() {
        if (world.chance(0.5)) {
            faultless();
        }
        actors("publisher", 1 + world.random().nextInt(3), 4, repertoire::forPublisher);
        actors("rollbacker", world.random().nextInt(2), 3, repertoire::forRollbacker);
        actors("collector", world.random().nextInt(3), 4, repertoire::forCollector);
        for (int i = 0; i < 1 + world.random().nextInt(2); i++) {
            Publishing settler = publishing("settler-" + i, true);
            world.scheduler().start("settler-" + i, 0, () -> settle(settler));
        }
        for (int i = 0; i < 1 + world.random().nextInt(2); i++) {
            Reading reader = new Reading(world, faults, objects, log, judge, builds, "reader-" + i);
            readers.add(reader);
            world.scheduler().start("reader-" + i, 0, reader::run);
        }
    }

    /** Something is there before anything goes wrong. */
    private void faultless() {
        Faults none = new Faults(world.random());
        none.heal();
        Publishing first = new Publishing(world, none, objects, judge, handles, decisions, "first", false);
        for (int number = 0; number <= world.random().nextInt(3); number++) {
            first.perform(repertoire.ship(number));
        }
    }

    private void actors(String kind, int count, int mostOperations, Supplier<Operation> next) {
        for (int i = 0; i < count; i++) {
            int operations = 1 + world.random().nextInt(mostOperations);
            String name = kind + "-" + i;
            Publishing publishing = publishing(name, true);
            working++;
            world.scheduler().start(name, 0, () -> {
                for (int done = 0; done < operations; done++) {
                    world.scheduler().sleep(pauseNanos());
                    publishing.perform(next.get());
                }
                working--;
            });
        }
    }

    private void settle(Publishing settler) {
        while (true) {
            world.scheduler().sleep(pauseNanos());
            if (!handles.isEmpty()) {
                settler.settleOne();
            }
        }
    }

    private Publishing publishing(String name, boolean mortal) {
        return new Publishing(world, faults, objects, judge, handles, decisions, name, mortal);
    }

    /** Often none, so that operations meet. */
    private long pauseNanos() {
        return world.chance(0.5)
                ? 0
                : world.random().nextLong(Duration.ofSeconds(20).toNanos());
    }
}
