package dev.recsys.eval;

import dev.recsys.eval.ExperimentResult.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The users of each variant of one experiment, and the comparison of variants. */
final class VariantArms {
    private final String experiment;
    private final SortedMap<String, Double> shares;
    private final SortedMap<String, List<double[]>> users = new TreeMap<>(); // [figure, from before]

    /** Starts with planned shares by variant; none if all are planned alike. */
    VariantArms(String experiment, SortedMap<String, Double> shares) {
        this.experiment = experiment;
        this.shares = shares;
        shares.keySet().forEach(this::see);
    }

    /** Knows a variant, even if no user is left in it. */
    void see(String variant) {
        users.computeIfAbsent(variant, unused -> new ArrayList<>());
        if (!shares.isEmpty() && !shares.containsKey(variant)) {
            throw new IllegalArgumentException("the experiment '" + experiment + "' has the variant '" + variant
                    + "' in the log, but shares for " + shares.keySet() + "; give all of them, or none");
        }
    }

    void add(String variant, double figure, double before) {
        users.getOrDefault(variant, new ArrayList<>()).add(new double[] {figure, before});
    }

    SortedMap<String, Long> users() {
        SortedMap<String, Long> counts = new TreeMap<>();
        users.forEach((variant, arm) -> counts.put(variant, (long) arm.size()));
        return counts;
    }

    String control() {
        return users.containsKey(UserExperiments.CONTROL) ? UserExperiments.CONTROL : users.firstKey();
    }

    Optional<SampleRatio> sampleRatio() {
        boolean isTestable = users.size() > 1 && users.values().stream().anyMatch(arm -> !arm.isEmpty());
        List<Double> planned = users.keySet().stream().map(this::share).toList();
        return isTestable ? Optional.of(SampleRatio.of(List.copyOf(users().values()), planned)) : Optional.empty();
    }

    List<Comparison> compare() {
        return users.keySet().stream()
                .filter(variant -> !variant.equals(control()))
                .map(this::compare)
                .toList();
    }

    private Comparison compare(String variant) {
        List<Refusal> refusals = new ArrayList<>();
        sampleRatio().filter(SampleRatio::isMismatch).ifPresent(ratio -> refusals.add(mismatch(ratio)));
        if (!refusals.isEmpty()) {
            return new Comparison(variant, Optional.empty(), Verdict.of(List.of(), refusals));
        }
        long least = Math.min(size(control()), size(variant));
        if (least < UserExperiments.LEAST_USERS) {
            refusals.add(new Refusal(
                    Refusal.Reason.ROWS,
                    "an arm has " + least + " users, expected at least " + UserExperiments.LEAST_USERS
                            + "; wait for more"));
        }
        if (least < 2) {
            return new Comparison(variant, Optional.empty(), Verdict.of(List.of(), refusals));
        }
        double part = share(variant) / (share(variant) + share(control()));
        Experiment figures = Experiment.of(arm(control()), arm(variant), part);
        Verdict verdict = refusals.isEmpty() ? figures.verdict() : Verdict.of(List.of(), refusals);
        return new Comparison(variant, Optional.of(figures), verdict);
    }

    private Refusal mismatch(SampleRatio ratio) {
        return new Refusal(
                Refusal.Reason.SAMPLE_RATIO,
                "the variants have " + users() + " users, which are not the planned shares by chance with p = "
                        + String.format(Locale.ROOT, "%.2g", ratio.pValue())
                        + "; find out which users were lost or counted twice");
    }

    private double share(String variant) {
        return shares.getOrDefault(variant, 1.0);
    }

    private int size(String variant) {
        return users.getOrDefault(variant, List.of()).size();
    }

    private Arm arm(String variant) {
        List<double[]> arm = users.getOrDefault(variant, List.of());
        return Arm.of(
                arm.stream().mapToDouble(user -> user[0]).toArray(),
                arm.stream().mapToDouble(user -> user[1]).toArray());
    }
}
