package dev.recsys.pipelines.evaluate;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private final Events ten = Sessions.events(
            IntStream.range(0, 10).mapToObj(i -> inSession(i, "s", "i" + i)).toList());

    @Test
    void aShareOfTheEventsIsTraining() {
        assertThat(Split.parse("80%").of(ten)).isEqualTo(Instant.ofEpochSecond(8));
        assertThat(Split.parse("99.9%").of(ten)).isEqualTo(Instant.ofEpochSecond(9));
        assertThat(ten.before(Split.parse("80%").of(ten)).size()).isEqualTo(8);
    }

    @Test
    void eventsOfOneTimeAreOnOneSide() {
        Events tied = Sessions.events(inSession(1, "s", "a"), inSession(2, "s", "b"), inSession(2, "s", "c"));

        assertThat(Split.parse("67%").of(tied)).isEqualTo(Instant.ofEpochSecond(2));
    }

    @Test
    void anInstantIsItself() {
        assertThat(Split.parse("2011-11-10T00:00:00Z").of(ten)).isEqualTo(Instant.parse("2011-11-10T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "100%", "-1%", "%", "1e3%", "yesterday", "80"})
    void anythingElseIsRefusedWithWhatIsExpected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Split.parse(text)).withMessageContaining("80%");
    }

    @Test
    void withoutEventsThereIsNothingToSplit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Split.parse("80%").of(Sessions.events(List.of())));
    }
}
