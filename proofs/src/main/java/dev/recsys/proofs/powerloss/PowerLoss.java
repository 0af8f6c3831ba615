package dev.recsys.proofs.powerloss;

import dev.recsys.proofs.Arguments;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.publish.Build;
import dev.recsys.store.fs.CrashingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code prove powerloss [--crashes N] [--seed S] [--disk honest|without-file-sync|without-folder-sync]}. */
public final class PowerLoss {
    private static final int BUILDS = 8;

    private PowerLoss() {}

    /** Runs it; the exit code is 0 if it is sound and 1 if not. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args, "crashes", "seed", "disk");
        int crashes = arguments.number("crashes", 10_000);
        long seed = arguments.seed();
        CrashingDisk.Kind kind = CrashingDisk.Kind.valueOf(
                arguments.text("disk", "honest").toUpperCase(Locale.ROOT).replace('-', '_'));
        System.out.println("power loss of ships: seed " + seed + ", disk " + kind);
        long startNanos = System.nanoTime();
        Crashes found = run(crashes, seed, kind, Files.createTempDirectory("recsys-powerloss"));
        found.verdict().findings().forEach(System.out::println);
        System.out.printf(Locale.ROOT, "%s (%.1f s)%n", found, (System.nanoTime() - startNanos) / 1e9);
        System.exit(found.isSound() ? 0 : 1);
    }

    /** Runs one seed after the other until there were so many crashes; builds go into a folder, and it is left behind. */
    static Crashes run(int crashes, long firstSeed, CrashingDisk.Kind kind, Path folder) {
        List<Build> builds = builds(folder);
        Crashes all = Crashes.NONE;
        for (long seed = firstSeed; all.count() < crashes; seed++) {
            all = all.plus(new CrashRun(seed, kind, builds).run());
        }
        return all;
    }

    private static List<Build> builds(Path folder) {
        List<Build> builds = new ArrayList<>();
        for (int number = 1; number <= BUILDS; number++) {
            Path directory = folder.resolve("build-" + number);
            builds.add(
                    number % 4 == 0
                            ? SmallBuilds.coocOnly(directory, CrashRun.SCOPE, number)
                            : SmallBuilds.both(directory, CrashRun.SCOPE, number));
        }
        return builds;
    }
}
