package dev.recsys.pipelines.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Something that was done with an item. A text that is not known is empty.
 *
 * @param eventId its identity, by which it counts once however often it is read
 * @param at when, kept to the millisecond
 * @param type what it was, such as {@code click}
 * @param user who did it
 * @param session in which visit or basket; the same text is the same session, whoever the user is
 * @param item with which item; never empty
 * @param segment to which group the user belongs
 */
public record Event(String eventId, Instant at, String type, String user, String session, String item, String segment) {
    private static final int MAX_ID_LENGTH = 512;

    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException if {@code item} is empty, or a text is blank though not empty, longer than 512
     *     characters, has a control character or is not well-formed Unicode; the message names the field, not the text
     */
    public Event {
        if (item.isEmpty()) {
            throw new IllegalArgumentException("item is missing");
        }
        requireId("event_id", eventId);
        requireId("type", type);
        requireId("user", user);
        requireId("session", session);
        requireId("item", item);
        requireId("segment", segment);
    }

    private static void requireId(String field, String id) {
        if (id.isEmpty()) {
            return;
        }
        if (id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    field + " has " + id.length() + " characters; expected at most " + MAX_ID_LENGTH);
        }
        boolean blank = true;
        boolean surrogates = false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(field + " has a control character");
            }
            blank &= Character.isWhitespace(c);
            surrogates |= Character.isSurrogate(c);
        }
        if (blank) {
            throw new IllegalArgumentException(field + " is blank");
        }
        if (surrogates && !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new IllegalArgumentException(field + " is not well-formed Unicode: it has half a surrogate pair");
        }
    }
}
