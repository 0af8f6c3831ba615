package dev.recsys.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Degradation;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedShopTest {
    private static final Scope SCOPE = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
    private static final Instant NOW = ShopEvents.END;

    private final List<String> alarms = new ArrayList<>();

    @TempDir
    private Path directory;

    private FileBlobStore store;
    private EmbeddedShop shop;

    @BeforeEach
    void open() throws IOException {
        store = FileBlobStore.create(directory.resolve("store"));
        ship(NightlyJob.salesOf(ShopEvents.shop(1)));
        shop = new EmbeddedShop(store, SCOPE, alarms::add);
        shop.warmUp();
    }

    @AfterEach
    void close() {
        shop.close();
        store.close();
    }

    private void ship(List<Sale> sales) throws IOException {
        try (ManifestPublisher publisher = ManifestPublisher.open(store, "test")) {
            publisher.ship(ShipRequest.of(SCOPE, SalesBuild.write(directory.resolve("build"), SCOPE, sales), "sales")
                    .createSurface()
                    .overrideAll());
        }
    }

    private static List<String> ids(Recommendations page) {
        return page.items().stream().map(RecommendedItem::itemId).toList();
    }

    @Test
    void aNewVisitorSeesWhatIsPopularAndTheAnswerSaysWhy() {
        Recommendations page = shop.page("ann");

        assertThat(page.items())
                .hasSize(6)
                .allSatisfy(item -> assertThat(item.signals()).containsExactly("popularity"));
        assertThat(page.degradations()).extracting(Degradation::kind).containsExactly(Degradation.Kind.NO_HISTORY);
    }

    @Test
    void aLookAtATeaBringsTea() {
        List<String> before = ids(shop.page("ann"));
        shop.visited("ann", "tea-darjeeling-classic", "click", NOW);

        List<String> after = ids(shop.page("ann"));

        assertThat(after).isNotEqualTo(before).doesNotContain("tea-darjeeling-classic");
        assertThat(after.get(0)).startsWith("tea-");
    }

    @Test
    void goodAnswersRaiseNoAlarm() {
        for (int i = 0; i < 100; i++) {
            shop.page("visitor-" + i);
        }
        assertThat(alarms).isEmpty();
    }

    @Test
    void anEmptyReleaseRaisesTheAlarmAndARollbackEndsIt() throws IOException {
        ship(List.of());
        shop.refresh();
        for (int i = 0; i < 20; i++) {
            assertThat(shop.page("visitor-" + i).items()).isEmpty();
        }
        assertThat(alarms)
                .containsExactly("20 of the last 20 answers of corner-shop/home are empty, release 2. Look at the"
                        + " history, and roll back if a ship did it.");

        try (ManifestPublisher operator = ManifestPublisher.open(store, "operator")) {
            operator.rollback(SCOPE.tenant(), SCOPE.surface(), "empty answers");
        }
        shop.refresh();
        for (int i = 0; i < 20; i++) {
            assertThat(shop.page("visitor-" + i).items()).hasSize(6);
        }
        assertThat(alarms).hasSize(1);
    }
}
