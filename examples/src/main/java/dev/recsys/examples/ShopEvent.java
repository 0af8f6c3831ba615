package dev.recsys.examples;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something a visitor of the shop did.
 *
 * @param id the event's own id
 * @param at when
 * @param user who
 * @param session during which visit
 * @param item with which item
 * @param type {@code view}, {@code click}, {@code add_to_cart} or {@code purchase}
 * @param cents what was paid; purchases only
 * @param segment what kind of customer the user is, if that is known
 */
public record ShopEvent(
        String id,
        Instant at,
        String user,
        String session,
        String item,
        String type,
        OptionalInt cents,
        Optional<String> segment) {

    /** Returns the event as one line of JSON; nothing in it needs to be escaped. */
    String json(String tenant, String surface) {
        StringBuilder line = new StringBuilder(240);
        line.append("{\"event_id\":\"").append(id);
        line.append("\",\"ts\":\"").append(at);
        line.append("\",\"tenant\":\"").append(tenant);
        line.append("\",\"surface\":\"").append(surface);
        line.append("\",\"type\":\"").append(type);
        line.append("\",\"user\":\"").append(user);
        line.append("\",\"session\":\"").append(session);
        line.append("\",\"item\":\"").append(item).append('"');
        cents.ifPresent(price -> line.append(",\"value\":")
                .append(price / 100)
                .append(price % 100 < 10 ? ".0" : ".")
                .append(price % 100));
        segment.ifPresent(name -> line.append(",\"segment\":\"").append(name).append('"'));
        return line.append('}').toString();
    }
}
