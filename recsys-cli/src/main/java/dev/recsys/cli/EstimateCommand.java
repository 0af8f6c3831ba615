package dev.recsys.cli;

import dev.recsys.eval.LoggedAction;
import dev.recsys.eval.Minimum;
import dev.recsys.eval.OffPolicy;
import dev.recsys.eval.TargetPolicy;
import dev.recsys.eval.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "estimate",
        description = "Tells from a log of shown items what showing items uniformly at random would have got.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class EstimateCommand extends Action {
    @Option(
            names = "--log",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "What was shown, with propensities: CSV with a header, also gzip.")
    private List<Path> log;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "FIELD=COLUMN",
            description = "Where item, position, reward and propensity are (default: as in Open Bandit, item_id,"
                    + " position, click and propensity_score).")
    private List<String> columns = List.of();

    @Option(
            names = "--clip",
            paramLabel = "WEIGHT",
            description = "Take no weight for more than this; lowers the variance, and makes estimates biased.")
    private @Nullable Double clip;

    @Option(
            names = "--min-ess",
            paramLabel = "N",
            description = "Refuse a verdict below this effective sample size (default: ${DEFAULT-VALUE}).")
    private double minEss = Minimum.DEFAULT.effectiveSampleSize();

    @Option(
            names = "--min-rows",
            paramLabel = "N",
            description = "Refuse a verdict below this number of rows (default: ${DEFAULT-VALUE}).")
    private long minRows = Minimum.DEFAULT.rows();

    @Override
    Answer run() throws IOException {
        Minimum minimum = new Minimum(minEss, minRows, Minimum.DEFAULT.varyingRows());
        List<LoggedAction> actions = ActionLog.read(log, ActionColumns.parse(columns));
        Set<String> items = actions.stream().map(LoggedAction::action).collect(Collectors.toCollection(TreeSet::new));
        if (items.isEmpty()) {
            throw new IllegalArgumentException("--log has no rows; expected lines of actions below the header");
        }
        OffPolicy estimates = OffPolicy.of(actions, TargetPolicy.uniform(items));
        estimates = clip == null ? estimates : estimates.clippedAt(clip);
        EstimateReport report = EstimateReport.of(actions, items.size(), estimates.all(), minimum);
        boolean refused = report.verdict().outcome() == Verdict.Outcome.REFUSED;
        return new Answer(refused ? ExitCode.REFUSED : ExitCode.DONE, report.json(), report.text());
    }
}
