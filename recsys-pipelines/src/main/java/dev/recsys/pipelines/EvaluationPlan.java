package dev.recsys.pipelines;

import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.evaluate.Split;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.signals.ImplicitSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an evaluation does. Immutable: every setting returns a new plan. Start from {@link #of}. */
public final class EvaluationPlan {
    private static final List<Integer> CUTS = List.of(10, 20);

    private final Protocol protocol;
    private Optional<Split> split = Optional.empty();
    private Optional<EventReader.Source> test = Optional.empty();
    private List<Integer> cuts = CUTS;
    private Optional<ImplicitSettings> model = Optional.empty();
    private Optional<String> decidingFigure = Optional.empty();
    private Blend blend = Blend.DEFAULT;
    private boolean selects;
    private boolean compares;

    private EvaluationPlan(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Starts with a protocol, no split, K of 10 and 20, a fixed choice, the default blend. */
    public static EvaluationPlan of(Protocol protocol) {
        return new EvaluationPlan(protocol);
    }

    /** Sets where training ends, for a protocol that is temporal. */
    public EvaluationPlan splitAt(Split newSplit) {
        return with(plan -> plan.split = Optional.of(newSplit));
    }

    /** Sets the files of a test that somebody else split off; the build's files are the training then. */
    public EvaluationPlan testedOn(EventReader.Source files) {
        return with(plan -> plan.test = Optional.of(files));
    }

    /** Sets the K of the metrics, each 1 to 1000. */
    public EvaluationPlan withCuts(List<Integer> newCuts) {
        return with(plan -> plan.cuts = List.copyOf(newCuts));
    }

    /** Measures one model as it is in memory, in place of the signals and their tables. */
    public EvaluationPlan ofModel(ImplicitSettings settings) {
        return with(plan -> plan.model = Optional.of(settings));
    }

    /** Chooses formulas and the blend on a hold-out inside training. */
    public EvaluationPlan selecting() {
        return with(plan -> plan.selects = true);
    }

    /** Chooses by a figure such as {@code ndcg@10} and not by the protocol's own. */
    public EvaluationPlan selectingBy(String figure) {
        return with(plan -> {
            plan.selects = true;
            plan.decidingFigure = Optional.of(figure);
        });
    }

    /** Sets how signals are blended, where the blend is not chosen. */
    public EvaluationPlan blended(Blend newBlend) {
        return with(plan -> plan.blend = newBlend);
    }

    /** Measures each signal alone as well. */
    public EvaluationPlan comparing() {
        return with(plan -> plan.compares = true);
    }

    /** Returns what is asked. */
    public Protocol protocol() {
        return protocol;
    }

    Optional<Split> split() {
        return split;
    }

    Optional<EventReader.Source> test() {
        return test;
    }

    List<Integer> cuts() {
        return cuts;
    }

    Optional<ImplicitSettings> model() {
        return model;
    }

    boolean selects() {
        return selects;
    }

    /** Returns the figure by which a choice is made. */
    String figure() {
        return decidingFigure.orElse(protocol.decidingFigure());
    }

    Blend blend() {
        return blend;
    }

    boolean compares() {
        return compares;
    }

    private EvaluationPlan with(Consumer<EvaluationPlan> change) {
        EvaluationPlan changed = new EvaluationPlan(protocol);
        changed.split = split;
        changed.test = test;
        changed.cuts = cuts;
        changed.model = model;
        changed.decidingFigure = decidingFigure;
        changed.blend = blend;
        changed.selects = selects;
        changed.compares = compares;
        change.accept(changed);
        return changed;
    }
}
