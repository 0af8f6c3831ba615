package dev.recsys.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutcomeRecorderTest {
    private static final Outcome BOUGHT = new Outcome(
                    new Scope("acme", "home"), Shown.USER, "mug", "purchase", Instant.parse("2026-02-01T00:00:00Z"))
            .withValue(12.5)
            .withRequestId("r-17");

    @TempDir
    private Path folder;

    private OutcomeRecorder.Builder builder() {
        return OutcomeRecorder.builder(folder).pseudonyms(Shown.KEYS).clock(FakeClock.at("2026-02-01T00:00:00Z"));
    }

    @Test
    void anOutcomeIsToldToTheHistoryAtOnceAndWrittenWithoutTheUsersId() {
        List<Outcome> history = new ArrayList<>();
        try (OutcomeRecorder recorder = builder().history(history::add).build()) {
            assertThat(recorder.record(BOUGHT)).isTrue();
            assertThat(history).containsExactly(BOUGHT);
        }

        assertThat(Shown.names(folder)).containsExactly("outcomes-20260201T000000000Z.jsonl.gz");
        String pseudonym = Shown.KEYS.pseudonym("acme", Shown.USER);
        assertThat(Shown.lines(folder))
                .containsExactly("{\"format\":1,\"item\":\"mug\",\"request_id\":\"r-17\",\"surface\":\"home\","
                        + "\"tenant\":\"acme\",\"ts\":\"2026-02-01T00:00:00Z\",\"type\":\"purchase\",\"user\":\""
                        + pseudonym + "\",\"value\":12.5}");
        assertThat(OutcomeDocument.read(Shown.lines(folder).get(0))).isEqualTo(BOUGHT.withUser(pseudonym));
    }

    @Test
    void aHistoryThatFailsCostsNeitherTheOthersNorTheLine() {
        List<Outcome> history = new ArrayList<>();
        try (OutcomeRecorder recorder = builder()
                .history(any -> {
                    throw new IllegalStateException("is closed");
                })
                .history(history::add)
                .build()) {
            assertThat(recorder.record(BOUGHT)).isTrue();
        }

        assertThat(history).hasSize(1);
        assertThat(Shown.lines(folder)).hasSize(1);
    }

    @Test
    void whatComesAfterTheEndIsCountedAndTheCallerIsTold() {
        OutcomeRecorder recorder = builder().rawUsers().build();
        recorder.close();

        assertThat(recorder.record(BOUGHT)).isFalse();
        assertThat(recorder.stats()).isEqualTo(new LogStats(0, 1, 0, 0, 0, 0));
    }

    @Test
    void itMustBeSaidHowUsersAreWritten() {
        assertThatThrownBy(() -> OutcomeRecorder.builder(folder).build()).hasMessageContaining("rawUsers()");
    }

    @Test
    void exposuresAndOutcomesShareAFolder() {
        try (FileEventSink sink =
                        FileEventSink.builder(folder).pseudonyms(Shown.KEYS).build();
                OutcomeRecorder recorder = builder().build()) {
            sink.exposed(Shown.to(Shown.USER, 1));
            assertThat(recorder.record(BOUGHT)).isTrue();
        }

        assertThat(Shown.files(folder)).hasSize(2);
        String pseudonym = Shown.KEYS.pseudonym("acme", Shown.USER);
        assertThat(Shown.lines(folder)).allMatch(line -> line.contains(pseudonym));
    }
}
