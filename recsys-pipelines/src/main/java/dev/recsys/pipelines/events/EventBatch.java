package dev.recsys.pipelines.events;

import java.time.Instant;

/**
 * Some events in any order, with numbers of their own.
 *
 * @param columns the numbers
 * @param texts what the numbers stand for
 * @param ids what the events' ids are known by
 */
record EventBatch(Columns columns, PackedEvents.Texts texts, PackedEvents.Ids ids) {
    int size() {
        return columns.size;
    }

    EventIds.Hash idOf(int event) {
        return ids.isEmpty() ? EventIds.Hash.NONE : new EventIds.Hash(ids.high()[event], ids.low()[event]);
    }

    /** Returns an event as it was, but without its event id. */
    Event event(int event) {
        return new Event(
                "",
                Instant.ofEpochMilli(columns.millis[event]),
                TakenEvents.text(texts.types(), columns.types[event]),
                TakenEvents.text(texts.users(), columns.users[event]),
                TakenEvents.text(texts.sessions(), columns.sessions[event]),
                TakenEvents.text(texts.items(), columns.items[event]),
                TakenEvents.text(texts.segments(), columns.segments[event]));
    }
}
