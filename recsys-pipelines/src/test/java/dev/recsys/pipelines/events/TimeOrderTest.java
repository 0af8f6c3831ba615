package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOrderTest {
    @ParameterizedTest(name = "seed {0}, {1} events over {2} ms, {3} items")
    @CsvSource({
        "1,1,1,1",
        "2,2000,1,5",
        "3,2000,50,3",
        "4,2000,100000,300",
        "5,5000,2592000000,1000",
        "6,5000,9223372036854775807,1000",
        "7,3000,1000000000000000,2000000000",
        "8,40000,3000000,20"
    })
    void theOrderIsThatOfTimeItemAndTypeAndStable(long seed, int size, long span, int items) {
        Random random = new Random(seed);
        Columns columns = new Columns(size);
        columns.size = size;
        for (int event = 0; event < size; event++) {
            boolean early = span > 1 && random.nextInt(100) == 0;
            columns.millis[event] = early ? -span : (random.nextLong() >>> 1) % span;
            columns.items[event] = random.nextInt(items);
            columns.types[event] = (short) (random.nextInt(4) - 1);
        }

        assertThat(TimeOrder.of(columns, items, 3))
                .isEqualTo(IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingLong(event -> columns.millis[event])
                                .thenComparing(event -> columns.items[event])
                                .thenComparing(event -> columns.types[event]))
                        .mapToInt(Integer::intValue)
                        .toArray());
    }
}
