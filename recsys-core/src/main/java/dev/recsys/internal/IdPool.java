package dev.recsys.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers ids in the order in which they are added: a pool of UTF-8 bytes and an open-addressed index over it, about 30
 * bytes an id against 115 for a map of strings. One thread adds; once nobody adds, any number may read.
 */
public final class IdPool {
    private static final int MAX_POOL = Integer.MAX_VALUE - 16;

    private static final int MOST_SLOTS = 1 << 30; // more ids than half of that are longer than a pool
    private static final int UNSURE = -2;
    private static final int BATCH = 256;

    private byte[] pool;
    private int[] ends; // [id] exclusive end in the pool; an id starts where the one before ends
    private int[] slots; // [hash] number + 1; 0 is free
    private int size;

    /** Creates an empty pool with room for some ids; it grows when more come. */
    public IdPool(int expected) {
        this.pool = new byte[Math.max(64, expected * 8)];
        this.ends = new int[Math.max(16, expected)];
        this.slots = new int[slotCountFor(expected)];
    }

    /** Takes arrays over from a file; throws IllegalArgumentException if an id occurs twice or is not UTF-8. */
    public static IdPool over(byte[] pool, int[] ends) {
        IdPool ids = new IdPool(0);
        ids.pool = pool;
        ids.ends = ends;
        ids.size = ends.length;
        ids.slots = new int[slotCountFor(ends.length)];
        ids.index(ids.hashes());
        return ids;
    }

    /** Returns the number of ids. */
    public int size() {
        return size;
    }

    /** Returns the number of the id, or -1. */
    public int indexOf(String id) {
        int slot = spread(id.hashCode()) & (slots.length - 1);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (matches(number, id)) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /**
     * Looks the numbers of the first so many ids up, -1 where there is none. In phases, so that the ids wait for memory together and not one
     * after the other: the slot of each; the last byte of what is there; only then the whole.
     */
    public void indexOf(String[] ids, int length, int[] numbers) {
        for (int i = 0; i < length; i++) {
            numbers[i] = slots[spread(ids[i].hashCode()) & (slots.length - 1)] - 1;
        }
        for (int i = 0; i < length; i++) {
            int number = numbers[i];
            if (number >= 0 && ends[number] > 0 && !ids[i].isEmpty()) {
                boolean same = pool[ends[number] - 1] == (byte) ids[i].charAt(ids[i].length() - 1);
                numbers[i] = same ? number : UNSURE;
            }
        }
        for (int i = 0; i < length; i++) {
            int number = numbers[i];
            if (number == UNSURE || (number >= 0 && !matches(number, ids[i]))) {
                numbers[i] = indexOf(ids[i]); // the slot was another's
            }
        }
    }

    /** Returns the number of the id, which is the next free one if the id is new. */
    public int add(String id) {
        int known = indexOf(id);
        if (known >= 0) {
            return known;
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
        if (size * 2L > slots.length) {
            rehash();
        } else {
            slots[freeSlot(id.hashCode())] = size;
        }
        return size - 1;
    }

    /**
     * Returns the number of an id that is given as UTF-8, which is the next free one if the id is new; no string is made of
     * one in ASCII.
     *
     * @param utf8 well-formed
     * @param from where the id begins
     * @param to where it ends, exclusive
     */
    public int add(byte[] utf8, int from, int to) {
        return add(utf8, from, to, hash(utf8, from, to));
    }

    private int add(byte[] utf8, int from, int to, int hash) {
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (Arrays.equals(pool, start(number), ends[number], utf8, from, to)) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        append(utf8, from, to);
        if (size * 2L > slots.length) {
            rehash();
        } else {
            slots[slot] = size;
        }
        return size - 1;
    }

    /**
     * Adds all ids of another pool, in its order. In phases, as {@link #indexOf(String[], int, int[])}, for this pool may be far larger than
     * the cache.
     *
     * @return [number there] the number here
     */
    public int[] addAll(IdPool other) {
        int[] numbers = new int[other.size];
        int[] hashes = new int[Math.min(BATCH, other.size)];
        for (int from = 0; from < other.size; from += BATCH) {
            addBatch(other, from, Math.min(BATCH, other.size - from), hashes, numbers);
        }
        return numbers;
    }

    private void addBatch(IdPool other, int from, int count, int[] hashes, int[] numbers) {
        for (int i = 0; i < count; i++) {
            hashes[i] = other.hash(from + i);
        }
        for (int i = 0; i < count; i++) {
            numbers[from + i] = slots[spread(hashes[i]) & (slots.length - 1)] - 1;
        }
        for (int i = 0; i < count; i++) {
            int number = numbers[from + i];
            int otherEnd = other.ends[from + i];
            if (number >= 0 && ends[number] > 0 && otherEnd > 0) {
                numbers[from + i] = pool[ends[number] - 1] == other.pool[otherEnd - 1] ? number : UNSURE;
            }
        }
        for (int i = 0; i < count; i++) {
            int number = numbers[from + i];
            int start = other.start(from + i);
            int end = other.ends[from + i];
            if (number < 0 || !Arrays.equals(pool, start(number), ends[number], other.pool, start, end)) {
                numbers[from + i] = add(other.pool, start, end, hashes[i]);
            }
        }
    }

    /** Returns an id by its number. */
    public String get(int number) {
        int start = start(number);
        return new String(pool, start, ends[number] - start, StandardCharsets.UTF_8);
    }

    /** Compares two ids by their UTF-8 bytes, which is the order of their code points. */
    public int compare(int left, int right) {
        return Arrays.compareUnsigned(pool, start(left), ends[left], pool, start(right), ends[right]);
    }

    /** Returns the numbers of all ids in the order of these, code point by code point. */
    public int[] sorted() {
        return IdSort.of(this);
    }

    /** Returns how many bytes of the pool are ids. */
    public int poolBytes() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** Returns the pool itself: UTF-8, one id after the other, then room. */
    public byte[] pool() {
        return pool;
    }

    /** Returns where an id starts in the pool. */
    public int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** Returns where an id ends in the pool. */
    public int end(int number) {
        return ends[number];
    }

    /** Returns whether this numbers all ids of the other, as the other does. */
    public boolean beginsWith(IdPool other) {
        return size >= other.size
                && Arrays.equals(ends, 0, other.size, other.ends, 0, other.size)
                && Arrays.equals(pool, 0, other.poolBytes(), other.pool, 0, other.poolBytes());
    }

    /** Returns the same ids under the same numbers without room for more. */
    public IdPool trimmed() {
        return over(Arrays.copyOf(pool, poolBytes()), Arrays.copyOf(ends, size));
    }

    /** Returns the heap that the arrays take. */
    public long heapBytes() {
        return pool.length + 4L * ends.length + 4L * slots.length;
    }

    private void append(byte[] bytes, int from, int to) {
        long needed = (long) poolBytes() + to - from;
        if (needed > MAX_POOL) {
            throw new IllegalArgumentException("all ids together are longer than " + MAX_POOL + " bytes");
        }
        if (needed > pool.length) {
            pool = Arrays.copyOf(pool, (int) Math.min(MAX_POOL, Math.max(needed, pool.length * 2L)));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + Math.max(16, size >> 1));
        }
        System.arraycopy(bytes, from, pool, poolBytes(), to - from);
        ends[size] = (int) needed;
        size++;
    }

    private void rehash() {
        slots = new int[slotCountFor((int) Math.min(MOST_SLOTS, size * 2L))];
        for (int number = 0; number < size; number++) {
            slots[freeSlot(hash(number))] = number + 1;
        }
    }

    private int freeSlot(int hash) {
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Refuses an id that occurs twice: its hash does, so hardly any two ids have to be compared. */
    private void index(int[] hashes) {
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = spread(hashes[number]) & mask;
            while (slots[slot] != 0) {
                int other = slots[slot] - 1;
                if (hashes[other] == hashes[number] && isSame(other, number)) {
                    throw new IllegalArgumentException("id " + number + " occurs twice");
                }
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }

    private boolean isSame(int one, int other) {
        return Arrays.equals(pool, start(one), ends[one], pool, start(other), ends[other]);
    }

    /**
     * String.hashCode of each id; refuses one that is not UTF-8, for it may come from a file. All bytes in one loop that calls
     * nothing: a process indexes its first ids with cold code, and one loop is compiled once, methods each by themselves.
     */
    private int[] hashes() {
        int[] hashes = new int[size];
        int at = 0;
        for (int number = 0; number < size; number++) {
            int hash = 0;
            int signs = 0; // negative as soon as one byte is, which is not ASCII
            for (; at < ends[number]; at++) {
                hash = 31 * hash + pool[at];
                signs |= pool[at];
            }
            hashes[number] = signs < 0 ? decoded(number).hashCode() : hash;
        }
        return hashes;
    }

    private int hash(int number) {
        return hash(pool, start(number), ends[number]);
    }

    /** String.hashCode of an id, without making the string when it is ASCII. */
    private static int hash(byte[] utf8, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            if (utf8[i] < 0) {
                return new String(utf8, from, to - from, StandardCharsets.UTF_8).hashCode();
            }
            hash = 31 * hash + utf8[i];
        }
        return hash;
    }

    private String decoded(int number) {
        ByteBuffer bytes = ByteBuffer.wrap(pool, start(number), ends[number] - start(number));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("id " + number + " is not UTF-8", e);
        }
    }

    private boolean matches(int number, String id) {
        int start = start(number);
        int length = ends[number] - start;
        if (length < id.length()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c >= 0x80) {
                return get(number).equals(id);
            }
            if (pool[start + i] != c) {
                return false;
            }
        }
        return length == id.length();
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9; // Fibonacci hashing, Knuth, TAOCP vol. 3, section 6.4
        return mixed ^ (mixed >>> 15);
    }

    private static int slotCountFor(int ids) {
        long slots = (long) Integer.highestOneBit(Math.max(1, ids)) << 2;
        return (int) Math.max(16, Math.min(slots, MOST_SLOTS));
    }
}
