package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpilledRecordsTest {
    private static final int PARTITIONS = 256;

    /** A table of twice as many slots as ids: thrown at random, ids would begin at more than three quarters as many slots. */
    @Test
    void eventIdsOfOnePartAreSpreadOverTheSlotsOfATable() {
        EventIds ids = new EventIds();
        int slots = 1 << 12;
        int found = 0;
        Set<Long> starts = new HashSet<>();
        for (int id = 0; found < slots / 2; id++) {
            EventIds.Hash hash = ids.hash("event-" + id);
            if (SpilledRecords.partition(hash, PARTITIONS) == 7) {
                found++;
                starts.add(hash.low() & (slots - 1));
            }
        }

        assertThat(starts).hasSizeGreaterThan(found * 3 / 4);
    }

    @Test
    void everyEventIdHasAPart() {
        for (long high : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            for (int partitions : new int[] {1, 3, PARTITIONS}) {
                assertThat(SpilledRecords.partition(new EventIds.Hash(high, 5), partitions))
                        .isBetween(0, partitions - 1);
            }
        }
    }
}
