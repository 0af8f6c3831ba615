package dev.recsys.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of a made-up shop as flat columns in the order of time, the same from the same numbers: those of {@link ShopEvents}
 * without users and types, items numbered by how frequent they are, no two events at one time.
 */
final class ShopColumns {
    private static final int CLUSTER = 200;
    private static final double MEAN_LENGTH = 8;
    private static final int MAX_LENGTH = 200;
    private static final long START_MILLIS = 1_790_812_800_000L;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final long SPAN_MILLIS = 30L * 86_400_000;

    private final int[] items; // [event] from the most frequent on
    private final int[] sessions; // [event] numbered by their first event
    private final long[] millis; // [event] since 1970
    private final int itemCount;

    /** Takes the arrays over. */
    ShopColumns(int[] items, int[] sessions, long[] millis, int itemCount) {
        this.items = items;
        this.sessions = sessions;
        this.millis = millis;
        this.itemCount = itemCount;
    }

    /** Returns the id of an item; ids are in another order than the numbers. */
    static String id(int item) {
        return item % 10 + "-" + item;
    }

    static ShopColumns of(int events, int itemCount, long seed) {
        return new Generator(events, itemCount, seed).columns();
    }

    int[] items() {
        return items;
    }

    int[] sessions() {
        return sessions;
    }

    long[] millis() {
        return millis;
    }

    /** Returns how many items the shop has; the rarest may have no event. */
    int itemCount() {
        return itemCount;
    }

    int size() {
        return items.length;
    }

    int sessionCount() {
        int count = 0;
        for (int session : sessions) {
            count = Math.max(count, session + 1);
        }
        return count;
    }

    /** Returns the first events alone. */
    ShopColumns head(int events) {
        return new ShopColumns(
                Arrays.copyOf(items, events),
                Arrays.copyOf(sessions, events),
                Arrays.copyOf(millis, events),
                itemCount);
    }

    /** Takes the different items of a session's last events, in ascending order. */
    interface BasketTaker {
        void take(int session, int[] basket);
    }

    void forEachBasket(BasketTaker taker) {
        int[] ends = new int[sessionCount()];
        for (int session : sessions) {
            ends[session]++;
        }
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] bySession = new int[size()];
        int[] next = ends.clone();
        for (int event = size() - 1; event >= 0; event--) {
            bySession[--next[sessions[event]]] = items[event];
        }
        for (int session = 0; session < ends.length; session++) {
            int start = Math.max(next[session], ends[session] - NeighbourBuild.LAST_EVENTS);
            taker.take(
                    session,
                    Arrays.stream(bySession, start, ends[session])
                            .sorted()
                            .distinct()
                            .toArray());
        }
    }

    /** Writes the columns one after the other. */
    void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int event = 0; event < size(); event++) {
                block.putInt(items[event]).putInt(sessions[event]).putLong(millis[event]);
                if (!block.hasRemaining()) {
                    drain(block, channel);
                }
            }
            drain(block, channel);
        }
    }

    private static void drain(ByteBuffer block, FileChannel channel) throws IOException {
        block.flip();
        while (block.hasRemaining()) {
            channel.write(block);
        }
        block.clear();
    }

    static ShopColumns read(Path file, int itemCount) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            int events = (int) (channel.size() / (2 * Long.BYTES));
            ShopColumns shop = new ShopColumns(new int[events], new int[events], new long[events], itemCount);
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            int event = 0;
            while (channel.read(block) >= 0 || block.position() > 0) {
                block.flip();
                for (; block.remaining() >= 2 * Long.BYTES; event++) {
                    shop.items[event] = block.getInt();
                    shop.sessions[event] = block.getInt();
                    shop.millis[event] = block.getLong();
                }
                block.compact();
            }
            return shop;
        }
    }

    /** A session at hand: when its next event is, and how many are left. */
    private static final class Visit implements Comparable<Visit> {
        private final int session;
        private final int cluster;
        private long millis;
        private int left;

        Visit(int session, int cluster, long millis, int left) {
            this.session = session;
            this.cluster = cluster;
            this.millis = millis;
            this.left = left;
        }

        @Override
        public int compareTo(Visit other) {
            int byTime = Long.compare(millis, other.millis);
            return byTime != 0 ? byTime : Integer.compare(session, other.session);
        }
    }

    private static final class Generator {
        private final SplittableRandom random;
        private final int itemCount;
        private final int clusters;
        private final long sessions; // how many there will be, about
        private final int[] items;
        private final int[] sessionOf;
        private final long[] millis;

        Generator(int events, int itemCount, long seed) {
            this.random = new SplittableRandom(seed);
            this.itemCount = itemCount;
            this.clusters = (itemCount + CLUSTER - 1) / CLUSTER;
            this.sessions = Math.max(1, (long) (events / MEAN_LENGTH));
            this.items = new int[events];
            this.sessionOf = new int[events];
            this.millis = new long[events];
        }

        ShopColumns columns() {
            PriorityQueue<Visit> open = new PriorityQueue<>();
            int begun = 0;
            long clock = START_MILLIS;
            for (int event = 0; event < items.length; event++) {
                while (open.isEmpty() || open.peek().millis >= startOf(begun)) {
                    open.add(new Visit(begun, zipf(clusters), startOf(begun), length()));
                    begun++;
                }
                Visit visit = open.remove();
                clock = Math.max(clock + 1, visit.millis);
                put(event, visit, clock);
                visit.left--;
                visit.millis += 1_000 + random.nextInt(60_000);
                if (visit.left > 0) {
                    open.add(visit);
                }
            }
            numberByFrequency();
            return new ShopColumns(items, sessionOf, millis, itemCount);
        }

        private long startOf(int session) {
            return START_MILLIS + SPAN_MILLIS * session / sessions;
        }

        private void put(int event, Visit visit, long at) {
            int from = random.nextInt(5) == 0 ? zipf(clusters) : visit.cluster;
            items[event] = Math.min(itemCount - 1, from * CLUSTER + zipf(CLUSTER));
            sessionOf[event] = visit.session;
            millis[event] = at;
        }

        private void numberByFrequency() {
            long[] byCount = new long[itemCount]; // how many events are not the item's, then the item
            for (int item = 0; item < itemCount; item++) {
                byCount[item] = (long) items.length << Integer.SIZE | item;
            }
            for (int item : items) {
                byCount[item] -= 1L << Integer.SIZE;
            }
            Arrays.sort(byCount);
            int[] numbers = new int[itemCount];
            for (int number = 0; number < itemCount; number++) {
                numbers[(int) byCount[number]] = number;
            }
            for (int event = 0; event < items.length; event++) {
                items[event] = numbers[items[event]];
            }
        }

        /** Geometric, so that the mean is as said. */
        private int length() {
            int length = 1;
            while (random.nextDouble() > 1 / MEAN_LENGTH && length < MAX_LENGTH) {
                length++;
            }
            return length;
        }

        /** A rank below {@code ranks}, rank r in proportion to about 1 / (r + 1). */
        private int zipf(int ranks) {
            return Math.min(ranks - 1, (int) StrictMath.pow(ranks + 1, random.nextDouble()) - 1);
        }
    }
}
