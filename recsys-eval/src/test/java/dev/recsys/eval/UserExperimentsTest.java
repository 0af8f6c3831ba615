package dev.recsys.eval;

import static dev.recsys.eval.Logged.click;
import static dev.recsys.eval.Logged.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.eval.LoggedList.Variant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UserExperimentsTest {
    private final UserExperiments experiments =
            new UserExperiments(new OutcomeKinds(Set.of("click"), Set.of("purchase")));

    /** Shows four items to a user, who clicks on so many of them. */
    private void show(String user, String variant, int clicks) {
        TreeMap<Integer, List<LoggedOutcome>> outcomes = new TreeMap<>();
        for (int index = 0; index < clicks; index++) {
            outcomes.put(index, List.of(click("", user, "x", 101)));
        }
        LoggedList list = Logged.of(list("", user, 100, "a", "b", "c", "d"), "blend", variant);
        experiments.add(new JoinedList(list, outcomes));
    }

    private ExperimentResult result() {
        return experiments.results(Map.of()).get(0);
    }

    @Test
    void aBetterVariantIsCalledHigherAndCupedNarrowsTheIntervalSeed3() {
        Random random = new Random(3);
        for (int user = 0; user < 2_000; user++) {
            boolean isTreated = user % 2 == 0;
            int habit = random.nextInt(3);
            for (int before = 0; before < habit * 4; before++) {
                experiments.happened(click("", "u" + user, "x", before));
            }
            show(
                    "u" + user,
                    isTreated ? "new" : "control",
                    Math.min(4, habit + (isTreated && random.nextInt(5) == 0 ? 1 : 0)));
        }

        ExperimentResult result = result();

        Experiment figures = result.comparisons().get(0).figures().orElseThrow();
        assertThat(result.control()).isEqualTo("control");
        assertThat(figures.cuped().effect().value()).isCloseTo(0.05, within(0.02));
        assertThat(figures.cuped().varianceReduction()).isGreaterThan(0.8);
        assertThat(result.comparisons().get(0).verdict().outcome()).isEqualTo(Verdict.Outcome.HIGHER);
    }

    @Test
    void whatHappensAfterTheStartIsNotFromBefore() {
        for (int user = 0; user < 300; user++) {
            show("u" + user, user % 2 == 0 ? "new" : "control", user % 3);
            experiments.happened(click("", "u" + user, "x", 100));
        }

        assertThat(result().comparisons().get(0).figures().orElseThrow().cuped().theta())
                .isZero();
    }

    @Test
    void whatHappensAfterAListThatDoesNotCountIsNotFromBefore() {
        experiments.began(Logged.of(list("", "u0", 10, "a"), "blend", "new"));
        for (int user = 0; user < 300; user++) {
            show("u" + user, user % 2 == 0 ? "new" : "control", user % 3);
            experiments.happened(click("", "u" + user, "x", user % 3 == 0 ? 9 : 11));
        }
        Experiment figures = result().comparisons().get(0).figures().orElseThrow();

        assertThat(figures.cuped().theta())
                .isCloseTo(-0.375, within(0.01)); // only clicks at 9 count: 0 where others have 1.5 of 4
    }

    @Test
    void aMismatchOfTheSampleRatioIsRefusedWithoutAnEffect() {
        for (int user = 0; user < 1_000; user++) {
            show("u" + user, user % 5 < 2 ? "new" : "control", 1);
        }

        ExperimentResult.Comparison comparison = result().comparisons().get(0);

        assertThat(comparison.figures()).isEmpty();
        assertThat(comparison.verdict().refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.SAMPLE_RATIO);
        Map<Variant, Double> planned = Map.of(new Variant("blend", "new"), .4, new Variant("blend", "control"), .6);
        assertThat(experiments.results(planned).get(0).comparisons().get(0).figures())
                .isPresent();
    }

    @Test
    void fewUsersGetFiguresButNoVerdict() {
        for (int user = 0; user < 20; user++) {
            show("u" + user, user % 2 == 0 ? "new" : "control", user % 3);
        }

        ExperimentResult.Comparison comparison = result().comparisons().get(0);

        assertThat(comparison.figures()).isPresent();
        assertThat(comparison.verdict().refusals()).extracting(Refusal::reason).containsExactly(Refusal.Reason.ROWS);
    }

    @Test
    void usersOfSeveralVariantsAreInNone() {
        show("u1", "a", 1);
        show("u1", "b", 1);
        show("u2", "a", 1);
        experiments.add(new JoinedList(Logged.of(list("", "", 1, "a"), "blend", "b"), new TreeMap<>()));

        assertThat(result().users()).containsEntry("a", 1L).containsEntry("b", 0L);
        assertThat(result().mixedUsers()).isEqualTo(1);
        assertThat(result().listsWithoutUser()).isEqualTo(1);
        assertThat(result().control()).isEqualTo("a");
    }

    @Test
    void experimentsOfOneNameOnSeveralSurfacesAreSeveral() {
        for (int user = 0; user < 400; user++) {
            for (String surface : List.of("home", "basket")) {
                boolean isTreated = surface.equals("home") ? user % 2 == 0 : user % 4 < 2; // drawn apart
                LoggedList list = Logged.of(list("", "u" + user, 100, "a"), surface, "blend", isTreated ? "b" : "a");
                experiments.add(new JoinedList(list, new TreeMap<>()));
            }
        }

        List<ExperimentResult> results = experiments.results(Map.of());

        assertThat(results).extracting(ExperimentResult::surface).containsExactly("basket", "home");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.mixedUsers()).isZero();
            assertThat(result.users()).containsEntry("a", 200L).containsEntry("b", 200L);
        });
    }

    @Test
    void sharesThatFitNoExperimentAreRefused() {
        show("u1", "a", 1);

        assertThatThrownBy(() -> experiments.results(Map.of(new Variant("other", "a"), 1.0)))
                .hasMessageContaining("'other', which is not in the log; it has [blend]");
        assertThatThrownBy(() -> experiments.results(Map.of(new Variant("blend", "b"), 1.0)))
                .hasMessageContaining("variant 'a' in the log, but shares for [b]");
    }

    @Test
    void aPlannedVariantWithoutUsersIsAMismatch() {
        for (int user = 0; user < 30; user++) {
            show("u" + user, "a", 1);
        }

        ExperimentResult result = experiments
                .results(Map.of(new Variant("blend", "a"), 1.0, new Variant("blend", "b"), 1.0))
                .get(0);

        assertThat(result.sampleRatio().orElseThrow().isMismatch()).isTrue();
    }
}
