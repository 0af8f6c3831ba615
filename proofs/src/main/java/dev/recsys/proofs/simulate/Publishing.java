package dev.recsys.proofs.simulate;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.artifact.Revision;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.Told;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.SimulatedPublishers;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that does one operation after the other; when it dies, another takes its place and goes on with the next. Tells
 * the judge what each operation told it.
 */
final class Publishing {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final World world;
    private final Faults faults;
    private final StoredObjects objects;
    private final Judge judge;
    private final Handles handles;
    private final Decisions decisions;
    private final String name;
    private final boolean mortal;
    private int lives;
    private SimulatedProcess process;
    private ManifestPublisher publisher;

    Publishing(
            World world,
            Faults faults,
            StoredObjects objects,
            Judge judge,
            Handles handles,
            Decisions decisions,
            String name,
            boolean mortal) {
        this.world = world;
        this.faults = faults;
        this.objects = objects;
        this.judge = judge;
        this.handles = handles;
        this.decisions = decisions;
        this.name = name;
        this.mortal = mortal;
        this.process = new SimulatedProcess(name);
        this.publisher = open();
    }

    ManifestPublisher publisher() {
        return publisher;
    }

    /** Does one operation, whatever comes of it. */
    void perform(Operation operation) {
        String id = world.newOperation();
        process.beginOperation();
        world.trace(process + " begins " + id + " " + operation.name());
        judge.told(id, Told.NOTHING);
        Told told = Told.NOTHING;
        try {
            Optional<Revision> made = operation.body().in(publisher, id + " " + operation.name());
            told = isOf(id, made) ? Told.COMMITTED : Told.ALREADY_SO;
        } catch (OutcomeUnknownException e) {
            handles.add(id, e.handle());
            told = Told.UNKNOWN;
        } catch (DamagedException e) {
            told = Told.NOT_MADE;
            if (!operation.mayFindDamage()) {
                world.broken(id + " found damage: " + e.getMessage());
            }
        } catch (RecsysException e) {
            told = Told.NOT_MADE;
        } catch (Crashed e) {
            if (world.scheduler().isOver()) {
                throw e;
            }
        }
        decisions.made(id, operation, process.revisionsSeen());
        judge.told(id, told);
        world.trace(process + " ends " + id + " " + told);
        reopenIfDead();
    }

    /** Takes up handles of others, or its own. */
    void settleOne() {
        process.beginOperation();
        try {
            handles.settleOne(publisher);
        } catch (Crashed e) {
            if (world.scheduler().isOver()) {
                throw e;
            }
        }
        reopenIfDead();
    }

    private void reopenIfDead() {
        if (process.isDead()) {
            lives++;
            process = new SimulatedProcess(name + "." + lives);
            publisher = open();
        }
    }

    private ManifestPublisher open() {
        SimulatedStore store = new SimulatedStore(world, faults, objects, process, mortal, 0);
        ManifestPublisher.Builder builder =
                ManifestPublisher.builder(store, name).callTimeout(CALL_TIMEOUT).artifactTimeout(CALL_TIMEOUT);
        return SimulatedPublishers.in(world.ambient(), builder).build();
    }

    /** Returns whether what an operation returned is its own work, and not what it found. */
    private static boolean isOf(String id, Optional<Revision> made) {
        return made.filter(revision ->
                        revision.operation().reason().split(" ", 2)[0].equals(id))
                .isPresent();
    }
}
