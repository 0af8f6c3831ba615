package dev.recsys.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Thousands of seeded crashes: a process dies at any operation, others go on, then the power goes. */
final class PowerLossTest {
    /** Deaths of processes and losses of power together. */
    private static final int CRASHES = Integer.getInteger("recsys.crashes", 20_000);

    @Test
    void whatWasAcknowledgedOrSeenSurvivesAndNothingIsTorn() {
        int deaths = 0;
        int powerLosses = 0;
        int seeds = 0;
        for (; deaths + powerLosses < CRASHES; seeds++) {
            CrashRun run = new CrashRun(seeds, SimulatedDisk.honest());
            run.run();
            deaths += run.deaths();
            powerLosses += CrashRun.POWER_LOSSES;
        }
        System.out.printf(
                "power loss of a store: %d seeds, %d processes died in the midst of something, %d times the power went%n",
                seeds, deaths, powerLosses);
        assertThat(deaths).as("processes that died in the midst of something").isGreaterThan(CRASHES / 4);
        assertThat(powerLosses).isGreaterThan(CRASHES / 10);
    }

    @Test
    void theSameRunsFindADiskThatDoesNotSyncFiles() {
        assertThat(failuresWith(SimulatedDisk.Lie.FILE_SYNC)).isPositive();
    }

    @Test
    void theSameRunsFindADiskThatDoesNotSyncFolders() {
        assertThat(failuresWith(SimulatedDisk.Lie.FOLDER_SYNC)).isPositive();
    }

    private static int failuresWith(SimulatedDisk.Lie lie) {
        int failures = 0;
        for (int seed = 0; seed < 100; seed++) {
            try {
                new CrashRun(seed, new SimulatedDisk(EnumSet.of(lie))).run();
            } catch (AssertionError | RuntimeException e) {
                failures++;
            }
        }
        return failures;
    }
}
