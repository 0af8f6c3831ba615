package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Writes packed events as bytes: numbers with seven bits a byte, the low ones first; times as distances. A column of
 * which no event says anything is one byte.
 */
final class PackedEncoder {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 1024;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    byte[] bytes(PackedEvents events) {
        Columns columns = events.columns();
        number(events.duplicates());
        number(columns.size);
        texts(events.items());
        texts(events.users());
        texts(events.sessions());
        texts(events.segments());
        texts(events.types());
        times(columns);
        column(columns.size, event -> columns.items[event]);
        column(columns.size, event -> columns.users[event]);
        column(columns.size, event -> columns.sessions[event]);
        column(columns.size, event -> columns.segments[event]);
        column(columns.size, event -> columns.types[event]);
        ids(events.ids());
        return Arrays.copyOf(bytes, size);
    }

    /** Each text without the bytes that it begins with as the one before does. */
    private void texts(IdPool texts) {
        number(texts.size());
        byte[] pool = texts.pool();
        int before = 0;
        int start = 0;
        for (int text = 0; text < texts.size(); text++) {
            int end = texts.end(text);
            int same = Arrays.mismatch(pool, before, start, pool, start, end);
            int shared = same < 0 ? end - start : same;
            number(shared);
            number(end - start - shared);
            ensureRoom(end - start - shared);
            System.arraycopy(pool, start + shared, bytes, size, end - start - shared);
            size += end - start - shared;
            before = start;
            start = end;
        }
    }

    private void times(Columns columns) {
        long before = 0;
        for (int event = 0; event < columns.size; event++) {
            long millis = columns.millis[event];
            if (event == 0) {
                whole(millis);
            } else {
                number(millis - before);
            }
            before = millis;
        }
    }

    private void column(int events, IntUnaryOperator numberOf) {
        boolean said = false;
        for (int event = 0; event < events && !said; event++) {
            said = numberOf.applyAsInt(event) >= 0;
        }
        number(said ? 1 : 0);
        for (int event = 0; event < events && said; event++) {
            number(numberOf.applyAsInt(event) + 1L);
        }
    }

    private void ids(PackedEvents.Ids ids) {
        number(ids.isEmpty() ? 0 : 1);
        for (int event = 0; event < ids.high().length; event++) {
            whole(ids.high()[event]);
            whole(ids.low()[event]);
        }
    }

    private void number(long number) {
        ensureRoom(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void whole(long number) {
        ensureRoom(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (number >>> shift);
        }
    }

    private void ensureRoom(int more) {
        long needed = (long) size + more;
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("the events of one day take more than " + MAX_BYTES + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
        }
    }
}
