package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.log.OutcomeRecorder;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded while recommendations are served is read by builds without a conversion. */
class RecordedOutcomesTest {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path recorded(List<Outcome> outcomes) throws IOException {
        try (OutcomeRecorder recorder =
                OutcomeRecorder.builder(folder).rawUsers().build()) {
            outcomes.forEach(recorder::record);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void outcomesAreEvents() throws IOException {
        Path file = recorded(List.of(
                new Outcome(HOME, "ann", "tea", "view", AT),
                new Outcome(HOME, "ann", "mug", "purchase", AT.plusSeconds(1))
                        .withValue(12.5)
                        .withRequestId("r-1"),
                new Outcome(HOME, "bob", "mug", "purchase", AT.plusSeconds(2)).withValue(-12.5),
                new Outcome(new Scope("acme", "other"), "bob", "mug", "view", AT)));
        EventFilter home = new EventFilter(Optional.of(HOME), Optional.empty(), Set.of());

        EventReader.Result result = new EventReader(
                        new EventReader.Source(List.of(file), Optional.empty(), EventColumns.DEFAULT),
                        home,
                        0,
                        ProgressListener.NONE)
                .read();

        assertThat(result.events().size()).isEqualTo(2);
        assertThat(result.events().userCount()).isEqualTo(1);
        assertThat(result.report().otherScope()).isEqualTo(1);
        assertThat(result.report().setAside()).isEqualTo(1);
    }
}
