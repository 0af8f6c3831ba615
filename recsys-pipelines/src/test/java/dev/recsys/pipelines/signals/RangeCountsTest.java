package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RangeCountsTest {
    private static final CoocSettings COUNTED = CoocSettings.of(Similarity.COSINE);
    private static final long ARRAY = Integer.MAX_VALUE - 16;

    @Test
    void aRangeIsAsLongAsMemoryHoldsAndHasOneItemAtLeast() {
        long bytes = BasketRanges.basketBytes(COUNTED) + 5 * BasketRanges.positionBytes(COUNTED);
        RangeCounts counts = new RangeCounts(new int[] {1, 1, 1}, new long[] {5, 5, 5});

        assertThat(counts.end(0, COUNTED, 2 * bytes)).isEqualTo(2);
        assertThat(counts.end(0, COUNTED, 3 * bytes)).isEqualTo(3);
        assertThat(counts.end(1, COUNTED, 0)).isEqualTo(2);
    }

    @Test
    void aRangeHasNoMorePositionsThanAnArray() {
        RangeCounts counts = new RangeCounts(new int[] {1, 1, 1}, new long[] {ARRAY - 5, 5, 1});

        assertThat(counts.end(0, COUNTED, Long.MAX_VALUE)).isEqualTo(2);
        assertThat(counts.positions(0, 2)).isEqualTo(Integer.MAX_VALUE - 16);
    }

    @Test
    void oneItemWhoseSessionsNoArrayHoldsIsRefusedWithItsPositionsAndWhatToDo() {
        RangeCounts counts = new RangeCounts(new int[] {1, 40_000_000}, new long[] {2, ARRAY + 1});

        assertThat(counts.end(0, COUNTED, Long.MAX_VALUE)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counts.end(1, COUNTED, Long.MAX_VALUE))
                .withMessageContaining("2147483632 items together")
                .withMessageContaining("expected at most 2147483631")
                .withMessageContaining("shorter window");
    }
}
