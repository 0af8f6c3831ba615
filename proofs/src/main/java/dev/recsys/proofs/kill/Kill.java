package dev.recsys.proofs.kill;

import dev.recsys.proofs.Arguments;
import dev.recsys.proofs.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code prove kill [--store folder|s3|gcs] [--kills 500] [--processes 8] [--readers 2] [--seed S] [--without RULE] [--folder EMPTY]}. */
public final class Kill {
    private Kill() {}

    /** Runs it; the exit code is 0 if it is sound and 1 if not, and then the folder is kept. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments =
                Arguments.parse(args, "store", "kills", "processes", "readers", "seed", "without", "folder");
        KillOptions options = new KillOptions(
                KillStore.parse(arguments.text("store", KillStore.FOLDER.toString())),
                arguments.number("kills", 500),
                arguments.number("processes", 8),
                arguments.number("readers", 2),
                arguments.seed(),
                Optional.of(arguments.text("without", "")).filter(rule -> !rule.isEmpty()));
        System.out.println("kill: seed " + options.seed());
        Path folder = arguments.text("folder", "").isEmpty()
                ? Files.createTempDirectory("recsys-kill")
                : Files.createDirectories(Path.of(arguments.text("folder", "")));
        KillReport report = KillRun.run(options, folder, line -> System.err.println("kill: " + line));
        report.verdict().findings().forEach(System.out::println);
        System.out.println(report);
        if (report.isSound()) {
            Folders.delete(folder);
            System.exit(0);
        }
        System.out.println("what was found is in " + folder);
        System.exit(1);
    }
}
