package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.spill.PartitionFile;
import dev.recsys.pipelines.spill.WorkFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** {@link Baskets} in a file: 8 bytes an item of a session and 12 a session. Not safe for concurrent use. */
public final class SpilledBaskets implements Closeable {
    private static final int BLOCK_BYTES = 1 << 20;

    private final PartitionFile file;
    private long count;
    private long positions;
    private long newestMillis = Long.MIN_VALUE;

    /** One session at a time; its arrays are used again for the next one. */
    static final class Basket {
        int[] items = new int[64]; // [position] ascending
        char[] events = new char[64]; // [position] see Baskets
        char[] steps = new char[64]; // [position] see Baskets; zeros for histories
        int length;
        long firstMillis;

        private void read(ByteBuffer record) {
            length = record.getInt();
            firstMillis = record.getLong();
            if (length > items.length) {
                items = new int[length * 2];
                events = new char[length * 2];
                steps = new char[length * 2];
            }
            for (int i = 0; i < length; i++) {
                items[i] = record.getInt();
                events[i] = record.getChar();
                steps[i] = record.getChar();
            }
        }

        /** Returns the position of the first item that is at least this one; {@code length} if there is none. */
        int from(int item) {
            int found = Arrays.binarySearch(items, 0, length, item);
            return found < 0 ? -found - 1 : found;
        }
    }

    /** Takes a session. */
    interface Taker {
        void take(Basket basket);
    }

    private SpilledBaskets(WorkFolder folder, String what) throws IOException {
        this.file = new PartitionFile(folder, what, 1, BLOCK_BYTES);
    }

    /** Forms the sessions of events, as {@link Baskets#of} does; hears of each part that is done. */
    public static SpilledBaskets of(
            SpilledEvents events, SessionSettings settings, WorkFolder folder, Progress progress) throws IOException {
        SpilledBaskets spilled = new SpilledBaskets(folder, "baskets");
        int[] done = new int[1];
        events.bySession(part -> {
            spilled.add(Baskets.of(part, settings));
            progress.at(++done[0]);
        });
        return spilled.finished(progress);
    }

    /** Forms the history of each user, as {@link Baskets#ofUsers} does. */
    public static SpilledBaskets ofUsers(SpilledEvents events, int lastItems, WorkFolder folder, Progress progress)
            throws IOException {
        SpilledBaskets spilled = new SpilledBaskets(folder, "histories");
        int[] done = new int[1];
        events.byUser(part -> {
            spilled.add(Baskets.ofUsers(part, lastItems));
            progress.at(++done[0]);
        });
        return spilled.finished(progress);
    }

    /** Returns the number of sessions. */
    public long count() {
        return count;
    }

    /** Returns the number of items of all sessions together. */
    public long positions() {
        return positions;
    }

    long newestMillis() {
        return newestMillis;
    }

    /** Gives every session, always in the same order. */
    void forEach(Taker taker) throws IOException {
        Basket basket = new Basket();
        file.forEach(0, record -> {
            basket.read(record);
            taker.take(basket);
        });
    }

    /** Drops the file. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private SpilledBaskets finished(Progress progress) throws IOException {
        file.finish();
        progress.done();
        return this;
    }

    private void add(Baskets baskets) throws IOException {
        for (int basket = 0; basket < baskets.count(); basket++) {
            int start = baskets.start(basket);
            int end = baskets.end(basket);
            ByteBuffer record = file.next(0, Integer.BYTES + Long.BYTES + 8 * (end - start));
            record.putInt(end - start).putLong(baskets.firstMillis(basket));
            for (int position = start; position < end; position++) {
                record.putInt(baskets.item(position));
                record.putChar((char) baskets.events(position));
                record.putChar((char) (baskets.hasSteps() ? baskets.step(position) : 0));
            }
        }
        count += baskets.count();
        positions += baskets.positions();
        newestMillis = Math.max(newestMillis, baskets.newestMillis());
    }
}
