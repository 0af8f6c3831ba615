package dev.recsys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdPoolTest {
    private static final String[] PIECES = {"a", "b", "7", "-", "\u00e9", "\u5927", "\ud83d\ude00"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anIdHasOneNumberWhetherItIsGivenAsTextOrAsBytes(long seed) {
        Random random = new Random(seed);
        IdPool mixed = new IdPool(4);
        IdPool texts = new IdPool(4);
        List<Integer> found = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String id = id(random);
            byte[] around = ("(" + id + ")").getBytes(StandardCharsets.UTF_8);
            found.add(random.nextBoolean() ? mixed.add(id) : mixed.add(around, 1, around.length - 1));
            expected.add(texts.add(id));
        }

        assertThat(found).isEqualTo(expected);
        assertThat(mixed.beginsWith(texts)).isTrue();
        assertThat(mixed.get(mixed.indexOf("a"))).isEqualTo("a");
    }

    @ParameterizedTest(name = "seed {0}, {1} ids each")
    @CsvSource({"1,20", "2,300", "3,3000"})
    void addingAllIdsIsAddingOneAfterTheOther(long seed, int each) {
        Random random = new Random(seed);
        IdPool together = new IdPool(4);
        IdPool single = new IdPool(4);
        for (int part = 0; part < 5; part++) {
            IdPool other = new IdPool(4);
            for (int i = 0; i < each; i++) {
                other.add(random.nextInt(50) == 0 ? "" : id(random));
            }
            int[] expected = IntStream.range(0, other.size())
                    .map(number -> single.add(other.get(number)))
                    .toArray();

            assertThat(together.addAll(other)).isEqualTo(expected);
        }
        assertThat(together.size()).isEqualTo(single.size());
        assertThat(together.beginsWith(single)).isTrue();
        assertThat(together.addAll(together))
                .isEqualTo(IntStream.range(0, together.size()).toArray());
    }

    @ParameterizedTest(name = "seed {0}, {1} ids, {2} bytes in common")
    @CsvSource({"1,0,0", "2,1,3", "3,13,0", "4,500,1", "5,5000,200", "6,5000,0"})
    void idsAreSortedCodePointByCodePoint(long seed, int count, int common) {
        Random random = new Random(seed);
        IdPool ids = new IdPool(4);
        for (int i = 0; i < count; i++) {
            ids.add(
                    i == 7
                            ? ""
                            : "x".repeat(random.nextInt(3) == 0 ? random.nextInt(common + 1) : common) + id(random));
        }

        int[] sorted = ids.sorted();

        assertThat(sorted)
                .containsExactly(IntStream.range(0, ids.size())
                        .boxed()
                        .sorted(Comparator.comparing(
                                number -> ids.get(number).codePoints().toArray(), Arrays::compare))
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void idsThatAreTakenOverHaveTheNumbersWithWhichTheyWereAdded(long seed) {
        Random random = new Random(seed);
        IdPool added = new IdPool(4);
        for (int i = 0; i < 3_000; i++) {
            added.add(id(random));
        }

        IdPool taken = added.trimmed();

        assertThat(taken.size()).isEqualTo(added.size());
        for (int number = 0; number < added.size(); number++) {
            assertThat(taken.indexOf(added.get(number))).isEqualTo(number);
        }
        assertThat(taken.indexOf("unknown")).isEqualTo(-1);
    }

    @Test
    void idsOfOneHashAreTwoIds() {
        IdPool ids = over("AaBB", 2, 4); // of the same String.hashCode

        assertThat(ids.indexOf("Aa")).isEqualTo(0);
        assertThat(ids.indexOf("BB")).isEqualTo(1);
    }

    @Test
    void anIdThatOccursTwiceIsRefused() {
        assertThatThrownBy(() -> over("AaBBAa", 2, 4, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id 2 occurs twice");
    }

    private static IdPool over(String pool, int... ends) {
        return IdPool.over(pool.getBytes(StandardCharsets.UTF_8), ends);
    }

    private static String id(Random random) {
        StringBuilder id = new StringBuilder(PIECES[random.nextInt(PIECES.length)]);
        while (random.nextInt(4) > 0) {
            id.append(PIECES[random.nextInt(random.nextBoolean() ? 4 : PIECES.length)]);
        }
        return id.toString();
    }
}
