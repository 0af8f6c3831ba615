package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.control.Experiment;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Variant;
import dev.recsys.control.Versioned;
import dev.recsys.serve.ControlPlane.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the requests of a surface rank by: everybody's plan, and one for each variant of the experiment. There are all
 * variants or none: to serve some of them would give their users to everybody's list, and the parts would no longer be equal.
 */
final class Arms {
    private final Arm everybody;
    private final Optional<Experiment> experiment;
    private final List<Arm> variants; // [variant]; empty if there is no experiment, or it is off
    private final Optional<Degradation> off; // why it is

    private Arms(Arm everybody, Optional<Experiment> experiment, List<Arm> variants, Optional<Degradation> off) {
        this.everybody = everybody;
        this.experiment = experiment;
        this.variants = List.copyOf(variants);
        this.off = off;
    }

    /**
     * The releases that variants name.
     *
     * @param releases those that are loaded, by number
     * @param failures why the others are not, by number
     */
    record Beside(Map<Long, Indexed> releases, Map<Long, String> failures) {}

    /** Prepares for the current release and those beside it. */
    static Arms of(Indexed current, Beside beside, Said said, Instant now) {
        Arm everybody = new Arm(Optional.empty(), current.snapshot(), current.plan(said.config(), said.rules(), now));
        Optional<Experiment> experiment = said.config().value().experiment();
        if (experiment.isEmpty()) {
            return new Arms(everybody, experiment, List.of(), Optional.empty());
        }
        List<Arm> arms = new ArrayList<>();
        for (int i = 0; i < experiment.get().variants().size(); i++) {
            Variant variant = experiment.get().variants().get(i);
            long release = variant.release().orElse(current.release());
            Indexed indexed =
                    release == current.release() ? current : beside.releases().get(release);
            if (indexed == null) {
                return off(
                        everybody,
                        experiment.get(),
                        "release " + release + ", which variant " + variant.name() + " names, is not loaded: "
                                + beside.failures().getOrDefault(release, "the next poll looks for it"));
            }
            try {
                arms.add(arm(experiment.get(), i, indexed, said, now));
            } catch (IllegalArgumentException e) {
                return off(everybody, experiment.get(), "variant " + variant.name() + ": " + e.getMessage());
            }
        }
        return new Arms(everybody, experiment, arms, Optional.empty());
    }

    private static Arm arm(Experiment experiment, int number, Indexed indexed, Said said, Instant now) {
        Variant variant = experiment.variants().get(number);
        Versioned<RankingConfig> config = new Versioned<>(
                said.config().version(), variant.config().orElse(said.config().value()));
        Versioned<RuleSet> rules = new Versioned<>(
                said.rules().version(), variant.over(said.rules().value()));
        return new Arm(
                Optional.of(experiment.assignment(number)), indexed.snapshot(), indexed.plan(config, rules, now));
    }

    private static Arms off(Arm everybody, Experiment experiment, String why) {
        return new Arms(
                everybody,
                Optional.of(experiment),
                List.of(),
                Optional.of(new Degradation(
                        Kind.EXPERIMENT_OFF, "nobody is in experiment " + experiment.name() + ": " + why)));
    }

    /** Returns what a request ranks by; {@code degradations} is told if it should have been in an experiment that is off. */
    Arm of(RecommendationRequest request, Instant now, List<Degradation> degradations) {
        if (experiment.isEmpty()) {
            return everybody;
        }
        int variant = experiment.get().variantOf(request, now);
        if (variant < 0) {
            return everybody;
        }
        off.ifPresent(degradations::add);
        return variants.isEmpty() ? everybody : variants.get(variant);
    }

    /** Returns whether all of them were made of these versions, and hold at a time. */
    boolean areOf(Versioned<RankingConfig> config, Versioned<RuleSet> rules, Instant now) {
        boolean areOf = everybody.plan().isOf(config, rules, now);
        for (int i = 0; i < variants.size() && areOf; i++) {
            areOf = variants.get(i).plan().isOf(config, rules, now);
        }
        return areOf;
    }
}
