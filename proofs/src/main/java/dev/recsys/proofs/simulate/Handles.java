package dev.recsys.proofs.simulate;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.Told;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Resolution;
import dev.recsys.publish.Resolution.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The handles of operations with an unknown outcome, which anybody may take up; what is final must stay so. */
final class Handles {
    private static final int MAX_TRIES_AT_THE_END = 20;

    private final World world;
    private final Judge judge;
    private final List<Handle> all = new ArrayList<>();
    private final Map<String, Boolean> committed = new HashMap<>();

    Handles(World world, Judge judge) {
        this.world = world;
        this.judge = judge;
    }

    private record Handle(String operation, String text) {}

    void add(String operation, String text) {
        all.add(new Handle(operation, text));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Resumes one of them, or aborts it; a handle may be taken up by two at once, and again after its end. */
    void settleOne(ManifestPublisher publisher) {
        Handle handle = all.get(world.random().nextInt(all.size()));
        boolean abort = world.chance(0.5);
        try {
            settle(handle, publisher, abort);
        } catch (RecsysException e) {
            world.trace("not settled " + handle.operation + " " + e.getClass().getSimpleName());
        }
    }

    /** Every handle comes to an end once the store answers. */
    void settleAll(ManifestPublisher publisher) {
        for (Handle handle : List.copyOf(all)) {
            String last = "";
            for (int tries = 1; tries <= MAX_TRIES_AT_THE_END && !last.equals("settled"); tries++) {
                try {
                    settle(handle, publisher, last.equals("damaged"));
                    last = "settled";
                } catch (DamagedException e) { // its artifacts are collected: it cannot be resumed, only aborted
                    last = "damaged";
                } catch (OutcomeUnknownException e) {
                    last = String.valueOf(e.getMessage());
                }
            }
            if (!last.equals("settled")) {
                world.broken("the handle of " + handle.operation + " never comes to an end: " + last);
            }
        }
    }

    private void settle(Handle handle, ManifestPublisher publisher, boolean abort) {
        String fence = world.newOperation();
        world.trace((abort ? "aborts " : "resumes ") + handle.operation);
        Resolution resolution = abort ? publisher.abort(handle.text, fence + " abort") : publisher.resume(handle.text);
        boolean itIs = resolution.outcome() == Outcome.COMMITTED;
        world.trace("settled " + handle.operation + " " + resolution.outcome());
        judge.told(handle.operation, itIs ? Told.COMMITTED : Told.NOT_MADE);
        Boolean itWas = committed.put(handle.operation, itIs);
        if (itWas != null && itWas != itIs) {
            world.broken(handle.operation + " was " + (itWas ? "committed" : "not made") + " and is "
                    + resolution.outcome());
        }
    }
}
