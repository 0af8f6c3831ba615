package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.eval.Estimate;
import dev.recsys.eval.LoggedAction;
import dev.recsys.eval.Minimum;
import dev.recsys.eval.Moments;
import dev.recsys.eval.OffPolicyEstimate;
import dev.recsys.eval.Rate;
import dev.recsys.eval.Verdict;
import dev.recsys.eval.Weights;
import java.util.List;
import java.util.Locale;

/**
 * What a log tells of the uniform policy.
 *
 * @param items how many items the policy chooses from
 * @param positions how many positions the log has
 * @param logged the mean reward of the log
 * @param isRate whether rewards are 0 or 1, so that the mean is a rate
 * @param estimates what the policy would have got, by every estimator
 * @param verdict whether that is more
 */
record EstimateReport(
        int items,
        long positions,
        Estimate logged,
        boolean isRate,
        List<OffPolicyEstimate> estimates,
        Verdict verdict) {

    static EstimateReport of(List<LoggedAction> log, int items, List<OffPolicyEstimate> estimates, Minimum minimum) {
        double[] rewards = log.stream().mapToDouble(LoggedAction::reward).toArray();
        boolean isRate = log.stream().allMatch(row -> row.reward() == 0 || row.reward() == 1);
        long successes = log.stream().filter(row -> row.reward() == 1).count();
        Estimate logged = isRate ? new Rate(successes, log.size()).estimate() : mean(rewards);
        long positions =
                log.stream().mapToInt(LoggedAction::position).distinct().count();
        return new EstimateReport(items, positions, logged, isRate, estimates, minimum.judge(estimates));
    }

    private static Estimate mean(double[] rewards) {
        return Estimate.ofMean(Moments.of(rewards));
    }

    private Weights weights() {
        return estimates.get(0).weights();
    }

    String text() {
        Weights weights = weights();
        TextTable table = new TextTable("FIGURE", "VALUE", "LOW", "HIGH", "LESS LOGGED", "LOW", "HIGH");
        table.row("logged", number(logged.value()), low(logged), high(logged), "", "", "");
        for (OffPolicyEstimate estimate : estimates) {
            Estimate lift = estimate.lift();
            table.row(
                    estimate.estimator() + (weights.limit().isPresent() ? " clipped" : ""),
                    number(estimate.value()),
                    number(estimate.low()),
                    number(estimate.high()),
                    number(lift.value()),
                    low(lift),
                    high(lift));
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d rows of %d items at %d positions. Policy: each of the items alike, at every position.%n%s"
                        + "Intervals are of 95 %%: Wilson's for a rate, else of the normal distribution.%n"
                        + "Effective sample size %.0f of %d rows; weights: mean %s (%s to %s), largest %.1f%s.%n",
                weights.rows(),
                items,
                positions,
                table,
                weights.effectiveSampleSize(),
                weights.rows(),
                number(weights.unclipped().value()),
                low(weights.unclipped()),
                high(weights.unclipped()),
                weights.largest(),
                clipping()));
        text.append("Verdict: ").append(outcome()).append(System.lineSeparator());
        verdict.refusals()
                .forEach(refusal -> text.append("  [")
                        .append(word(refusal.reason()))
                        .append("] ")
                        .append(refusal.detail())
                        .append('.')
                        .append(System.lineSeparator()));
        return text.toString();
    }

    private String clipping() {
        Weights weights = weights();
        return weights.limit().isEmpty()
                ? ", none clipped"
                : String.format(
                        Locale.ROOT,
                        ", %d clipped at %s",
                        weights.clipped(),
                        weights.limit().getAsDouble());
    }

    private String outcome() {
        return switch (verdict.outcome()) {
            case HIGHER -> "higher: by every estimator the policy would have got more than the logged one.";
            case LOWER -> "lower: by every estimator the policy would have got less than the logged one.";
            case UNDECIDED -> "undecided: not every interval of the difference is on one side of 0.";
            case REFUSED -> "refused; the figures above do not suffice:";
        };
    }

    ObjectNode json() {
        Weights weights = weights();
        ObjectNode json = Json.object()
                .put("rows", weights.rows())
                .put("items", items)
                .put("positions", positions)
                .put("policy", "uniform");
        put(json.putObject("logged").put("is_rate", isRate), logged);
        ObjectNode node = json.putObject("weights")
                .put("effective_sample_size", weights.effectiveSampleSize())
                .put("largest", weights.largest())
                .put("clipped", weights.clipped());
        weights.limit().ifPresent(limit -> node.put("limit", limit));
        put(node.putObject("mean"), weights.unclipped());
        ArrayNode array = json.putArray("estimates");
        for (OffPolicyEstimate estimate : estimates) {
            ObjectNode one = array.addObject().put("estimator", word(estimate.estimator()));
            put(one, estimate.reward());
            put(one.putObject("less_logged"), estimate.lift());
        }
        json.put("verdict", word(verdict.outcome()));
        ArrayNode refusals = json.putArray("refusals");
        verdict.refusals()
                .forEach(refusal -> refusals.addObject()
                        .put("reason", word(refusal.reason()))
                        .put("detail", refusal.detail()));
        return json;
    }

    private static void put(ObjectNode json, Estimate estimate) {
        json.put("value", estimate.value())
                .put("low", estimate.interval().low())
                .put("high", estimate.interval().high());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String low(Estimate estimate) {
        return number(estimate.interval().low());
    }

    private static String high(Estimate estimate) {
        return number(estimate.interval().high());
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.equals("-0.0000") ? "0.0000" : text;
    }
}
