package dev.recsys.proofs.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.proofs.wire.WireCall.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each operation costs in requests, with the real clients; whoever adds a request changes a number here. */
final class CostTest {
    private static final Fleet FLEET = new Fleet(100, 50, 24);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Map<Cloud.Kind, CostReport> REPORTS = new EnumMap<>(Cloud.Kind.class);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void count() {
        for (Cloud.Kind cloud : Cloud.Kind.values()) {
            REPORTS.put(
                    cloud, new CostReport(cloud, Meter.count(cloud, folder), FLEET, REFRESH, OptionalDouble.empty()));
        }
    }

    private static Map<Kind, Integer> of(Cloud.Kind cloud, Occasion occasion) {
        return reportOf(cloud).of(occasion).byKind();
    }

    private static CostReport reportOf(Cloud.Kind cloud) {
        return Objects.requireNonNull(REPORTS.get(cloud));
    }

    @Test
    void aPollThatFindsNothingNewIsOneConditionalGet() {
        assertThat(reportOf(Cloud.Kind.S3).of(Occasion.POLL)).isEqualTo(new Requests(Map.of(Kind.GET, 1), 1));
        assertThat(reportOf(Cloud.Kind.GCS).of(Occasion.POLL)).isEqualTo(new Requests(Map.of(Kind.LOOK, 1), 1));
    }

    @Test
    void whatEachOccasionTakesAtS3() {
        assertThat(of(Cloud.Kind.S3, Occasion.SHIP))
                .isEqualTo(Map.of(Kind.PUT, 4, Kind.GET, 2, Kind.LOOK, 3, Kind.LIST, 1));
        assertThat(of(Cloud.Kind.S3, Occasion.SHIP_AGAIN)).isEqualTo(Map.of(Kind.GET, 1, Kind.LOOK, 2));
        assertThat(of(Cloud.Kind.S3, Occasion.ROLLBACK))
                .isEqualTo(Map.of(Kind.PUT, 2, Kind.GET, 5, Kind.LOOK, 1, Kind.LIST, 1));
        assertThat(of(Cloud.Kind.S3, Occasion.COLLECT))
                .isEqualTo(Map.of(Kind.PUT, 2, Kind.GET, 5, Kind.LOOK, 1, Kind.LIST, 2, Kind.DELETE, 4));
        assertThat(of(Cloud.Kind.S3, Occasion.START)).isEqualTo(Map.of(Kind.GET, 3));
        assertThat(of(Cloud.Kind.S3, Occasion.POLL)).isEqualTo(Map.of(Kind.GET, 1));
        assertThat(of(Cloud.Kind.S3, Occasion.POLL_NEW)).isEqualTo(Map.of(Kind.GET, 3));
        assertThat(reportOf(Cloud.Kind.S3).anArtifactShipped().byKind()).isEqualTo(Map.of(Kind.PUT, 1, Kind.LOOK, 1));
        assertThat(reportOf(Cloud.Kind.S3).anArtifactLoaded().byKind()).isEqualTo(Map.of(Kind.GET, 1));
    }

    @Test
    void whatEachOccasionTakesAtGcs() {
        assertThat(of(Cloud.Kind.GCS, Occasion.SHIP))
                .isEqualTo(Map.of(Kind.PUT, 4, Kind.GET, 3, Kind.LOOK, 6, Kind.LIST, 2));
        assertThat(of(Cloud.Kind.GCS, Occasion.SHIP_AGAIN)).isEqualTo(Map.of(Kind.GET, 3, Kind.LOOK, 5));
        assertThat(of(Cloud.Kind.GCS, Occasion.ROLLBACK))
                .isEqualTo(Map.of(Kind.PUT, 2, Kind.GET, 4, Kind.LOOK, 5, Kind.LIST, 2));
        assertThat(of(Cloud.Kind.GCS, Occasion.COLLECT))
                .isEqualTo(Map.of(Kind.PUT, 2, Kind.GET, 4, Kind.LOOK, 5, Kind.LIST, 3, Kind.DELETE, 4));
        assertThat(of(Cloud.Kind.GCS, Occasion.START)).isEqualTo(Map.of(Kind.GET, 3, Kind.LOOK, 3));
        assertThat(of(Cloud.Kind.GCS, Occasion.POLL)).isEqualTo(Map.of(Kind.LOOK, 1));
        assertThat(of(Cloud.Kind.GCS, Occasion.POLL_NEW)).isEqualTo(Map.of(Kind.GET, 3, Kind.LOOK, 3));
        assertThat(reportOf(Cloud.Kind.GCS).anArtifactShipped().byKind())
                .isEqualTo(Map.of(Kind.PUT, 1, Kind.GET, 1, Kind.LOOK, 2));
        assertThat(reportOf(Cloud.Kind.GCS).anArtifactLoaded().byKind()).isEqualTo(Map.of(Kind.GET, 1, Kind.LOOK, 1));
    }

    @Test
    void aHundredJvmsWithFiftySurfacesPollAHundredAndSixtySixTimesASecond() {
        double aDay = FLEET.pollsADay(REFRESH);

        assertThat(aDay).isEqualTo(14_400_000);
        assertThat(aDay / 86_400).isCloseTo(166.67, within(0.01));
        assertThat(Fleet.aMonth(aDay)).isEqualTo(432_000_000);
        assertThat(FLEET.pollsADay(REFRESH.multipliedBy(10))).isEqualTo(aDay / 10);
    }

    @Test
    void aHintSavesNoMoreThanAnIntervalAsLongAsItsBackstop() {
        Duration backstop = REFRESH.multipliedBy(10);

        assertThat(FLEET.pollsADayWithAHint(REFRESH, backstop)).isGreaterThan(FLEET.pollsADay(backstop));
    }

    @Test
    void moneyIsPrintedOnlyIfSomebodyTellsWhatAReadCosts() {
        CostReport report = reportOf(Cloud.Kind.S3);
        CostReport priced = new CostReport(Cloud.Kind.S3, report.counted(), FLEET, REFRESH, OptionalDouble.of(2));

        assertThat(report.toString()).contains("432,000,000").doesNotContain("money");
        assertThat(priced.toString()).contains("money").contains("864.00");
    }
}
