package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.EvaluationPlan;
import dev.recsys.pipelines.EvaluationReport;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.evaluate.Split;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "evaluate", description = "Trains on a part of the events and measures on the rest.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class EvaluateCommand extends Action {
    private static final List<String> BEHAVIOURAL = List.of("popularity", "cooc", "implicit", "session_seq");

    @Mixin
    private EventOptions events;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "basket, next-period, next-item, leave-last-out or ranking (default: basket).")
    private String protocol = "basket";

    @Option(
            names = "--split",
            paramLabel = "WHERE",
            description = "An instant as 2026-01-31T00:00:00Z, or a share of the events by time as 80%%.")
    private @Nullable String split;

    @Option(names = "--train", arity = "1..*", paramLabel = "FILE", description = "Of ranking: the files of training.")
    private List<Path> train = List.of();

    @Option(names = "--test", arity = "1..*", paramLabel = "FILE", description = "Of ranking: the files of the test.")
    private List<Path> test = List.of();

    @Option(names = "--k", split = ",", paramLabel = "K", description = "Where metrics are cut (default: 10,20).")
    private List<Integer> cuts = List.of(10, 20);

    @Option(
            names = "--select-by",
            paramLabel = "FIGURE",
            description = "Of --select: the figure that decides, such as ndcg@10; by default the protocol's own.")
    private @Nullable String selectBy;

    @Option(names = "--compare", description = "Measure each signal alone, too.")
    private boolean compare;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ItemOptions items;

    @Override
    Answer run() throws IOException {
        SignalBuild build = build();
        EvaluationReport report = build.evaluate(plan(build));
        if (report.trainEvents() == 0 || report.figures().questions() == 0) {
            throw new IllegalArgumentException("there is nothing to measure: " + report.trainEvents()
                    + " events of training, and " + report.figures().questions()
                    + " cases to test. Choose a split within the events' times, and a protocol for which events name what"
                    + " it needs: users, or sessions.");
        }
        return Answer.done(EvaluationJson.of(report), EvaluationText.of(report));
    }

    private SignalBuild build() {
        Scope scope = new Scope("evaluate", "evaluate");
        ProgressListener progress = ProgressBar.on(terminal());
        if (train.isEmpty() == !events.hasFiles()) {
            throw new IllegalArgumentException("name the events once: --events, or --train and --test");
        }
        SignalBuild build = train.isEmpty() ? events.build(scope, progress) : events.build(scope, train, progress);
        build = build.everyScope();
        build = events.isEverySignal() ? build : build.signals(signals());
        build = events.hasColumns() ? build : build.columns(EventColumns.GUESSED);
        return items.applyTo(model.applyTo(build));
    }

    private Set<ArtifactType> signals() {
        if (!events.isSelect() && !compare) {
            return events.signalTypes(List.of("popularity", "cooc"));
        }
        List<String> all = new ArrayList<>(BEHAVIOURAL);
        if (items.isThere()) {
            all.add("content_sim");
        }
        return events.signalTypes(all);
    }

    private EvaluationPlan plan(SignalBuild trained) {
        EvaluationPlan plan =
                EvaluationPlan.of(Protocol.named(protocol)).withCuts(cuts).blended(model.blend());
        plan = split == null ? plan : plan.splitAt(Split.parse(split));
        plan = compare ? plan.comparing() : plan;
        plan = events.isSelect() ? plan.selecting() : plan;
        if (selectBy != null) {
            if (!events.isSelect()) {
                throw new IllegalArgumentException("--select-by is of --select, which is not there");
            }
            plan = plan.selectingBy(selectBy);
        }
        if (!test.isEmpty()) {
            plan = plan.testedOn(trained.sourceOf(test));
        }
        return model.model().isPresent() ? plan.ofModel(model.model().get()) : plan;
    }
}
