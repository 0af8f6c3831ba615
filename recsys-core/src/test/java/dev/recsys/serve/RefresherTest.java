package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.internal.Ambient;
import dev.recsys.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefresherTest {
    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1);
    private double chance = 0.5;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private Refresher every(Duration interval) {
        Ambient ambient = new Ambient(clock, clock::nanoTime, () -> "tx", () -> chance, clock::advance);
        return new Refresher(executor, ambient, interval);
    }

    @Test
    void pollsAreSpreadByAFifthAroundTheInterval() {
        Refresher refresher = every(Duration.ofSeconds(30));

        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(30));
        chance = 0;
        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(24));
        chance = 1;
        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(36));
    }

    @Test
    void failuresBackOffToAMinute() {
        Refresher refresher = every(Duration.ofSeconds(30));
        chance = 1;

        assertThat(refresher.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(refresher.pause(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(refresher.pause(7)).isEqualTo(Duration.ofSeconds(60));
        assertThat(refresher.pause(1_000)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aShortIntervalRetriesNoSlowerAtFirst() {
        chance = 1;

        assertThat(every(Duration.ofMillis(100)).pause(1)).isEqualTo(Duration.ofMillis(100));
    }
}
