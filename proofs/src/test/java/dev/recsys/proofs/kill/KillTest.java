package dev.recsys.proofs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short form of {@code prove kill}; more with {@code -Drecsys.kills=N}. */
final class KillTest {
    private static final int KILLS = Integer.getInteger("recsys.kills", 20);
    private static final long SEED = Long.getLong("recsys.seed", new SecureRandom().nextInt(1_000_000));

    @TempDir
    private Path folder;

    @Test
    void whateverDiesNothingIsLostTornOrTwice() throws IOException, InterruptedException {
        KillReport report = KillRun.run(new KillOptions(KILLS, 8, 2, SEED, Optional.empty()), folder);

        System.out.println(report);
        assertThat(report.isSound())
                .as("%s%n%s", report, report.verdict().findings())
                .isTrue();
    }
}
