package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Assignment;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.log.LogSettings;
import dev.recsys.log.LogStats;
import dev.recsys.log.PseudonymKeys;
import dev.recsys.log.Redaction;
import dev.recsys.postgres.Wire.Commit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresEventSinkTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PseudonymKeys KEYS = PseudonymKeys.of("k1", new byte[32]);
    private static final String PSEUDONYM = KEYS.pseudonym("acme", "ann");
    private static final LogSettings SETTINGS = LogSettings.DEFAULT.withBatch(50, Duration.ofMillis(5));

    private final HistoryShop shop = new HistoryShop();
    private final Instant now = shop.clock.instant();

    @AfterEach
    void close() {
        shop.close();
    }

    private PostgresEventSink open(PostgresDatabase database, LogSettings settings) {
        return PostgresEventSink.builder(
                        database, Redaction.pseudonyms(() -> KEYS).requestIds(() -> "made-up"))
                .settings(settings)
                .clock(shop.clock)
                .open();
    }

    private PostgresEventSink open() {
        return open(shop.database, SETTINGS);
    }

    static Exposure shown(String tenant, String user, Instant at, double score) {
        Scope scope = new Scope(tenant, "home");
        return new Exposure(
                at,
                RecommendationRequest.of(tenant, "home")
                        .user(user)
                        .seed(at.toEpochMilli())
                        .build(),
                List.of("tea\0 pot"),
                new TreeMap<>(),
                List.of(),
                new Recommendations(
                        scope,
                        7,
                        1,
                        1,
                        Recommendations.Versions.NONE,
                        Optional.of(new Assignment("price", "b")),
                        List.of(new RecommendedItem("mug", score, List.of("cooc"), List.of(), 1)),
                        List.of()));
    }

    private static void flush(PostgresEventSink sink) throws InterruptedException {
        assertThat(sink.flush(LONG)).as("all is written").isTrue();
    }

    private List<String> exposures(Instant from, Instant until) {
        List<String> lines = new ArrayList<>();
        assertThat(PostgresEvents.of(shop.database).exposures("acme", from, until, lines::add))
                .isEqualTo(lines.size());
        return lines;
    }

    private List<String> exposures() {
        return exposures(now.minus(Duration.ofDays(300)), now.plusSeconds(1));
    }

    @Test
    void theLinesAreThoseOfAFileByTimeAndOfTheTenantAlone() throws Exception {
        Exposure late = shown("acme", "ann", now, -0.0);
        Exposure early = shown("acme", "bob", now.minus(Duration.ofDays(60)), 1e-7);
        Outcome bought = new Outcome(new Scope("acme", "home"), "ann", "mug", "purchase", now).withRequestId("r-1");
        try (PostgresEventSink sink = open()) {
            sink.exposed(late);
            sink.exposed(early);
            sink.exposed(shown("other", "ann", now, 1));
            assertThat(sink.record(bought)).isTrue();
            flush(sink);
            assertThat(sink.stats().written()).isEqualTo(4);
        }

        Redaction written = Redaction.pseudonyms(() -> KEYS).requestIds(() -> "made-up");
        assertThat(exposures())
                .containsExactly(ExposureDocument.write(written.of(early)), ExposureDocument.write(written.of(late)));
        assertThat(exposures(now.minusSeconds(1), now))
                .as("the end is not in it")
                .isEmpty();
        List<String> outcomes = new ArrayList<>();
        PostgresEvents.of(shop.database).outcomes("acme", now, now.plusSeconds(1), outcomes::add);
        assertThat(outcomes).containsExactly(OutcomeDocument.write(bought.withUser(PSEUDONYM)));
        assertThat(shop.see("select concat_ws(' ', surface, user_id, request_id, release, experiment, variant)"
                        + " from recsys.exposure where tenant = 'acme' order by at desc limit 1"))
                .containsExactly("home " + PSEUDONYM + " made-up 7 price b");
    }

    @Test
    void manyLinesAreReadByACursorInTheOrderInWhichTheyCame() throws Exception {
        try (PostgresEventSink sink = open()) {
            for (int i = 0; i < 1_200; i++) {
                sink.exposed(shown("acme", "ann", now, i));
            }
            flush(sink);
        }

        assertThat(exposures())
                .hasSize(1_200)
                .map(line -> ExposureDocument.read(line).answer().items().get(0).score())
                .isSorted();
    }

    @Test
    void aCommitThatNobodyAnsweredIsThereOnce() throws Exception {
        String name = shop.url.substring(shop.url.lastIndexOf('/') + 1);
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(wire.url(name), TestServer.SERVING_ROLE, "");
                PostgresEventSink sink = open(database, SETTINGS)) {
            sink.exposed(shown("acme", "ann", now, 1));
            flush(sink); // the month is there
            for (Commit what : List.of(Commit.NOT_ANSWERED, Commit.NOT_SENT)) {
                wire.nextCommit(what);
                sink.exposed(shown("acme", "ann", now, 2));
                flush(sink);
            }
            assertThat(sink.stats().written()).isEqualTo(3);
        }

        assertThat(exposures()).hasSize(3);
    }

    @Test
    void whileTheDatabaseIsAwayNobodyWaitsAndWhatHasNoRoomIsCounted() throws Exception {
        String name = shop.url.substring(shop.url.lastIndexOf('/') + 1);
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(wire.url(name), TestServer.SERVING_ROLE, "");
                PostgresEventSink sink = open(database, SETTINGS.withQueue(100))) {
            wire.cut();
            for (int i = 0; i < 150; i++) {
                sink.exposed(shown("acme", "ann", now, i));
            }
            assertThat(sink.stats()).isEqualTo(new LogStats(0, 50, 0, 100, 0, 0));
            wire.mend();
            flush(sink);
            assertThat(sink.stats().written()).isEqualTo(100);
        }

        assertThat(exposures()).hasSize(100);
    }

    @Test
    void closingWhileTheDatabaseIsAwayEndsAndCountsWhatIsGivenUp() throws Exception {
        String name = shop.url.substring(shop.url.lastIndexOf('/') + 1);
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(wire.url(name), TestServer.SERVING_ROLE, "")) {
            wire.cut();
            PostgresEventSink sink = open(database, SETTINGS.withCloseWithin(Duration.ofMillis(20)));
            sink.exposed(shown("acme", "ann", now, 1));
            sink.close();

            assertThat(sink.stats()).isEqualTo(new LogStats(0, 0, 1, 0, 0, 0));
        }
    }

    @Test
    void whatCannotBeWrittenIsCountedAndTheOthersAreWritten() throws Exception {
        try (PostgresEventSink sink = open()) {
            sink.exposed(shown("acme", "ann", now, Double.NaN));
            sink.exposed(shown("acme", "ann", now.plus(Duration.ofDays(2)), 1)); // of the future
            sink.record(new Outcome(new Scope("acme", "home"), "ann", "mug", "a\0b", now));
            sink.exposed(shown("acme", "ann", now, 2));
            flush(sink);

            assertThat(sink.stats().failed()).isEqualTo(3);
            assertThat(sink.stats().written()).isEqualTo(1);
        }
    }

    @Test
    void aRecordOfATimeForWhichNoMonthIsMadeFailsOnce() throws Exception {
        try (PostgresEventSink sink = open()) {
            sink.exposed(shown("acme", "ann", Instant.EPOCH, 1));
            sink.exposed(shown("acme", "ann", now, 2));
            flush(sink);

            assertThat(sink.stats().failed()).isEqualTo(1);
            assertThat(sink.stats().written()).isEqualTo(1);
        }
    }

    @Test
    void aForgottenPersonLeavesUnderAllNamesAndDoesNotComeBack() throws Exception {
        PseudonymKeys rotated = KEYS.rotatedTo("k2", new byte[33]);
        try (PostgresEventSink sink = open();
                PostgresEventSink later = PostgresEventSink.builder(shop.database, Redaction.pseudonyms(() -> rotated))
                        .settings(SETTINGS)
                        .open()) {
            shop.database.editor("tester").tenants().create("acme", "a test");
            sink.exposed(shown("acme", "ann", now, 1));
            sink.exposed(shown("acme", "bob", now, 1));
            flush(sink);
            later.exposed(shown("acme", "ann", now, 1));
            later.record(new Outcome(new Scope("acme", "home"), "ann", "mug", "click", now));
            flush(later);

            Forgotten forgotten =
                    shop.database.editor("support").forget("acme", names(rotated), "ticket 17", Duration.ofDays(400));
            sink.exposed(shown("acme", "ann", now, 2)); // what somebody's queue still had
            flush(sink);

            assertThat(forgotten.logged()).isEqualTo(3);
            assertThat(sink.stats().failed()).isEqualTo(1);
        }

        assertThat(shop.see("select user_id from recsys.exposure")).containsExactly(KEYS.pseudonym("acme", "bob"));
        assertThat(shop.see("select user_id from recsys.outcome")).isEmpty();
        assertThat(shop.see("select after from recsys.audit where action = 'forget'"))
                .containsExactly("0 interactions and 3 logged lines removed");
    }

    private static List<String> names(PseudonymKeys keys) {
        List<String> names = new ArrayList<>(List.of("ann"));
        names.addAll(keys.all("acme", "ann"));
        return names;
    }

    @Test
    void monthsThatAreTooOldAreDropped() throws Exception {
        Instant old = now.minus(Duration.ofDays(100)).truncatedTo(ChronoUnit.DAYS);
        try (PostgresEventSink sink = open()) {
            sink.exposed(shown("acme", "ann", old, 1));
            sink.exposed(shown("acme", "ann", now, 2));
            flush(sink);
        }
        assertThat(exposures()).hasSize(2);

        try (PostgresEventSink sink = open(shop.database, SETTINGS.withKeepFor(Duration.ofDays(60)))) {
            sink.exposed(shown("acme", "ann", old, 3));
            flush(sink);
            assertThat(sink.stats().failed()).as("is too old").isEqualTo(1);
        }
        assertThat(exposures()).hasSize(1);
    }
}
