package dev.recsys.pipelines.events;

import java.util.Arrays;

/**
 * Sorts events by time, then by item and type, and keeps equal ones as they came. Events mostly come about in the order of
 * their times: so they are dealt into many short spans of time, which touches memory almost in order, and each span is then
 * sorted within the cache, by keys that hold everything (bucket sort: Knuth, TAOCP vol. 3, section 5.2.5). Where such a key
 * has not enough bits, {@link RadixOrder} sorts.
 */
final class TimeOrder {
    private static final int KEY_BITS = 63;
    private static final int EVENTS_PER_SPAN = 16;
    private static final int MAX_SPAN_BITS = 22;

    private final Columns columns;
    private final long items;
    private final long types;
    private long first;
    private long last;
    private int shift; // a span is so many bits of milliseconds long
    private int[] ends; // [span] where its events end in the order

    private TimeOrder(Columns columns, int items, int types) {
        this.columns = columns;
        this.items = items;
        this.types = types + 1L; // one more for none
        this.ends = new int[0];
    }

    /** Returns the numbers of events in their order, of which there is at least one. */
    static int[] of(Columns columns, int items, int types) {
        return new TimeOrder(columns, items, types).order();
    }

    private int[] order() {
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
        for (int event = 0; event < columns.size; event++) {
            first = Math.min(first, columns.millis[event]);
            last = Math.max(last, columns.millis[event]);
        }
        int spanBits = Math.min(MAX_SPAN_BITS, bits(columns.size / EVENTS_PER_SPAN));
        shift = Math.max(0, bits(last - first) - spanBits);
        if (!areWide(1)) {
            return byRadix();
        }
        int longest = countSpans();
        if (!areWide(longest)) {
            return byRadix();
        }
        int[] order = deal();
        long[] keys = new long[longest];
        int start = 0;
        for (int end : ends) {
            sort(order, start, end, keys);
            start = end;
        }
        return order;
    }

    /** Returns whether keys are wide enough for spans of so many events. */
    private boolean areWide(int events) {
        return shift + bits(items * types) + bits(events) <= KEY_BITS;
    }

    /** Counts the events of each span; returns the highest count. */
    private int countSpans() {
        ends = new int[span(last) + 1];
        for (int event = 0; event < columns.size; event++) {
            ends[span(columns.millis[event])]++;
        }
        return Arrays.stream(ends).max().orElse(0);
    }

    private int[] deal() {
        int start = 0;
        for (int span = 0; span < ends.length; span++) {
            int count = ends[span];
            ends[span] = start;
            start += count;
        }
        int[] order = new int[columns.size];
        for (int event = 0; event < columns.size; event++) {
            order[ends[span(columns.millis[event])]++] = event;
        }
        return order;
    }

    private void sort(int[] order, int start, int end, long[] keys) {
        if (end - start < 2) {
            return;
        }
        int placeBits = bits(end - start);
        long place = 0;
        for (int i = start; i < end; i++) {
            keys[i - start] = (key(order[i]) << placeBits) | place++;
        }
        Arrays.sort(keys, 0, end - start);
        long placeMask = (1L << placeBits) - 1;
        int[] dealt = Arrays.copyOfRange(order, start, end);
        for (int i = start; i < end; i++) {
            order[i] = dealt[(int) (keys[i - start] & placeMask)];
        }
    }

    private long key(int event) {
        long millis = (columns.millis[event] - first) & ((1L << shift) - 1);
        return (millis * items + columns.items[event]) * types + columns.types[event] + 1;
    }

    private int span(long millis) {
        return (int) ((millis - first) >>> shift);
    }

    private int[] byRadix() {
        RadixOrder order = new RadixOrder(columns.size);
        order.by(event -> columns.types[event] + 1, types - 1);
        order.by(event -> columns.items[event], items);
        order.by(event -> columns.millis[event] - first, last - first);
        return order.order();
    }

    /** Returns how many bits numbers up to this one have; of all of them if it is negative, which is an overflow. */
    private static int bits(long max) {
        return Long.SIZE - Long.numberOfLeadingZeros(max);
    }
}
