package dev.recsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.NotFoundException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.examples.NightlyJob.Result;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.StoreCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyJobTest {
    private static final Scope SCOPE = new Scope("acme", "home");
    private static final Instant MONDAY = Instant.parse("2026-10-26T00:00:00Z");
    private static final SmokeTest GOOD = SmokeTest.newVisitorsSeeAtLeast(2);
    private static final SmokeTest BAD = (recommender, scope) -> Optional.of("no good");

    @TempDir
    private Path directory;

    private FileBlobStore store;
    private ManifestPublisher operator;

    @BeforeEach
    void open() {
        store = FileBlobStore.create(directory.resolve("store"));
        operator = ManifestPublisher.open(store, "operator");
    }

    @AfterEach
    void close() {
        operator.close();
        store.close();
    }

    private Result run(BlobStore over, SmokeTest smokeTest, List<Sale> sales) throws IOException {
        try (ManifestPublisher publisher = ManifestPublisher.builder(over, "nightly-job")
                .patience(Duration.ofMillis(50))
                .build()) {
            return new NightlyJob(over, publisher, directory.resolve("job"), smokeTest).run(SCOPE, sales);
        }
    }

    /** Tea goes with milk, and every day some more of it. */
    private static List<Sale> sales(int days) {
        List<Sale> sales = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            Instant at = MONDAY.plus(Duration.ofDays(day));
            sales.add(new Sale("basket-" + day, "tea", at));
            sales.add(new Sale("basket-" + day, "milk", at));
            sales.add(new Sale("basket-x" + day, "tea", at));
        }
        return sales;
    }

    private List<String> operations() {
        return operator.history("acme", "home", 10).stream()
                .map(Revision::operation)
                .map(Revision.Operation::kind)
                .toList();
    }

    @Test
    void theFirstRunCreatesTheSurfaceAndServesItsOwnTables() throws IOException {
        assertThat(run(store, GOOD, sales(1))).isEqualTo(Result.SHIPPED);

        try (EmbeddedShop shop = new EmbeddedShop(store, SCOPE, alarm -> {})) {
            shop.warmUp();
            shop.visited("ann", "tea", "purchase", MONDAY);
            assertThat(shop.page("ann").items())
                    .extracting(item -> item.itemId() + " " + item.signals())
                    .containsExactly("milk [cooc, popularity]");
        }
    }

    @Test
    void theSameSalesAreShippedOnce() throws IOException {
        run(store, GOOD, sales(1));

        assertThat(run(store, GOOD, sales(1))).isEqualTo(Result.ALREADY_CURRENT);
        assertThat(operations()).containsExactly("ship");
    }

    @Test
    void aReleaseThatFailsItsSmokeTestIsRolledBackAndShipsAreHeld() throws IOException {
        run(store, GOOD, sales(1));

        assertThat(run(store, BAD, sales(2))).isEqualTo(Result.ROLLED_BACK);

        assertThat(operator.current("acme", "home").release()).isEqualTo(1);
        assertThat(operations()).containsExactly("rollback", "ship", "ship");
        assertThatThrownBy(() -> run(store, GOOD, sales(3)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no good");
    }

    @Test
    void aBadFirstReleaseHasNothingToGoBackTo() {
        assertThatThrownBy(() -> run(store, BAD, sales(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aNightWithoutSalesIsRefusedAndTheReleaseStays() throws IOException {
        run(store, GOOD, sales(1));

        assertThatThrownBy(() -> run(store, GOOD, List.of())).isInstanceOf(RefusedException.class);
        assertThat(operator.current("acme", "home").release()).isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeIsFinishedByTheNextRun() throws IOException {
        run(store, GOOD, sales(1));
        FaultyBlobStore faulty = FaultyBlobStore.over(store);
        faulty.always(StoreCall.SWAP, Fault.REQUEST_LOST);

        assertThat(run(faulty, GOOD, sales(2))).isEqualTo(Result.UNKNOWN);
        faulty.heal();

        assertThat(run(faulty, GOOD, sales(2))).isEqualTo(Result.ALREADY_CURRENT);
        assertThat(operations()).containsExactly("ship", "ship");
    }

    @Test
    void aReleaseThatTheLastRunCouldNotTryIsTriedByTheNext() throws IOException {
        run(store, GOOD, sales(1));
        FaultyBlobStore faulty = FaultyBlobStore.over(store);
        faulty.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        run(faulty, BAD, sales(2));

        assertThat(run(store, BAD, sales(2))).isEqualTo(Result.ROLLED_BACK);
    }

    @Test
    void theShopsOwnSalesMakeARelease() throws IOException {
        assertThat(run(store, SmokeTest.newVisitorsSeeAtLeast(20), NightlyJob.salesOf(ShopEvents.shop(1))))
                .isEqualTo(Result.SHIPPED);
    }
}
