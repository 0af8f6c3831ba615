package dev.recsys.proofs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real publisher and the real reader hold the protocol in every schedule; a seed says which schedule it is. */
class SimulationTest {
    private static final int WORKERS = 2;

    @Test
    void theProtocolHoldsInEverySchedule() {
        Campaign.Result result = Campaign.run(1, Long.getLong("recsys.simulation.schedules"), WORKERS, line -> {});

        assertThat(result.failure().map(Outcome::findings))
                .as("seed " + result.failure().map(Outcome::seed))
                .isEmpty();
        assertThat(result.acknowledged()).isGreaterThan((int) result.ran());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {605, 1298, 1663, 5041, 8048, 8711})
    void aSeedThatOnceFailedFailsNoMore(long seed) {
        assertThat(Campaign.run(seed, 1, 1, line -> {}).failure()).isEmpty();
    }

    @Test
    void theSameSeedIsTheSameScheduleInWhateverOrderAndOnWhateverThread() {
        List<Sha256> forward = traces(false);
        List<Sha256> backward = traces(true);
        Collections.reverse(backward);

        assertThat(backward).isEqualTo(forward).doesNotHaveDuplicates();
    }

    private static List<Sha256> traces(boolean backward) {
        List<Sha256> traces = new ArrayList<>();
        try (Hands hands = new Hands();
                TinyBuilds builds = new TinyBuilds()) {
            for (int i = 0; i < 60; i++) {
                long seed = backward ? 60 - i : i + 1;
                traces.add(Simulation.run(seed, hands, builds, line -> {}).trace());
            }
        }
        return traces;
    }

    @Test
    void theDigestOfManySchedulesDoesNotDependOnTheWorkers() {
        assertThat(Campaign.run(7, 230, 3, line -> {}).trace())
                .isEqualTo(Campaign.run(7, 230, 1, line -> {}).trace());
    }

    @Test
    void aScheduleMeetsEveryKindOfTrouble() {
        StringBuilder trace = new StringBuilder();
        Campaign.run(1, 300, 1, trace::append);

        assertThat(trace)
                .contains(" dies", "-> nothing", "-> Mismatch", "DELETED", "aborts", "resumes")
                .contains("settled", "COMMITTED", "LOST", "ABORTED", "new-epoch", "collect", "rollback", " hold ");
    }
}
