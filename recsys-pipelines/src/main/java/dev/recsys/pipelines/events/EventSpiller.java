package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import dev.recsys.pipelines.spill.PartitionFile;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.pipelines.spill.WorkFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;

/**
 * Puts events into files in place of columns: what {@link EventsBuilder} does, for events that memory does not hold. In
 * memory stay the ids of items, about 60 bytes each, and blocks that wait to be written. Not safe for concurrent use.
 *
 * <p>An event goes to three files: by its session (or its user, if it names no session), by its user, and by its item.
 * One with an event id waits in a fourth until all are read, for another one with the same id may come.
 */
public final class EventSpiller implements ReadingLimit.Held, Closeable {
    private static final long ITEM_BYTES = 140; // in two pools that have grown, with counts and what orders them
    private static final long POOL_BYTES =
            5; // a byte of an id, once in a pool that has doubled and once in one that doubles
    private static final int BASKET_BYTES = 20; // of an event that is a session, or a history, by itself: the most

    private final WorkFolder folder;
    private final SpillSizes sizes;
    private final boolean histories;
    private final PartitionFile waiting;
    private final SpilledEvents.Files files;
    private final EventIds hashes = new EventIds();

    private final IdPool items = new IdPool(1024);
    private final IdPool types = new IdPool(16);
    private final IdPool segments = new IdPool(16);
    private int[] itemEvents = new int[1024]; // [item] how many
    private int[] typeEvents = new int[16]; // [type]
    private int[] segmentEvents = new int[16]; // [segment]
    private long bytesAfterWaiting;
    private long basketBytes;
    private long events;
    private long duplicates;
    private long oldestMillis = Long.MAX_VALUE;
    private long newestMillis = Long.MIN_VALUE;

    /**
     * Creates the files.
     *
     * @param histories whether users' histories are wanted, and not their number alone
     */
    public EventSpiller(WorkFolder folder, SpillSizes sizes, boolean histories) throws IOException {
        this.folder = folder;
        this.sizes = sizes;
        this.histories = histories;
        this.waiting = file(folder, "ids");
        this.files = new SpilledEvents.Files(file(folder, "sessions"), file(folder, "users"), file(folder, "items"));
    }

    /**
     * Adds an event.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void add(Event event) {
        try {
            add(event, event.eventId().isEmpty() ? EventIds.Hash.NONE : hashes.hash(event.eventId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds packed events but those of some types, as if each had been added by itself.
     *
     * @return how many were left out for their types
     * @throws IOException if they cannot be written
     */
    public long add(PackedEvents packed, Set<String> ignoredTypes) throws IOException {
        long left = 0;
        for (int i = 0; i < packed.size(); i++) {
            Event event = packed.batch().event(i);
            if (ignoredTypes.contains(event.type())) {
                left++;
            } else {
                add(event, packed.batch().idOf(i));
            }
        }
        return left;
    }

    /**
     * Returns the most that all files of a build from the events so far can take of the disk: none of those that wait is a
     * duplicate, and each event is a session by itself.
     */
    public long mostBytes() {
        return folder.putBytes() + bytesAfterWaiting + basketBytes;
    }

    /** Returns the most bytes that items take in memory, when all are put in order; but for a few KiB. */
    @Override
    public long heldBytes() {
        return ITEM_BYTES * items.size() + POOL_BYTES * items.poolBytes();
    }

    /** Returns 0: events are in files. */
    @Override
    public long eventBytes() {
        return 0;
    }

    /** Returns how many events were left out because another one has their event id; known once all are there. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns all events; they are there until the spiller is closed, which takes no further ones. */
    public SpilledEvents finish() throws IOException {
        waiting.finish();
        for (int partition = 0; partition < waiting.partitions(); partition++) {
            putDistinct(partition);
        }
        waiting.close();
        bytesAfterWaiting = 0;
        files.finish();
        Renumbering newItems = Renumbering.byCount(items, Arrays.copyOf(itemEvents, items.size()));
        Renumbering newTypes = Renumbering.byId(types, Arrays.copyOf(typeEvents, types.size()));
        Renumbering newSegments = Renumbering.byId(segments, Arrays.copyOf(segmentEvents, segments.size()));
        return new SpilledEvents(
                files,
                new SpilledEvents.Numbers(newItems, newTypes, newSegments),
                new SpilledEvents.Span(events, oldestMillis, newestMillis));
    }

    /** Closes all files, those of what was returned as well. */
    @Override
    public void close() throws IOException {
        waiting.close();
        files.close();
    }

    /** Of the events with one id the smallest goes on. */
    private void putDistinct(int partition) throws IOException {
        TakenEvents taken = new TakenEvents(new IdPool(1024), 1024);
        EventIds known = new EventIds();
        waiting.forEach(partition, record -> {
            EventIds.Hash hash = new EventIds.Hash(record.getLong(), record.getLong());
            Event event = SpilledRecords.waiting(record);
            int before = known.putIfAbsent(hash, taken.columns.size);
            if (before < 0) {
                taken.add(event);
            } else {
                duplicates++;
                taken.keepSmaller(before, event);
            }
        });
        for (int event = 0; event < taken.columns.size; event++) {
            put(taken.event(event));
        }
    }

    private void add(Event event, EventIds.Hash hash) throws IOException {
        boolean ofUser = !event.user().isEmpty();
        basketBytes += ofUser || !event.session().isEmpty() ? BASKET_BYTES : 0;
        basketBytes += ofUser && histories ? BASKET_BYTES : 0;
        if (hash.isNone()) {
            put(event);
        } else {
            bytesAfterWaiting += SpilledRecords.bytesAfterWaiting(event, histories);
            SpilledRecords.putWaiting(waiting, hash, event);
        }
    }

    private void put(Event event) throws IOException {
        long millis = event.at().toEpochMilli();
        int item = items.add(event.item());
        int type = event.type().isEmpty() ? Columns.NONE : types.add(event.type());
        int segment = event.segment().isEmpty() ? Columns.NONE : segments.add(event.segment());
        TakenEvents.requireFewTypes(types);
        itemEvents = counted(itemEvents, item);
        typeEvents = counted(typeEvents, type);
        segmentEvents = counted(segmentEvents, segment);
        oldestMillis = Math.min(oldestMillis, millis);
        newestMillis = Math.max(newestMillis, millis);
        events++;
        SpilledRecords.putItem(files.items(), item, millis, (short) type, segment);
        if (!event.session().isEmpty() || !event.user().isEmpty()) {
            SpilledRecords.putSession(files.sessions(), item, millis, event);
        }
        if (!event.user().isEmpty()) {
            SpilledRecords.putUser(files.users(), item, millis, event.user(), histories);
        }
    }

    private static int[] counted(int[] counts, int number) {
        if (number < 0) {
            return counts;
        }
        int[] grown = number < counts.length ? counts : Arrays.copyOf(counts, number + (number >> 1) + 1);
        grown[number] +=
                grown[number] == Integer.MAX_VALUE ? 0 : 1; // so many of one item are refused, see SpilledEvents
        return grown;
    }

    private PartitionFile file(WorkFolder folder, String what) throws IOException {
        return new PartitionFile(folder, what, sizes.partitions(), sizes.blockBytes());
    }
}
