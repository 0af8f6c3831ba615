package dev.recsys.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a table, one row after the other: in arrays, or in the file, which is mapped.
 *
 * <p>Nobody unmaps a file here. The mapping goes when the garbage collector finds that no table holds it: a request that
 * still reads a release while the next one takes its place must never touch a page that is gone, which would end the
 * process. Counting readers would do it too, at the cost of a contended write on each request.
 */
final class Entries {
    private final TableForm form;
    private final int count;
    private final int @Nullable [] packed; // [entry] item << 8 | quantum; first, for most tables are so
    private final int[] items; // [entry] exact form on the heap
    private final float[] scores; // [entry] exact form on the heap
    private final @Nullable IntBuffer mapped; // [entry] as packed, or [entry][item, bits of the score]

    private Entries(
            TableForm form,
            int count,
            int @Nullable [] packed,
            int[] items,
            float[] scores,
            @Nullable IntBuffer mapped) {
        this.form = form;
        this.count = count;
        this.packed = packed;
        this.items = items;
        this.scores = scores;
        this.mapped = mapped;
    }

    static Entries packed(int[] packed) {
        return new Entries(TableForm.PACKED, packed.length, packed, new int[0], new float[0], null);
    }

    static Entries exact(int[] items, float[] scores) {
        return new Entries(TableForm.EXACT, items.length, null, items, scores, null);
    }

    /** The bytes of the section as they lie in the file, mapped for reading. */
    static Entries mapped(TableForm form, ByteBuffer section) {
        IntBuffer ints = section.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int count = section.remaining() / form.entryBytes();
        return new Entries(form, count, null, new int[0], new float[0], ints);
    }

    int count() {
        return count;
    }

    TableForm form() {
        return form;
    }

    boolean isMapped() {
        return mapped != null;
    }

    int item(int position) {
        int[] words = packed;
        return words != null ? words[position] >>> 8 : otherItem(position);
    }

    private int otherItem(int position) {
        IntBuffer file = mapped;
        if (file == null) {
            return items[position];
        }
        return form == TableForm.PACKED ? file.get(position) >>> 8 : file.get(2 * position);
    }

    /** Returns the score of an entry of a row; the scales are of the packed form only. */
    float score(int position, float[] scales, int row) {
        int[] words = packed;
        return words != null ? (words[position] & 0xFF) * scales[row] : otherScore(position, scales, row);
    }

    private float otherScore(int position, float[] scales, int row) {
        IntBuffer file = mapped;
        if (file == null) {
            return scores[position];
        }
        boolean quantum = form == TableForm.PACKED;
        return quantum ? (file.get(position) & 0xFF) * scales[row] : Float.intBitsToFloat(file.get(2 * position + 1));
    }

    /** Copies entries as they lie in the file: a number each when packed, item and bits of the score in turn when exact. */
    void copy(int position, int count, int[] target) {
        int[] words = packed;
        IntBuffer file = mapped;
        if (words != null) {
            System.arraycopy(words, position, target, 0, count);
        } else if (file != null) {
            int each = form.entryBytes() / Integer.BYTES;
            file.get(each * position, target, 0, each * count);
        } else {
            interleave(position, count, target);
        }
    }

    private void interleave(int position, int count, int[] target) {
        for (int i = 0; i < count; i++) {
            target[2 * i] = items[position + i];
            target[2 * i + 1] = Float.floatToRawIntBits(scores[position + i]);
        }
    }

    long heapBytes() {
        long packedBytes = packed == null ? 0 : 4L * packed.length;
        return packedBytes + 4L * items.length + 4L * scores.length;
    }
}
