package dev.recsys.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry point of the command line. */
@CommandLine.Command(
        name = "recsys",
        description = "Builds, ships, rolls back and asks for recommendations.",
        subcommands = {
            DemoCommand.class,
            BuildCommand.class,
            DayCommand.class,
            BackfillCommand.class,
            PreviewCommand.class,
            ShipCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            HoldCommand.class,
            UnholdCommand.class,
            ResumeCommand.class,
            HistoryCommand.class,
            StatusCommand.class,
            DiffCommand.class,
            VerifyCommand.class,
            ScrubCommand.class,
            DoctorCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            CollectCommand.class,
            NewEpochCommand.class,
            RecommendCommand.class,
            ReplayCommand.class,
            CheckControlsCommand.class,
            DbCommand.class,
            TenantCommand.class,
            ConfigCommand.class,
            RulesCommand.class,
            TagsCommand.class,
            UserCommand.class,
            LogCommand.class,
            TablesCommand.class,
            InvalidateCommand.class,
            AuditCommand.class,
            EvaluateCommand.class,
            EstimateCommand.class,
            ReportCommand.class,
            ExportCommand.class,
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  a bug in recsys: please report it",
            "  2  usage, or bad input",
            "  3  refused by a gate or a hold, or too little to judge by",
            "  4  conflict: another operation was first",
            "  5  outcome unknown: keep the handle, and resume",
            "  6  the store is not available",
            "  7  damage found",
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    private final Terminal terminal;

    Main(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int code = run(new Terminal(out, System.err, Boolean.getBoolean("recsys.terminal")), args);
        out.flush();
        System.exit(code);
    }

    /** Runs one command. */
    static int run(Terminal terminal, String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        CommandLine commandLine = new CommandLine(new Main(terminal))
                .registerConverter(Instant.class, Main::instant)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        Failures.report(failure, terminal, json, new ResumeAdvice(command.getParseResult())))
                .setParameterExceptionHandler((failure, unused) -> usageError(failure, terminal, json));
        return commandLine.execute(withHelpAsOption(args));
    }

    /** Takes {@code recsys help ship} for {@code recsys ship --help}: it is what people try first. */
    private static String[] withHelpAsOption(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        String[] options = Arrays.copyOfRange(args, 1, args.length + 1);
        options[args.length - 1] = "--help";
        return options;
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command, for example: recsys demo");
    }

    private static int usageError(ParameterException failure, Terminal terminal, boolean json) {
        if (json) {
            terminal.print(Failures.json("usage", String.valueOf(failure.getMessage())));
        }
        terminal.err().println("recsys: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, terminal.err())) {
            terminal.err().println("Try: recsys " + helpFor(failure.getCommandLine()));
        }
        return ExitCode.USAGE;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not an instant such as 2026-01-31T00:00:00Z");
        }
    }

    private static String helpFor(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return command.getParent() == null ? "--help" : name.substring(name.indexOf(' ') + 1) + " --help";
    }
}
