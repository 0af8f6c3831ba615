package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a builder says that it holds, against its arrays, whenever they grow. */
class HeldBytesTest {
    private static final long SMALL_ARRAYS = 128_000; // which an empty one has

    @ParameterizedTest(name = "ids of {0} characters, event ids: {1}, seed {2}")
    @CsvSource({"1, false, 1", "8, true, 2", "36, true, 3", "300, false, 4"})
    void aBuilderSaysNoLessThanItsArraysTakeWhenOneGrows(int idLength, boolean withIds, long seed)
            throws IllegalAccessException {
        SplittableRandom random = new SplittableRandom(seed);
        EventsBuilder builder = new EventsBuilder();
        long before = arraysIn(builder);
        for (int i = 0; i < 40_000; i++) {
            String id = "x".repeat(idLength - 1) + Integer.toString(random.nextInt(1 << 20), 36);
            builder.add(new Event(
                    withIds ? "e" + i : "", Instant.ofEpochMilli(i), "view", "u" + id, "s" + id + i, "i" + id, ""));
            if (i % 97 == 0) {
                long now = arraysIn(builder);
                assertThat(builder.heldBytes() + SMALL_ARRAYS)
                        .as("after %s events", i)
                        .isGreaterThanOrEqualTo(now);
                assertThat(builder.heldBytes() + SMALL_ARRAYS)
                        .as("with the largest array that grew since, as it was before, %s events", i)
                        .isGreaterThanOrEqualTo(now + (now > before ? largestArrayIn(builder) / 2 : 0));
                before = now;
            }
        }
    }

    private static long arraysIn(Object root) throws IllegalAccessException {
        return walk(root, Collections.newSetFromMap(new IdentityHashMap<>()), false);
    }

    private static long largestArrayIn(Object root) throws IllegalAccessException {
        return walk(root, Collections.newSetFromMap(new IdentityHashMap<>()), true);
    }

    private static long walk(Object object, Set<Object> seen, boolean largest) throws IllegalAccessException {
        if (!seen.add(object)) {
            return 0;
        }
        if (object.getClass().isArray()) {
            Class<?> each = object.getClass().getComponentType();
            long bytes = each == long.class ? 8 : each == int.class ? 4 : each == short.class ? 2 : 1;
            return bytes * Array.getLength(object);
        }
        long result = 0;
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!object.getClass().getName().startsWith("dev.recsys") || Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.getType().isPrimitive() ? null : field.get(object);
            long of = value == null ? 0 : walk(value, seen, largest);
            result = largest ? Math.max(result, of) : result + of;
        }
        return result;
    }
}
