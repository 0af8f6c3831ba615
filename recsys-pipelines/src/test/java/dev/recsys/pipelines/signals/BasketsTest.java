package dev.recsys.pipelines.signals;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static dev.recsys.pipelines.signals.Sessions.ofUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BasketsTest {
    @Test
    void aNamedSessionHoldsTogetherWhateverTheGap() {
        assertThat(baskets(inSession(0, "s", "a"), inSession(1_000_000, "s", "b"), inSession(5, "t", "c")))
                .containsExactlyInAnyOrder(Set.of("a", "b"), Set.of("c"));
    }

    @Test
    void aUsersEventsAreCutWhereTheGapIsLongerThanHalfAnHour() {
        assertThat(baskets(ofUser(0, "u", "a"), ofUser(1800, "u", "b"), ofUser(3601, "u", "c"), ofUser(10, "v", "a")))
                .containsExactlyInAnyOrder(Set.of("a", "b"), Set.of("c"), Set.of("a"));
    }

    @Test
    void eventsWithNeitherSessionNorUserAreInNoSession() {
        Event loose = new Event("", Instant.EPOCH, "", "", "", "a", "");

        assertThat(baskets(loose, loose)).isEmpty();
    }

    @Test
    void anItemIsInASessionOnce() {
        Events events = Sessions.events(inSession(0, "s", "a"), inSession(1, "s", "b"), inSession(2, "s", "a"));

        assertThat(Baskets.of(events, SessionSettings.DEFAULT).positions()).isEqualTo(2);
    }

    @Test
    void onlyTheLastEventsOfASessionCount() {
        List<Event> session = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            session.add(inSession(i, "s", "i" + i));
        }

        Set<String> basket = baskets(session.toArray(Event[]::new)).get(0);

        assertThat(basket).hasSize(50).contains("i10", "i59").doesNotContain("i9");
    }

    @Test
    void ofEventsOfOneTimeTheRarestItemsStay() {
        SessionSettings two = new SessionSettings(Duration.ofMinutes(30), 2);
        Events events = Sessions.events(
                inSession(0, "s", "rare"),
                inSession(0, "s", "common"),
                inSession(0, "s", "usual"),
                inSession(9, "t", "common"),
                inSession(9, "u", "common"),
                inSession(9, "v", "usual"));

        assertThat(baskets(events, two)).contains(Set.of("usual", "rare"));
    }

    @Test
    void aHistoryHasAUsersLastDifferentItemsWhateverTheSession() {
        Events events = Sessions.events(
                ofUser(0, "u", "a"),
                ofUser(1, "u", "b"),
                ofUser(99_999, "u", "c"),
                ofUser(100_000, "u", "c"),
                ofUser(5, "v", "d"),
                inSession(7, "s", "e"));

        assertThat(sets(events, Baskets.ofUsers(events, 2))).containsExactlyInAnyOrder(Set.of("b", "c"), Set.of("d"));
    }

    private static List<Set<String>> baskets(Event... events) {
        return baskets(Sessions.events(events), SessionSettings.DEFAULT);
    }

    private static List<Set<String>> baskets(Events events, SessionSettings settings) {
        return sets(events, Baskets.of(events, settings));
    }

    private static List<Set<String>> sets(Events events, Baskets baskets) {
        List<Set<String>> sets = new ArrayList<>();
        for (int basket = 0; basket < baskets.count(); basket++) {
            Set<String> items = new TreeSet<>();
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                items.add(events.itemId(baskets.item(position)));
            }
            sets.add(items);
        }
        return sets;
    }
}
