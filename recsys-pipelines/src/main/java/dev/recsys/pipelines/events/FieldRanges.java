package dev.recsys.pipelines.events;

/** Where in an array of bytes the fields of one line lie; used again for the next line. */
@SuppressWarnings("EnumOrdinal") // arrays, for they are looked at some ten times a line; the order is written nowhere
final class FieldRanges {
    private static final int FIELDS = EventField.values().length;

    private final int[] starts = new int[FIELDS]; // [field]
    private final int[] ends = new int[FIELDS]; // [field] exclusive; as its start where the line says nothing

    void clear() {
        for (int field = 0; field < FIELDS; field++) {
            starts[field] = 0;
            ends[field] = 0;
        }
    }

    void set(EventField field, int start, int end) {
        starts[field.ordinal()] = start;
        ends[field.ordinal()] = end;
    }

    int start(EventField field) {
        return starts[field.ordinal()];
    }

    int end(EventField field) {
        return ends[field.ordinal()];
    }

    boolean isEmpty(EventField field) {
        return ends[field.ordinal()] == starts[field.ordinal()];
    }
}
