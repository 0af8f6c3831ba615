package dev.recsys.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static String id(Random random) {
        StringBuilder id = new StringBuilder(PIECES[random.nextInt(PIECES.length)]);
        while (random.nextInt(4) > 0) {
            id.append(PIECES[random.nextInt(random.nextBoolean() ? 4 : PIECES.length)]);
        }
        return id.toString();
    }
}
