package dev.recsys.pipelines.signals;

import java.util.Optional;

/** Computes rows of an item-item matrix, one by one and in any order. Holds scratch memory: one thread at a time. */
interface RowSource {
    /** Returns the row of an item, or empty if it has no neighbour. */
    Optional<NeighbourRow> row(int item);
}
