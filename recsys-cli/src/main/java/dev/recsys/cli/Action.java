package dev.recsys.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that finds an answer and prints it, as text or as one JSON document. */
@Command(
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
abstract class Action implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    private boolean json;

    /** Does the work; what it throws becomes a message and an exit code. */
    abstract Answer run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        Answer answer = run();
        if (json) {
            terminal().print(answer.json());
        } else {
            terminal().out().print(Printable.lines(answer.text()));
            terminal().out().flush();
        }
        return answer.exitCode();
    }

    Terminal terminal() {
        return ((Main) spec.root().userObject()).terminal();
    }

    boolean json() {
        return json;
    }
}
