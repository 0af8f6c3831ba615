package dev.recsys.proofs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short form of {@code prove kill}; more with {@code -Drecsys.kills=N} and {@code -Drecsys.s3.kills=N}. */
final class KillTest {
    private static final int KILLS = Integer.getInteger("recsys.kills", 20);
    private static final int S3_KILLS = Integer.getInteger("recsys.s3.kills", 10);
    private static final long SEED = Long.getLong("recsys.seed", new SecureRandom().nextInt(1_000_000));

    @TempDir
    private Path folder;

    @Test
    void whateverDiesNothingIsLostTornOrTwice() throws IOException, InterruptedException {
        requireSound(new KillOptions(KillStore.FOLDER, KILLS, 8, 2, SEED, Optional.empty()));
    }

    @Test
    void whateverDiesNothingIsLostTornOrTwiceOverAServerOfS3() throws IOException, InterruptedException {
        requireSound(new KillOptions(KillStore.S3, S3_KILLS, 4, 1, SEED, Optional.empty()));
    }

    private void requireSound(KillOptions options) throws IOException, InterruptedException {
        KillReport report = KillRun.run(options, folder, System.out::println);

        System.out.println(report);
        assertThat(report.isSound())
                .as("%s%n%s", report, report.verdict().findings())
                .isTrue();
    }
}
