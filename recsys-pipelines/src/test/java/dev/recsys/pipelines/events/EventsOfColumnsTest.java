package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsOfColumnsTest {
    private static final List<String> IDS = List.of("b", "unsold", "a");

    @Test
    void columnsGiveTheEventsThatABuilderGives() {
        EventsBuilder builder = new EventsBuilder();
        builder.add(event(3_000, "s1", "a"));
        builder.add(event(1_000, "s2", "b"));
        builder.add(event(3_000, "", "b"));
        builder.add(event(2_000, "s1", "a"));
        builder.add(event(4_000, "s1", "a"));
        Events built = builder.build();

        Events given = Events.ofColumns(
                new int[] {2, 0, 0, 2, 2},
                new int[] {0, 7, -1, 0, 0},
                new long[] {3_000, 1_000, 3_000, 2_000, 4_000},
                IDS);

        assertThat(given.itemCount()).isEqualTo(2);
        assertThat(given.sessionCount()).isEqualTo(2);
        assertThat(given.userCount()).isZero();
        for (int event = 0; event < given.size(); event++) {
            assertThat(given.millis(event)).isEqualTo(built.millis(event));
            assertThat(given.itemId(given.itemOf(event))).isEqualTo(built.itemId(built.itemOf(event)));
            assertThat(given.sessionOf(event) < 0).isEqualTo(built.sessionOf(event) < 0);
            assertThat(given.userOf(event)).isEqualTo(-1);
            assertThat(given.typeOf(event)).isEqualTo(-1);
            assertThat(given.segmentOf(event)).isEqualTo(-1);
        }
    }

    @Test
    void columnsThatDoNotFitAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ofColumns(new int[1], new int[2], new long[1], IDS))
                .withMessageContaining("1 items, 2 sessions and 1 times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ofColumns(new int[] {3}, new int[1], new long[1], IDS))
                .withMessageContaining("event 0 has the item number 3; expected 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ofColumns(new int[1], new int[] {-2}, new long[1], IDS))
                .withMessageContaining("event 0 has the session number -2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ofColumns(new int[1], new int[1], new long[1], List.of("a", "a")))
                .withMessageContaining("twice");
    }

    private static Event event(long millis, String session, String item) {
        return new Event("", Instant.ofEpochMilli(millis), "", "", session, item, "");
    }
}
