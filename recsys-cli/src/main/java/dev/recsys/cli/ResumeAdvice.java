package dev.recsys.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * How to find out what became of an operation, as a line for a shell.
 *
 * @param command what the operation was run with
 */
record ResumeAdvice(ParseResult command) {
    private static final List<String> STORES =
            List.of("--store", "--to"); // promote says --to, and rollback means a release
    private static final List<String> TAKEN_OVER = List.of("--by", "--sign-with", "--trust");

    /** Returns the command for the same store and the same keys. */
    String line(String handle) {
        StringBuilder line = new StringBuilder("./recsys resume");
        STORES.stream().filter(command::hasMatchedOption).findFirst().ifPresent(option -> add(line, "--store", option));
        TAKEN_OVER.stream().filter(command::hasMatchedOption).forEach(option -> add(line, option, option));
        return line.append(" --handle ").append(quoted(handle)).toString();
    }

    private void add(StringBuilder line, String name, String option) {
        OptionSpec given = command.matchedOption(option);
        given.originalStringValues()
                .forEach(value -> line.append(' ').append(name).append(' ').append(quoted(value)));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
