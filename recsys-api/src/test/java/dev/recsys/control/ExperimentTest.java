package dev.recsys.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Assignment;
import dev.recsys.RecommendationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Experiment HALVES = Experiment.of("e1", List.of(Variant.of("a"), Variant.of("b")));
    private static final int USERS = 100_000;

    private static int[] variants(Experiment experiment) {
        return IntStream.range(0, USERS)
                .map(user -> experiment.variantOf("user-" + user))
                .toArray();
    }

    private static double share(int[] variants, int variant) {
        return IntStream.of(variants).filter(each -> each == variant).count() / (double) USERS;
    }

    /** Computed by another program once: whoever evaluates elsewhere computes the same, and no version may change it. */
    @Test
    void aPlaceIsTheSameForEver() {
        assertThat(Experiment.bucket("e1", "share", "user-1")).isEqualTo(0.6192393196322236);
        assertThat(Experiment.bucket("e1", "variant", "user-1")).isEqualTo(0.9454016929643463);
        assertThat(Experiment.bucket("", "", "")).isEqualTo(0.5465911218969033);
    }

    @Test
    void variantsGetTheirPartsOfTheShare() {
        Experiment experiment = Experiment.of(
                        "parts", List.of(Variant.of("a"), Variant.of("b").withWeight(2), Variant.of("c")))
                .withShare(0.4);

        int[] variants = variants(experiment);

        assertThat(share(variants, -1)).isCloseTo(0.6, within(0.006)); // four standard errors
        assertThat(share(variants, 0)).isCloseTo(0.1, within(0.004));
        assertThat(share(variants, 1)).isCloseTo(0.2, within(0.005));
        assertThat(share(variants, 2)).isCloseTo(0.1, within(0.004));
    }

    @Test
    void aLargerShareAddsUsersAndMovesNone() {
        int[] few = variants(HALVES.withShare(0.1));
        int[] many = variants(HALVES.withShare(0.7));

        assertThat(IntStream.range(0, USERS).filter(i -> few[i] >= 0)).allMatch(i -> few[i] == many[i]);
        assertThat(variants(HALVES.withShare(0))).containsOnly(-1);
        assertThat(variants(HALVES)).doesNotContain(-1);
    }

    @Test
    void anotherSaltDrawsAnew() {
        int[] one = variants(HALVES);
        int[] other = variants(HALVES.withSalt("e2"));

        double same = IntStream.range(0, USERS).filter(i -> one[i] == other[i]).count() / (double) USERS;

        assertThat(same).isCloseTo(0.5, within(0.0064));
    }

    @Test
    void whoIsInTheShareSaysNothingOfTheVariant() {
        int[] small = variants(HALVES.withShare(0.02));

        double first = share(small, 0) / (share(small, 0) + share(small, 1));

        assertThat(first).isCloseTo(0.5, within(0.045));
    }

    @Test
    void anExperimentHoldsFromItsBeginningUntilBeforeItsEnd() {
        Experiment window = HALVES.withFrom(NOW).withUntil(NOW.plusSeconds(10));
        RecommendationRequest request =
                RecommendationRequest.of("acme", "home").user("user-1").build();

        assertThat(window.variantOf(request, NOW.minusNanos(1))).isEqualTo(-1);
        assertThat(window.variantOf(request, NOW)).isNotNegative();
        assertThat(window.variantOf(request, NOW.plusSeconds(10))).isEqualTo(-1);
    }

    @Test
    void theUnitIsTheUserUnlessAnotherIsSaid() {
        RecommendationRequest request = RecommendationRequest.of("acme", "home")
                .user("user-1")
                .context(Map.of("session", "s9"))
                .build();
        RecommendationRequest nobody = RecommendationRequest.of("acme", "home").build();

        assertThat(HALVES.variantOf(request, NOW)).isEqualTo(HALVES.variantOf("user-1"));
        assertThat(HALVES.withUnitKey("session").unit(request)).contains("s9");
        assertThat(HALVES.variantOf(nobody, NOW)).isEqualTo(-1);
        assertThat(HALVES.withUnitKey("session").variantOf(nobody, NOW)).isEqualTo(-1);
        assertThat(HALVES.assignment(1)).isEqualTo(new Assignment("e1", "b"));
    }

    @Test
    void aVariantsRulesReplaceThoseOfTheSurfaceWithTheSameId() {
        RuleSet surface = new RuleSet(List.of(
                Rule.block("a", ItemAttribute.ITEM, "x"),
                Rule.block("b", ItemAttribute.ITEM, "y"),
                Rule.block("c", ItemAttribute.ITEM, "z")));
        Rule own = Rule.boost("b", ItemAttribute.BRAND, "acme", 2);
        Variant variant = Variant.of("v").withoutRules(Set.of("a", "unknown")).withRules(List.of(own));

        assertThat(variant.over(surface).rules())
                .containsExactly(own, surface.rules().get(2));
        assertThat(Variant.of("v").over(surface)).isSameAs(surface);
    }

    @Test
    void aVariantsRulesThatContradictTheSurfacesAreRefused() {
        RuleSet surface = new RuleSet(List.of(Rule.block("a", ItemAttribute.ITEM, "x")));
        Variant variant = Variant.of("v").withRules(List.of(Rule.pin("p", "x", 1)));

        assertThatThrownBy(() -> variant.over(surface))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules 'a' and 'p' contradict each other");
    }

    @Test
    void aVariantHasNoExperimentOfItsOwn() {
        RankingConfig nested = RankingConfig.DEFAULT.withExperiment(HALVES);

        assertThatThrownBy(() -> Variant.of("v").withConfig(nested))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("config has an experiment");
    }
}
