package dev.recsys.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Thousands of seeded crashes: a process dies at any operation, others go on, then the power goes. */
final class PowerLossTest {
    private static final int SEEDS = Integer.getInteger("recsys.crash.seeds", 3_000);

    @Test
    void whatWasAcknowledgedOrSeenSurvivesAndNothingIsTorn() {
        int crashes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            CrashRun run = new CrashRun(seed, SimulatedDisk.honest());
            run.run();
            crashes += run.deaths();
        }
        assertThat(crashes).as("processes that died in the midst of something").isGreaterThan(SEEDS / 2);
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
