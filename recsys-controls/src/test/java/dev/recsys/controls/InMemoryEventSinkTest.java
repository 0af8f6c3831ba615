package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.control.Exposure;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InMemoryEventSinkTest {
    @Test
    void theNewestRecordsAreKeptInTheOrderInWhichTheyCame() {
        SplittableRandom random = new SplittableRandom(1);
        List<Exposure> shown = List.of(Samples.exposure(random), Samples.exposure(random), Samples.exposure(random));
        InMemoryEventSink sink = InMemoryEventSink.keeping(2);

        shown.forEach(sink::exposed);

        assertThat(sink.exposures()).containsExactly(shown.get(1), shown.get(2));
    }

    @Test
    void whatWasReadStaysAsItWas() {
        InMemoryEventSink sink = InMemoryEventSink.keeping(1);
        List<Exposure> before = sink.exposures();

        sink.exposed(Samples.exposure(new SplittableRandom(1)));

        assertThat(before).isEmpty();
    }

    @Test
    void thereIsRoomForOneAtLeast() {
        assertThatThrownBy(() -> InMemoryEventSink.keeping(0)).hasMessageContaining("expected at least 1");
    }
}
