package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks at what a pointer refers to while others publish and collect: what was missing may only have been collected since
 * the pointer was read, so that trouble counts only under a pointer that did not move meanwhile.
 */
final class MovingPointer {
    private static final int MAX_LOOKS = 10;

    private MovingPointer() {}

    /** Returns the first look that is sound, or the last one. */
    static <T> T settled(PointerReads pointers, Scope scope, Function<StoredPointer, T> look, Predicate<T> isSound) {
        StoredPointer base = pointers.existing(scope);
        for (int looks = 1; ; looks++) {
            T found = look.apply(base);
            if (isSound.test(found) || looks == MAX_LOOKS) {
                return found;
            }
            StoredPointer now = pointers.existing(scope);
            if (now.version().equals(base.version())) {
                return found;
            }
            base = now;
        }
    }
}
