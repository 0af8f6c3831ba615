package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.eval.TeamDraft.Pick;
import dev.recsys.eval.TeamDraft.Team;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamDraftTest {
    private static final TeamDraft DRAFT = new TeamDraft(42);

    @Test
    void theSameRequestGetsTheSameListAndOthersGetOtherCoins() {
        List<String> a = List.of("1", "2", "3", "4");
        List<String> b = List.of("4", "3", "2", "1");
        int firstIsA = 0;
        for (int request = 0; request < 10_000; request++) {
            List<Pick> list = DRAFT.draft("request-" + request, a, b, 4);
            assertThat(new TeamDraft(42).draft("request-" + request, a, b, 4)).isEqualTo(list);
            firstIsA += list.get(0).team() == Team.A ? 1 : 0;
        }

        assertThat(firstIsA).isBetween(4_850, 5_150);
    }

    @Test
    void eachRoundTakesTheBestNewItemOfEachRanking() {
        for (int request = 0; request < 100; request++) {
            List<Pick> list = DRAFT.draft("r" + request, List.of("x", "a", "b"), List.of("x", "y", "z"), 4);

            assertThat(list).extracting(Pick::item).doesNotHaveDuplicates().startsWith("x");
            for (int round = 0; round < 4; round += 2) {
                assertThat(List.of(list.get(round).team(), list.get(round + 1).team()))
                        .containsExactlyInAnyOrder(Team.A, Team.B);
            }
            assertThat(list.get(1).item()).isEqualTo(list.get(0).team() == Team.A ? "y" : "a");
        }
    }

    @Test
    void aRankingThatHasNothingNewLetsTheOtherFillTheList() {
        assertThat(DRAFT.draft("r", List.of(), List.of("y", "z"), 5)).containsExactly(pick("y"), pick("z"));
        assertThat(DRAFT.draft("r", List.of("y"), List.of("y"), 5)).hasSize(1);
        assertThat(DRAFT.draft("r", List.of("x"), List.of("y"), 0)).isEmpty();
    }

    private static Pick pick(String item) {
        return new Pick(item, Team.B);
    }

    @Test
    void aRequestPrefersTheRankingWhoseItemsWereClickedMore() {
        List<Pick> list = List.of(new Pick("x", Team.A), new Pick("y", Team.B), new Pick("z", Team.A));

        Preferences preferences = Preferences.NONE
                .plus(list, List.of("x", "z", "y"))
                .plus(list, List.of("y"))
                .plus(list, List.of("x"))
                .plus(list, List.of("elsewhere"));

        assertThat(preferences).isEqualTo(new Preferences(2, 1, 1));
    }

    @Test
    void theSignTestIsThatOfTheBinomialDistribution() {
        assertThat(new Preferences(2, 8, 100).pValue()).isCloseTo(2 * 56 / 1024.0, within(1e-14));
        assertThat(new Preferences(8, 2, 0).pValue()).isCloseTo(2 * 56 / 1024.0, within(1e-14));
        assertThat(new Preferences(5, 5, 0).pValue()).isEqualTo(1);
        assertThat(new Preferences(0, 10, 0).pValue()).isCloseTo(2 / 1024.0, within(1e-15));
        assertThat(Preferences.NONE.pValue()).isEqualTo(1);
    }
}
