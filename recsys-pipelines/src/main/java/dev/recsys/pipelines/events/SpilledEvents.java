package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import dev.recsys.pipelines.spill.PartitionFile;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Events in files, given back in parts, of which one is in memory at a time. In every part items, types and segments have
 * the numbers that {@link Events} of all events would give them, and the order is that of {@link Events}; users and
 * sessions are numbered anew in each. Not safe for concurrent use.
 */
public final class SpilledEvents {
    private static final long EVENT_BYTES = 60; // columns, and what sorts them and puts them together
    private static final long ID_BYTES = 50; // as in EventsBuilder
    private static final long POOL_BYTES = 3;

    private final Files files;
    private final Numbers numbers;
    private final Span span;
    private final Events names;
    private final long userCount;

    /** The same events, each put together in its own way. */
    record Files(PartitionFile sessions, PartitionFile users, PartitionFile items) implements Closeable {
        void finish() throws IOException {
            sessions.finish();
            users.finish();
            items.finish();
        }

        @Override
        public void close() throws IOException {
            sessions.close();
            users.close();
            items.close();
        }
    }

    /** The numbers of all events for those in whose order they came. */
    record Numbers(Renumbering items, Renumbering types, Renumbering segments) {}

    /** How many events there are, and from when to when. */
    record Span(long events, long oldestMillis, long newestMillis) {}

    /** Takes a part. */
    public interface Taker {
        /**
         * Takes a part, which may be empty.
         *
         * @throws IOException ends the work
         */
        void take(Events part) throws IOException;
    }

    SpilledEvents(Files files, Numbers numbers, Span span) throws IOException {
        this.files = files;
        this.numbers = numbers;
        this.span = span;
        this.names = part(new Columns(0), new Events.Groups(0, 0, 0, 0));
        this.userCount = distinctUsers();
    }

    /** Returns the number of events. */
    public long size() {
        return span.events();
    }

    /** Returns the number of different users. */
    public long userCount() {
        return userCount;
    }

    /** Returns the time of the first event; empty without events. */
    public Optional<Instant> oldest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(span.oldestMillis()));
    }

    /** Returns the time of the last event; empty without events. */
    public Optional<Instant> newest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(span.newestMillis()));
    }

    /** Returns the items, types and segments of all events under their numbers, without an event. */
    public Events names() {
        return names;
    }

    /** Returns how many parts there are. */
    public int parts() {
        return files.sessions().partitions();
    }

    /**
     * Returns the most bytes of memory that any part takes while it is put together, and sessions or histories are formed of it:
     * each of its events may be of another session or user, whose ids are in a pool that grows.
     */
    public long largestPartBytes() {
        long largest = 0;
        for (int part = 0; part < parts(); part++) {
            largest = Math.max(largest, withIds(files.sessions(), part));
            largest = Math.max(largest, withIds(files.users(), part));
            largest = Math.max(largest, EVENT_BYTES * files.items().records(part));
        }
        return largest;
    }

    private static long withIds(PartitionFile file, int part) {
        return (EVENT_BYTES + ID_BYTES) * file.records(part) + POOL_BYTES * file.bytes(part);
    }

    /** Gives the events with a session or user; all of a session, and all of a user that name none, are in one part. */
    public void bySession(Taker taker) throws IOException {
        for (int part = 0; part < parts(); part++) {
            Columns columns = columns(files.sessions().records(part));
            IdPool sessions = new IdPool(1024);
            IdPool users = new IdPool(1024);
            files.sessions().forEach(part, record -> {
                addEvent(columns, record.getLong(), record.getInt());
                boolean named = record.get() == 1;
                int number = (named ? sessions : users).add(SpilledRecords.text(record));
                columns.sessions[columns.size] = named ? number : Columns.NONE;
                columns.users[columns.size] = named ? Columns.NONE : number;
                columns.size++;
            });
            taker.take(part(columns, new Events.Groups(users.size(), users.size(), sessions.size(), sessions.size())));
        }
    }

    /** Gives the events with a user; all of a user are in one part. Only if histories were wanted. */
    public void byUser(Taker taker) throws IOException {
        for (int part = 0; part < parts(); part++) {
            Columns columns = columns(files.users().records(part));
            IdPool users = new IdPool(1024);
            files.users().forEach(part, record -> {
                if (record.get() == 0) {
                    throw new IllegalStateException("histories were not put into files");
                }
                addEvent(columns, record.getLong(), record.getInt());
                columns.users[columns.size] = users.add(SpilledRecords.text(record));
                columns.sessions[columns.size] = Columns.NONE;
                columns.size++;
            });
            taker.take(part(columns, new Events.Groups(users.size(), users.size(), 0, 0)));
        }
    }

    /** Gives all events with their types and segments; all of an item are in one part. */
    public void byItem(Taker taker) throws IOException {
        for (int part = 0; part < parts(); part++) {
            Columns columns = columns(files.items().records(part));
            files.items().forEach(part, record -> {
                addEvent(columns, record.getLong(), record.getInt());
                columns.types[columns.size] = (short) numbers.types().of(record.getShort());
                columns.segments[columns.size] = numbers.segments().of(record.getInt());
                columns.users[columns.size] = Columns.NONE;
                columns.sessions[columns.size] = Columns.NONE;
                columns.size++;
            });
            taker.take(part(columns, new Events.Groups(0, 0, 0, 0)));
        }
    }

    private void addEvent(Columns columns, long millis, int item) {
        columns.millis[columns.size] = millis;
        columns.items[columns.size] = numbers.items().of(item);
        columns.segments[columns.size] = Columns.NONE;
        columns.types[columns.size] = Columns.NONE;
    }

    private Events part(Columns columns, Events.Groups groups) {
        return Events.numbered(
                columns,
                numbers.items().ids(),
                numbers.types().ids(),
                numbers.segments().ids(),
                groups);
    }

    private long distinctUsers() throws IOException {
        long distinct = 0;
        for (int part = 0; part < parts(); part++) {
            IdPool users = new IdPool(1024);
            files.users().forEach(part, record -> {
                if (record.get() == 1) {
                    record.position(record.position() + Long.BYTES + Integer.BYTES);
                }
                users.add(SpilledRecords.text(record));
            });
            distinct += users.size();
        }
        return distinct;
    }

    private static Columns columns(long records) {
        if (records > Columns.MAX_EVENTS) {
            throw new IllegalArgumentException("one part of the events has " + records + "; expected at most "
                    + Columns.MAX_EVENTS + ". Take a shorter window.");
        }
        return new Columns((int) records);
    }
}
