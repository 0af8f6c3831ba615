package dev.recsys.pipelines.events;

import dev.recsys.pipelines.spill.PartitionFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The records of the files of {@link EventSpiller}; items have the numbers in whose order they came. */
final class SpilledRecords {
    private static final byte[] NO_TEXT = {};
    private static final int ITEM_RECORD = Long.BYTES + 2 * Integer.BYTES + Short.BYTES;

    private SpilledRecords() {}

    /** Puts an event down under the session that it names, or else under its user. */
    static void putSession(PartitionFile file, int item, long millis, Event event) throws IOException {
        boolean named = !event.session().isEmpty();
        String id = named ? event.session() : event.user();
        byte[] text = utf8(id);
        ByteBuffer record = file.next(partition(file, id), Long.BYTES + Integer.BYTES + 1 + textBytes(text));
        record.putLong(millis).putInt(item).put((byte) (named ? 1 : 0));
        putText(record, text);
    }

    /** Puts a user's event down, or without histories the user alone. */
    static void putUser(PartitionFile file, int item, long millis, String user, boolean histories) throws IOException {
        byte[] text = utf8(user);
        int bytes = 1 + (histories ? Long.BYTES + Integer.BYTES : 0) + textBytes(text);
        ByteBuffer record = file.next(partition(file, user), bytes);
        record.put((byte) (histories ? 1 : 0));
        if (histories) {
            record.putLong(millis).putInt(item);
        }
        putText(record, text);
    }

    /** Returns what an event will take in the other files when it no longer waits. */
    static long bytesAfterWaiting(Event event, boolean histories) {
        long stamp = Long.BYTES + Integer.BYTES + 1L;
        int user = textBytes(utf8(event.user()));
        int session = event.session().isEmpty() ? user : textBytes(utf8(event.session()));
        boolean inSession = session > Short.BYTES;
        boolean ofUser = user > Short.BYTES;
        return ITEM_RECORD + (inSession ? stamp + session : 0) + (ofUser ? (histories ? stamp : 1) + user : 0);
    }

    static void putItem(PartitionFile file, int item, long millis, short type, int segment) throws IOException {
        file.next(item % file.partitions(), ITEM_RECORD)
                .putLong(millis)
                .putInt(item)
                .putShort(type)
                .putInt(segment);
    }

    static void putWaiting(PartitionFile file, EventIds.Hash hash, Event event) throws IOException {
        byte[][] texts = {
            utf8(event.type()), utf8(event.user()), utf8(event.session()), utf8(event.item()), utf8(event.segment())
        };
        int bytes = 3 * Long.BYTES;
        for (byte[] text : texts) {
            bytes += textBytes(text);
        }
        ByteBuffer record = file.next(partition(hash, file.partitions()), bytes);
        record.putLong(hash.high()).putLong(hash.low()).putLong(event.at().toEpochMilli());
        for (byte[] text : texts) {
            putText(record, text);
        }
    }

    /** Returns the event of a record behind its hash. */
    static Event waiting(ByteBuffer record) {
        Instant at = Instant.ofEpochMilli(record.getLong());
        return new Event("", at, text(record), text(record), text(record), text(record), text(record));
    }

    static String text(ByteBuffer record) {
        byte[] text = new byte[record.getShort()];
        record.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void putText(ByteBuffer record, byte[] text) {
        record.putShort((short) text.length).put(text);
    }

    private static byte[] utf8(String text) {
        return text.isEmpty() ? NO_TEXT : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int textBytes(byte[] text) {
        return Short.BYTES + text.length;
    }

    /** Returns the part of an event id: by other bits than those that give it its slot in {@link EventIds}. */
    static int partition(EventIds.Hash hash, int partitions) {
        return (int) Long.remainderUnsigned(hash.high(), partitions);
    }

    /** Spreads the hash, whose last bits alone are alike for ids that differ in their first places. */
    private static int partition(PartitionFile file, String id) {
        return ((id.hashCode() * 0x9E3779B9) >>> 1) % file.partitions();
    }
}
