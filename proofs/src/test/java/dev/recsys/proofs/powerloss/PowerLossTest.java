package dev.recsys.proofs.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.fs.CrashingDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ships and rollbacks whose processes die and whose disk loses power; more with {@code prove powerloss}. */
final class PowerLossTest {
    private static final int CRASHES = Integer.getInteger("recsys.ship.crashes", 1_000);
    private static final int CONTROL_CRASHES = 200;

    @TempDir
    private Path folder;

    @Test
    void noAcknowledgedShipIsLostAndNothingIsTorn() {
        Crashes crashes = PowerLoss.run(CRASHES, 0, CrashingDisk.Kind.HONEST, folder);

        System.out.println("power loss of ships: " + crashes);
        assertThat(crashes.verdict().findings()).isEmpty();
        assertThat(crashes.isSound()).as(crashes.toString()).isTrue();
        assertThat(crashes.verdict().acknowledged()).isGreaterThan(CRASHES / 2);
        assertThat(crashes.deaths()).isGreaterThan(CRASHES / 4);
        assertThat(crashes.powerLosses()).isGreaterThan(CRASHES / 10);
    }

    @Test
    void theSameRunsFindADiskThatDoesNotSyncFiles() {
        assertThat(PowerLoss.run(CONTROL_CRASHES, 0, CrashingDisk.Kind.WITHOUT_FILE_SYNC, folder)
                        .isSound())
                .isFalse();
    }

    @Test
    void theSameRunsFindADiskThatDoesNotSyncFolders() {
        assertThat(PowerLoss.run(CONTROL_CRASHES, 0, CrashingDisk.Kind.WITHOUT_FOLDER_SYNC, folder)
                        .isSound())
                .isFalse();
    }
}
