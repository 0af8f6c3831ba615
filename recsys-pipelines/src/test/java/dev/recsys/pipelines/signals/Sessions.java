package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.EventsBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events for tests. */
public final class Sessions {
    private Sessions() {}

    public static Event inSession(long second, String session, String item) {
        return new Event("", Instant.ofEpochSecond(second), "", "", session, item, "");
    }

    public static Event ofUser(long second, String user, String item) {
        return new Event("", Instant.ofEpochSecond(second), "", user, "", item, "");
    }

    public static Events events(Event... events) {
        return events(List.of(events));
    }

    public static Events events(List<Event> events) {
        EventsBuilder builder = new EventsBuilder();
        events.forEach(builder::add);
        return builder.build();
    }

    /** Sessions of 1 to 12 skewed items, each item at a time of its own. */
    public static List<Event> random(long seed, int sessions, int items) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                int item = (int) (items * random.nextDouble() * random.nextDouble());
                events.add(inSession(events.size(), "s" + session, "i" + item));
            }
        }
        return events;
    }
}
