package dev.recsys.cli;

import dev.recsys.table.Table;
import dev.recsys.table.TableJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "export",
        description = "Prints an artifact as one JSON document, a row a line.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // set by picocli
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(index = "0", paramLabel = "FILE", description = "The artifact: a file that build wrote.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Table table = Table.open(file);
        OutputStream out = new BufferedOutputStream(main.terminal().out());
        TableJson.export(table, out);
        out.flush();
        return ExitCode.DONE;
    }
}
