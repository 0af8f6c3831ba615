package dev.recsys.proofs.matrix;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One thing to try.
 *
 * @param number its own; the surface is named after it
 * @param cloud the store
 * @param target which requests the fault is for
 * @param strike the fault; empty to see what happens without one
 * @param chances what is left to chance, by the seed
 */
record Cell(int number, Cloud.Kind cloud, Target target, Optional<Strike> strike, Chances chances) {
    private static final Set<WireFault> REFUSALS = EnumSet.of(WireFault.STATUS_403, WireFault.STATUS_429);
    private static final Set<WireFault> MADE_UP_SUCCESSES =
            EnumSet.of(WireFault.EMPTY_200, WireFault.TRUNCATED_BODY, WireFault.FLIPPED_BIT);

    /**
     * What is left to chance.
     *
     * @param landing when the late requests land
     * @param aborts whether an outcome that is unknown is settled by an abort rather than by a resume
     */
    record Chances(Landing landing, boolean aborts) {
        static Chances of(Random random) {
            Landing[] landings = Landing.values();
            return new Chances(landings[random.nextInt(landings.length)], random.nextInt(3) == 0);
        }
    }

    /** When requests land that are late; always after the operation has told something. */
    enum Landing {
        BEFORE_IT_IS_SETTLED,
        AFTER_IT_IS_SETTLED,
        AFTER_THE_NEXT_SHIP
    }

    /** Returns what is tried of a cloud, first of all every request without a fault. */
    static List<Cell> allOf(Cloud.Kind cloud, List<Strike> strikes, long seed) {
        List<Cell> cells = new ArrayList<>();
        Random random = new Random(seed);
        for (Target target : Target.of(cloud)) {
            cells.add(new Cell(cells.size(), cloud, target, Optional.empty(), Chances.of(random)));
            for (Strike strike : strikes) {
                cells.add(new Cell(cells.size(), cloud, target, Optional.of(strike), Chances.of(random)));
            }
        }
        return cells;
    }

    /**
     * Returns whether the wire lies in words that the store takes for those of its server: a swap is refused each time as the
     * server does before it looks, and takes effect all the same; or a delete that did nothing is answered as one that did.
     * What is told then may be wrong, and is no violation.
     */
    boolean isALieInTheServersWords() {
        return strike.filter(lie -> (target == Target.SWAP && isALastingRefusal(lie))
                        || (target == Target.DELETE && isAMadeUpDelete(lie)))
                .isPresent();
    }

    private static boolean isALastingRefusal(Strike lie) {
        return lie.lasting() && lie.timing() != Timing.BEFORE && REFUSALS.contains(lie.fault());
    }

    private boolean isAMadeUpDelete(Strike lie) {
        boolean saysDone = lie.fault() == WireFault.STATUS_404 // what is not there is deleted
                || (cloud == Cloud.Kind.GCS && MADE_UP_SUCCESSES.contains(lie.fault())); // its client tells no status
        return saysDone && lie.timing() != Timing.AFTER;
    }

    @Override
    public String toString() {
        return cloud + " " + target.word() + " " + strike.map(Strike::toString).orElse("without a fault")
                + " (late requests " + chances.landing()
                + (chances.aborts() ? ", aborted if unknown)" : ", resumed if unknown)");
    }
}
