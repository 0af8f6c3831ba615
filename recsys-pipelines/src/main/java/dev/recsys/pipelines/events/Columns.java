package dev.recsys.pipelines.events;

import java.util.Arrays;

/** The numbers of events as flat columns; -1 stands for what an event does not say. 26 bytes an event. */
final class Columns {
    static final int NONE = -1;
    static final int MAX_EVENTS = Integer.MAX_VALUE - 16;

    long[] millis; // [event]
    int[] items; // [event]
    int[] users; // [event]
    int[] sessions; // [event]
    int[] segments; // [event]
    short[] types; // [event]
    int size;

    Columns(int capacity) {
        this.millis = new long[capacity];
        this.items = new int[capacity];
        this.users = new int[capacity];
        this.sessions = new int[capacity];
        this.segments = new int[capacity];
        this.types = new short[capacity];
    }

    /** Takes over columns of events that name no user, type or segment. */
    static Columns over(int[] items, int[] sessions, long[] millis) {
        Columns columns = new Columns(0);
        columns.millis = millis;
        columns.items = items;
        columns.sessions = sessions;
        columns.size = items.length;
        columns.users = new int[columns.size];
        columns.segments = new int[columns.size];
        columns.types = new short[columns.size];
        Arrays.fill(columns.users, NONE);
        Arrays.fill(columns.segments, NONE);
        Arrays.fill(columns.types, (short) NONE);
        return columns;
    }

    /** Makes room for one more event. */
    void ensureRoom() {
        if (size < items.length) {
            return;
        }
        if (size == MAX_EVENTS) {
            throw new IllegalArgumentException("there are more than " + MAX_EVENTS + " events; give a shorter window");
        }
        int capacity = (int) Math.min(MAX_EVENTS, 16 + size + (long) (size >> 1));
        millis = Arrays.copyOf(millis, capacity);
        items = Arrays.copyOf(items, capacity);
        users = Arrays.copyOf(users, capacity);
        sessions = Arrays.copyOf(sessions, capacity);
        segments = Arrays.copyOf(segments, capacity);
        types = Arrays.copyOf(types, capacity);
    }

    /** Returns the events before a position, in arrays of their own. */
    Columns head(int count) {
        Columns head = new Columns(0);
        head.millis = Arrays.copyOf(millis, count);
        head.items = Arrays.copyOf(items, count);
        head.users = Arrays.copyOf(users, count);
        head.sessions = Arrays.copyOf(sessions, count);
        head.segments = Arrays.copyOf(segments, count);
        head.types = Arrays.copyOf(types, count);
        head.size = count;
        return head;
    }

    /** Returns the events at some positions, in arrays of their own. */
    Columns select(int[] positions) {
        Columns selected = new Columns(positions.length);
        for (int i = 0; i < positions.length; i++) {
            selected.millis[i] = millis[positions[i]];
            selected.items[i] = items[positions[i]];
            selected.users[i] = users[positions[i]];
            selected.sessions[i] = sessions[positions[i]];
            selected.segments[i] = segments[positions[i]];
            selected.types[i] = types[positions[i]];
        }
        selected.size = positions.length;
        return selected;
    }

    /** Puts the events into another order, one column after the other. */
    void reorder(int[] order) {
        long[] sortedMillis = new long[size];
        short[] sortedTypes = new short[size];
        for (int i = 0; i < size; i++) {
            sortedMillis[i] = millis[order[i]];
            sortedTypes[i] = types[order[i]];
        }
        millis = sortedMillis;
        types = sortedTypes;
        items = reordered(items, order);
        users = reordered(users, order);
        sessions = reordered(sessions, order);
        segments = reordered(segments, order);
    }

    private int[] reordered(int[] column, int[] order) {
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = column[order[i]];
        }
        return sorted;
    }
}
