package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FakeClockTest {
    private final FakeClock clock = FakeClock.at("2026-11-23T06:00:00Z");

    @Test
    void standsUntilItIsAdvanced() {
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T06:00:00Z"));
        assertThat(clock.nanoTime()).isZero();
    }

    @Test
    void advancesWallTimeAndMonotonicTimeTogether() {
        clock.advance(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T06:01:30Z"));
        assertThat(clock.nanoTime()).isEqualTo(90_000_000_000L);
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
