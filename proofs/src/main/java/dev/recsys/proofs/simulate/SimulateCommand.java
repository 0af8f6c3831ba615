package dev.recsys.proofs.simulate;

import dev.recsys.proofs.Mutant;
import dev.recsys.proofs.MutantCompiler;
import dev.recsys.proofs.MutantLoader;
import dev.recsys.proofs.Mutants;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code prove simulate}: runs schedules, and says with which seed the protocol broke, if it did. */
public final class SimulateCommand {
    private static final String USAGE =
            "prove simulate [--schedules N] [--seed S] [--workers W] [--without RULE] [--trace]";
    private static final int MOST_FINDINGS = 10;

    private long schedules = 10_000;
    private long seed = 1;
    private int workers = 2;
    private boolean trace;
    private Optional<String> without = Optional.empty();

    private SimulateCommand() {}

    /** Exits with 0 if every schedule was sound, 1 if one was not, 2 if the arguments are not. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.exit(run(List.of(args)));
    }

    /** Returns the exit code. */
    public static int run(List<String> args) throws IOException, ReflectiveOperationException {
        SimulateCommand command = new SimulateCommand();
        try {
            command.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
        return command.without.isPresent() ? runWithout(command.without.get(), args) : command.run();
    }

    private void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String option = args.get(i);
            if (option.equals("--trace")) {
                trace = true;
                continue;
            }
            if (i + 1 == args.size()) {
                throw new IllegalArgumentException("'" + option + "' is no option, or misses its value");
            }
            String value = args.get(++i);
            switch (option) {
                case "--schedules" -> schedules = Long.parseLong(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--workers" -> workers = Integer.parseInt(value);
                case "--without" -> without = Optional.of(Mutants.without(value).rule());
                default -> throw new IllegalArgumentException("'" + option + "' is no option");
            }
        }
    }

    /** The same command with a mutant's classes in front. */
    private static int runWithout(String rule, List<String> args) throws IOException, ReflectiveOperationException {
        Mutant mutant = Mutants.without(rule);
        System.out.println("without " + rule + ": " + mutant.without());
        List<String> rest = new ArrayList<>(args);
        int at = rest.indexOf("--without");
        rest.subList(at, at + 2).clear();
        try (URLClassLoader loader = MutantLoader.over(MutantCompiler.classes(mutant))) {
            Class<?> same = loader.loadClass(SimulateCommand.class.getName());
            return (int) same.getMethod("run", List.class).invoke(null, rest);
        }
    }

    private int run() {
        Consumer<String> reader = trace ? System.out::print : line -> {};
        System.out.println("seeds " + seed + " to " + (seed + schedules - 1));
        long start = System.nanoTime();
        Campaign.Result result = Campaign.run(seed, schedules, trace ? 1 : workers, reader);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d schedules, %d events, %.0f schedules a second%n",
                result.ran(),
                result.events(),
                result.ran() / seconds);
        if (result.failure().isEmpty()) {
            System.out.println("trace digest " + result.trace());
            System.out.println(result.verdict() + ", otherwise wrong 0");
            return 0;
        }
        Outcome failure = result.failure().get();
        System.out.println("seed " + failure.seed() + " is not sound: " + failure.verdict() + ", otherwise wrong "
                + failure.broken().size());
        failure.findings().stream().limit(MOST_FINDINGS).forEach(finding -> System.out.println("  " + finding));
        System.out.println("alone, with everything that happened: prove simulate --seed " + failure.seed()
                + " --schedules 1 --trace, with the same --without");
        return 1;
    }
}
