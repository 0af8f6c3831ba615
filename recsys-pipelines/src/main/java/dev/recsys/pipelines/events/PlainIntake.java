package dev.recsys.pipelines.events;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of plain lines from their bytes, as {@link EventIntake} takes those of all lines; what is not plainly an
 * event, or plainly one that is not wanted, it leaves to that one.
 */
final class PlainIntake {
    private static final int MAX_ID_BYTES = 512;
    private static final int MAX_NUMBER_BYTES = 30;
    private static final EventField[] IDS = {
        EventField.EVENT_ID, EventField.TYPE, EventField.USER, EventField.SESSION, EventField.ITEM, EventField.SEGMENT
    };

    private final ChunkEvents events;
    private final IntakeCounts counts;
    private final byte[] tenant; // empty takes all
    private final byte[] surface;
    private final @Nullable Window window;
    private final List<byte[]> ignoredTypes;

    PlainIntake(ChunkEvents events, EventFilter filter, IntakeCounts counts) {
        this.events = events;
        this.counts = counts;
        this.tenant = bytes(filter.scope().map(Scope::tenant).orElse(""));
        this.surface = bytes(filter.scope().map(Scope::surface).orElse(""));
        this.window = filter.window().orElse(null);
        this.ignoredTypes =
                filter.ignoredTypes().stream().map(PlainIntake::bytes).toList();
    }

    /** Takes a line or counts it; returns whether it did. */
    boolean take(byte[] bytes, FieldRanges fields) {
        if (isOther(tenant, bytes, fields, EventField.TENANT) || isOther(surface, bytes, fields, EventField.SURFACE)) {
            counts.otherScope++;
            return true;
        }
        if (!areIds(fields) || !isPlainNumber(bytes, fields)) {
            return false;
        }
        try {
            take(EventTime.millis(bytes, fields.start(EventField.TS), fields.end(EventField.TS)), bytes, fields);
            return true;
        } catch (LineRefused e) {
            return false;
        }
    }

    private void take(long millis, byte[] bytes, FieldRanges fields) {
        if (window != null && !contains(window, Instant.ofEpochMilli(millis))) {
            counts.outsideWindow++;
        } else if (isIgnored(bytes, fields)) {
            counts.ignored++;
        } else {
            events.add(millis, bytes, fields);
        }
    }

    private static boolean isOther(byte[] expected, byte[] bytes, FieldRanges fields, EventField field) {
        return expected.length > 0 && !fields.isEmpty(field) && !isEqual(expected, bytes, fields, field);
    }

    private static boolean isEqual(byte[] expected, byte[] bytes, FieldRanges fields, EventField field) {
        return Arrays.equals(expected, 0, expected.length, bytes, fields.start(field), fields.end(field));
    }

    private static boolean areIds(FieldRanges fields) {
        for (EventField id : IDS) {
            if (fields.end(id) - fields.start(id) > MAX_ID_BYTES) {
                return false;
            }
        }
        return !fields.isEmpty(EventField.ITEM);
    }

    /** Returns whether there is no value, or one of digits with a point between or not: it is finite and not negative. */
    private static boolean isPlainNumber(byte[] bytes, FieldRanges fields) {
        int start = fields.start(EventField.VALUE);
        int end = fields.end(EventField.VALUE);
        if (start == end) {
            return true;
        }
        boolean point = false;
        for (int at = start; at < end; at++) {
            boolean isPoint = bytes[at] == '.' && !point && at > start && at + 1 < end;
            if (!isPoint && (bytes[at] < '0' || bytes[at] > '9')) {
                return false;
            }
            point |= isPoint;
        }
        return end - start <= MAX_NUMBER_BYTES;
    }

    private static boolean contains(Window window, Instant at) {
        return !at.isBefore(window.from()) && at.isBefore(window.to());
    }

    private boolean isIgnored(byte[] bytes, FieldRanges fields) {
        for (byte[] ignored : ignoredTypes) {
            if (isEqual(ignored, bytes, fields, EventField.TYPE)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
