package dev.recsys.internal.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kinds of slots against a map, over requests of all sizes one after the other. */
class SlotsTest {
    private static final int ITEMS = 200_000;
    private static final int CHUNK = 256;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anItemHasTheSameSlotUntilAllAreTakenBack(long seed) {
        Random random = new Random(seed);
        List<Slots> kinds = List.of(new DenseSlots(ITEMS), new HashSlots());
        for (int request = 0; request < 40; request++) {
            int[][] chunks = chunks(random, 1 + random.nextInt(request % 10 == 9 ? 300 : 12));
            List<int[]> found = new ArrayList<>();
            for (Slots slots : kinds) {
                found.add(placed(slots, chunks));
            }
            assertThat(found.get(0)).isEqualTo(expected(chunks));
            assertThat(found.get(1)).isEqualTo(found.get(0));
        }
    }

    /** Items of a request come from few or from all, each perhaps more than once. */
    private static int[][] chunks(Random random, int count) {
        int below = random.nextBoolean() ? 50 : ITEMS;
        int[][] chunks = new int[count][];
        for (int i = 0; i < count; i++) {
            chunks[i] = random.ints(random.nextInt(CHUNK + 1), 0, below).toArray();
        }
        return chunks;
    }

    private static int[] placed(Slots slots, int[][] chunks) {
        int[] members = new int[chunks.length * CHUNK + 2];
        int[] placed = new int[CHUNK];
        List<Integer> all = new ArrayList<>();
        int next = 1;
        for (int[] chunk : chunks) {
            next = slots.place(chunk, chunk.length, placed, members, next);
            for (int i = 0; i < chunk.length; i++) {
                assertThat(members[placed[i]]).isEqualTo(chunk[i]);
                assertThat(slots.find(chunk[i])).isEqualTo(placed[i]);
                all.add(placed[i]);
            }
        }
        slots.clear(members, next);
        for (int[] chunk : chunks) {
            for (int item : chunk) {
                assertThat(slots.find(item)).isZero();
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] expected(int[][] chunks) {
        Map<Integer, Integer> slots = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>();
        for (int[] chunk : chunks) {
            for (int item : chunk) {
                slots.putIfAbsent(item, slots.size() + 1);
                all.add(slots.get(item));
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
