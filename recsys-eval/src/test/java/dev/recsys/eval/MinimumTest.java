package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinimumTest {
    private static List<OffPolicyEstimate> estimates(List<LoggedAction> log) {
        return OffPolicy.of(log, TargetPolicy.uniform(Simulated.ACTIONS)).all();
    }

    private static List<LoggedAction> log(int rows) {
        return Simulated.log(rows, new Random(11));
    }

    private static List<LoggedAction> withRewards(List<LoggedAction> log, double goodForD, double forOthers) {
        List<LoggedAction> changed = new ArrayList<>();
        for (LoggedAction row : log) {
            double reward = row.action().equals("d") == (row.position() == 1) ? goodForD : forOthers;
            changed.add(new LoggedAction(row.action(), row.position(), row.propensity(), reward));
        }
        return changed;
    }

    @Test
    void fewRowsAreRefusedWithTheFigures() {
        Verdict verdict = Minimum.DEFAULT.judge(estimates(log(400)));

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSED);
        assertThat(verdict.refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.ROWS, Refusal.Reason.EFFECTIVE_SAMPLE_SIZE);
        assertThat(verdict.refusals().get(0).detail()).contains("400 rows", "at least 1000", "log more");
        assertThat(verdict.refusals().get(1).detail()).contains("of 400 rows, expected at least 500");
    }

    @Test
    void enoughRowsGetAVerdictOnWhichAllEstimatorsAgree() {
        // at position 1 the uniform policy takes d more often
        assertThat(Minimum.DEFAULT.judge(estimates(onlyFirst(1, 0))).outcome()).isEqualTo(Verdict.Outcome.HIGHER);
        assertThat(Minimum.DEFAULT.judge(estimates(onlyFirst(0, 1))).outcome()).isEqualTo(Verdict.Outcome.LOWER);
    }

    private static List<LoggedAction> onlyFirst(double goodForD, double forOthers) {
        return withRewards(
                log(5_000).stream().filter(row -> row.position() == 1).toList(), goodForD, forOthers);
    }

    @Test
    void aLogWhoseRewardsDependOnNothingLeavesItUndecided() {
        Random random = new Random(4);
        List<LoggedAction> log = log(5_000).stream()
                .map(row ->
                        new LoggedAction(row.action(), row.position(), row.propensity(), random.nextBoolean() ? 1 : 0))
                .toList();

        assertThat(Minimum.DEFAULT.judge(estimates(log)).outcome()).isEqualTo(Verdict.Outcome.UNDECIDED);
    }

    @Test
    void aLogWithoutRewardsIsRefusedThoughItsIntervalHasNoWidth() {
        List<OffPolicyEstimate> estimates = estimates(withRewards(log(5_000), 0, 0));

        assertThat(estimates.get(0).high() - estimates.get(0).low()).isZero();
        assertThat(Minimum.DEFAULT.judge(estimates).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.REWARDS);
    }

    @Test
    void propensitiesThatAreWrongAreRefused() {
        List<LoggedAction> halved = log(5_000).stream()
                .map(row -> new LoggedAction(row.action(), row.position(), row.propensity() / 2, row.reward()))
                .toList();

        Verdict verdict = Minimum.DEFAULT.judge(estimates(halved));

        assertThat(verdict.refusals()).extracting(Refusal::reason).containsExactly(Refusal.Reason.WEIGHTS);
        assertThat(verdict.refusals().get(0).detail()).contains("the mean weight is 1.9");
    }

    @Test
    void anActionThatWasNeverLoggedIsRefused() {
        List<LoggedAction> same = new ArrayList<>(Collections.nCopies(600, new LoggedAction("a", 1, 0.5, 1)));
        same.addAll(Collections.nCopies(600, new LoggedAction("b", 1, 0.5, 0)));

        Verdict verdict = Minimum.DEFAULT.judge(
                OffPolicy.of(same, TargetPolicy.uniform(List.of("a", "b", "c"))).all());

        assertThat(verdict.refusals()).extracting(Refusal::reason).containsExactly(Refusal.Reason.WEIGHTS);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Minimum(Double.NaN, 1, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Minimum(1, -1, 1)).hasMessageContaining("minimum of rows is -1");
        assertThatThrownBy(() -> Minimum.DEFAULT.judge(List.of())).hasMessageContaining("no estimate");
        assertThatThrownBy(() -> new Verdict(Verdict.Outcome.REFUSED, List.of()))
                .hasMessageContaining("REFUSED");
    }
}
