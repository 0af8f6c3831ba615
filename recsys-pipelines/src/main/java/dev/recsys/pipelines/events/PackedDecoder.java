package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;

/** Reads what {@link PackedEncoder} wrote, and believes none of it. */
final class PackedDecoder {
    private static final int MAX_POOL = Integer.MAX_VALUE - 16;

    private final byte[] bytes;
    private int at;

    PackedDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    PackedEvents events() {
        long duplicates = number(Long.MAX_VALUE);
        int size = (int) number(bytes.length); // an event takes a byte at least
        PackedEvents.Texts texts = new PackedEvents.Texts(texts(), texts(), texts(), texts(), texts());
        Columns columns = new Columns(size);
        columns.size = size;
        times(columns);
        column(size, texts.items(), columns.items);
        column(size, texts.users(), columns.users);
        column(size, texts.sessions(), columns.sessions);
        column(size, texts.segments(), columns.segments);
        types(size, texts.types(), columns.types);
        if (Arrays.stream(columns.items).anyMatch(item -> item < 0)) {
            throw unsound("an event has no item");
        }
        PackedEvents.Ids ids = ids(size);
        if (at != bytes.length) {
            throw unsound("there is more behind the events");
        }
        return new PackedEvents(columns, texts, ids, duplicates);
    }

    private IdPool texts() {
        int[] ends = new int[(int) number(bytes.length)];
        byte[] pool = new byte[16];
        int before = 0;
        int start = 0;
        for (int text = 0; text < ends.length; text++) {
            int shared = (int) number(start - before);
            int own = (int) number(bytes.length);
            requireLeft(own);
            int end = (int) requireAtMost(MAX_POOL, (long) start + shared + own);
            pool = end <= pool.length ? pool : Arrays.copyOf(pool, (int) Math.min(MAX_POOL, 2L * end));
            System.arraycopy(pool, before, pool, start, shared);
            System.arraycopy(bytes, at, pool, start + shared, own);
            at += own;
            ends[text] = end;
            before = start;
            start = end;
        }
        return IdPool.over(pool, ends);
    }

    private void times(Columns columns) {
        long millis = 0;
        for (int event = 0; event < columns.size; event++) {
            millis = event == 0 ? whole() : millis + number(Integer.MAX_VALUE);
            columns.millis[event] = millis;
        }
    }

    private void column(int size, IdPool texts, int[] column) {
        if (number(1) == 0) {
            Arrays.fill(column, Columns.NONE);
            return;
        }
        for (int event = 0; event < size; event++) {
            column[event] = (int) number(texts.size()) - 1;
        }
    }

    private void types(int size, IdPool texts, short[] column) {
        int[] types = new int[size];
        column(size, texts, types);
        for (int event = 0; event < size; event++) {
            column[event] = (short) types[event];
        }
    }

    private PackedEvents.Ids ids(int size) {
        if (number(1) == 0) {
            return PackedEvents.Ids.NONE;
        }
        requireLeft(2L * Long.BYTES * size);
        long[] high = new long[size];
        long[] low = new long[size];
        for (int event = 0; event < size; event++) {
            high[event] = whole();
            low[event] = whole();
        }
        return new PackedEvents.Ids(high, low);
    }

    private long number(long most) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            requireLeft(1);
            byte next = bytes[at++];
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return requireAtMost(most, number);
            }
        }
        throw unsound("a number has too many bytes");
    }

    private long requireAtMost(long most, long number) {
        if (number < 0 || number > most) {
            throw unsound("a number is " + number + ", at most " + most + " was expected");
        }
        return number;
    }

    private long whole() {
        requireLeft(Long.BYTES);
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            number |= (bytes[at++] & 0xFFL) << shift;
        }
        return number;
    }

    private void requireLeft(long needed) {
        if (bytes.length - at < needed) {
            throw unsound("they end too early");
        }
    }

    private IllegalArgumentException unsound(String what) {
        return new IllegalArgumentException("the packed events are not sound at byte " + at + ": " + what);
    }
}
