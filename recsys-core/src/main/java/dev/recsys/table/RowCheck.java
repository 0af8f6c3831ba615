package dev.recsys.table;

import java.util.BitSet;
import java.util.Optional;

/**
 * Looks for what is wrong with the rows of a table: each entry must be in one row, name an item that there is, and have no
 * better score than the one before it.
 *
 * <p>A process loads its first table with cold code. So a row is first looked at a block of entries at a time, by a loop that
 * is small enough to be compiled soon and decides nothing before its end; only a row that does not pass is looked at entry by
 * entry, which says what is wrong. What it saves is in {@code docs/benchmarks.md}.
 */
final class RowCheck {
    private static final int BLOCK = 1024;
    private static final int UNSOUND = -1;

    private final Table table;
    private final Entries entries;
    private final int[] words; // [entry of a block] as they lie in the file

    RowCheck(Table table, Entries entries) {
        this.table = table;
        this.entries = entries;
        this.words = new int[BLOCK * entries.form().entryBytes() / Integer.BYTES];
    }

    /** Returns what is wrong, in words, with the first row that is not sound. */
    Optional<String> fault() {
        int filled = 0;
        int next = 0;
        boolean inOrder = true; // as writers put them: then no entry is in two rows
        for (int row = 0; row < table.rowCount(); row++) {
            int start = table.rowStart(row);
            int end = table.rowEnd(row);
            if (start < 0 || end < start || end > table.entryCount()) {
                return Optional.of(
                        "row " + row + " has the entries " + start + " to " + end + " of " + table.entryCount());
            }
            if (end > start && !isSurelySound(row, start, end)) {
                Optional<String> fault = faultOf(row, start, end);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            filled += end > start ? 1 : 0;
            inOrder &= end == start || start == next;
            next = end > start ? end : next;
        }
        if (filled != table.filledRows()) {
            return Optional.of("it says that " + table.filledRows() + " rows have entries; " + filled + " do");
        }
        return inOrder && next == table.entryCount() ? Optional.empty() : faultOfPlaces();
    }

    private boolean isSurelySound(int row, int start, int end) {
        float best = table.score(row, start);
        int before = entries.form() == TableForm.PACKED ? 0xFF : Float.floatToIntBits(Float.MAX_VALUE);
        boolean sound = best >= 0 && best <= Float.MAX_VALUE;
        for (int at = start; at < end && sound; at += BLOCK) {
            int count = Math.min(BLOCK, end - at);
            entries.copy(at, count, words);
            before = entries.form() == TableForm.PACKED
                    ? lastOfPacked(words, count, before, table.itemCount() - 1)
                    : lastOfExact(words, count, before, table.itemCount() - 1);
            sound = before != UNSOUND;
        }
        return sound;
    }

    /** Returns the last quantum if none rises and no item is beyond the last. */
    private static int lastOfPacked(int[] words, int count, int before, int lastItem) {
        int signs = 0; // negative as soon as one difference is
        int last = before;
        for (int i = 0; i < count; i++) {
            int quantum = words[i] & 0xFF;
            signs |= (lastItem - (words[i] >>> 8)) | (last - quantum);
            last = quantum;
        }
        return signs < 0 ? UNSOUND : last;
    }

    /** Returns the bits of the last score, which are in the order of the scores, if none rises and no item is beyond the last. */
    private static int lastOfExact(int[] words, int count, int before, int lastItem) {
        int signs = 0;
        int last = before;
        for (int i = 0; i < 2 * count; i += 2) {
            int bits = words[i + 1];
            signs |= words[i] | (lastItem - words[i]) | bits | (last - bits);
            last = bits;
        }
        return signs < 0 ? UNSOUND : last;
    }

    private Optional<String> faultOf(int row, int start, int end) {
        float before = Float.MAX_VALUE;
        for (int position = start; position < end; position++) {
            float score = table.score(row, position);
            int item = table.item(position);
            if (item < 0 || item >= table.itemCount()) {
                return Optional.of("row " + row + " names item " + item + " of " + table.itemCount());
            }
            if (!(score >= 0 && score <= before)) {
                return Optional.of("row " + row + " has the score " + score + " after " + before);
            }
            before = score;
        }
        return Optional.empty();
    }

    private Optional<String> faultOfPlaces() {
        BitSet taken = new BitSet(table.entryCount());
        for (int row = 0; row < table.rowCount(); row++) {
            int overlap = taken.nextSetBit(table.rowStart(row));
            if (overlap >= 0 && overlap < table.rowEnd(row)) {
                return Optional.of("row " + row + " has entry " + overlap + ", which another row has too");
            }
            taken.set(table.rowStart(row), table.rowEnd(row));
        }
        int found = taken.cardinality();
        return found == table.entryCount()
                ? Optional.empty()
                : Optional.of("its rows have " + found + " of its " + table.entryCount() + " entries");
    }
}
