package dev.recsys.pipelines.events;

import dev.recsys.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Knows which event has which event id, by the first 128 bits of the id's SHA-256: at most 40 bytes an id, however long
 * the ids are.
 */
final class EventIds {
    private final MessageDigest digest = Sha256.newDigest();
    private long[] high = new long[16]; // [id]
    private long[] low = new long[16]; // [id]
    private int[] events = new int[16]; // [id]
    private int[] slots = new int[64]; // [hash] number of the id + 1; 0 is free
    private int size;

    /** What an id is known by; zeros are none. */
    record Hash(long high, long low) {
        static final Hash NONE = new Hash(0, 0);

        boolean isNone() {
            return high == 0 && low == 0;
        }
    }

    /** Returns how many ids are known. */
    int size() {
        return size;
    }

    /** Returns what an id is known by. */
    Hash hash(String eventId) {
        byte[] utf8 = eventId.getBytes(StandardCharsets.UTF_8);
        return hash(utf8, 0, utf8.length);
    }

    /** Returns what an id is known by that is given as UTF-8. */
    Hash hash(byte[] utf8, int from, int to) {
        digest.update(utf8, from, to - from);
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Hash(bytes.getLong(), bytes.getLong());
    }

    /** Returns the event that has the id already, or -1 after giving it to {@code event}. */
    int putIfAbsent(Hash hash, int event) {
        long idHigh = hash.high();
        long idLow = hash.low();
        int slot = slot(idHigh, idLow);
        if (slots[slot] != 0) {
            return events[slots[slot] - 1];
        }
        append(idHigh, idLow, event);
        if (size * 2L > slots.length) {
            grow();
        } else {
            slots[slot] = size;
        }
        return -1;
    }

    private int slot(long idHigh, long idLow) {
        int slot = (int) idLow & (slots.length - 1);
        while (slots[slot] != 0 && (high[slots[slot] - 1] != idHigh || low[slots[slot] - 1] != idLow)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void append(long idHigh, long idLow, int event) {
        if (size == events.length) {
            int capacity = size + (size >> 1);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
            events = Arrays.copyOf(events, capacity);
        }
        high[size] = idHigh;
        low[size] = idLow;
        events[size] = event;
        size++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int id = 0; id < size; id++) {
            slots[slot(high[id], low[id])] = id + 1;
        }
    }
}
