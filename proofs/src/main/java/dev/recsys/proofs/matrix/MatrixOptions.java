package dev.recsys.proofs.matrix;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What to run.
 *
 * @param clouds over which stores
 * @param seed decides what is left to chance
 * @param workers how many cells are tried at a time
 * @param lasting whether also faults that last until the operation has told something
 * @param which the cells to try; those without a fault are always tried
 */
record MatrixOptions(List<Cloud.Kind> clouds, long seed, int workers, boolean lasting, Predicate<Cell> which) {
    MatrixOptions {
        clouds = List.copyOf(clouds);
        if (workers < 1) {
            throw new IllegalArgumentException("there are " + workers + " workers; expected at least 1");
        }
    }

    List<Strike> strikes() {
        List<Strike> strikes = new ArrayList<>();
        for (WireFault fault : WireFault.values()) {
            for (Timing timing : Timing.values()) {
                strikes.add(new Strike(timing, fault, false));
                if (lasting) {
                    strikes.add(new Strike(timing, fault, true));
                }
            }
        }
        return strikes;
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Cloud.Kind cloud : clouds) {
            Cell.allOf(cloud, strikes(), seed).stream()
                    .filter(cell -> cell.strike().isEmpty() || which.test(cell))
                    .forEach(cells::add);
        }
        return cells;
    }
}
