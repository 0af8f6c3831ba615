package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static dev.recsys.pipelines.tables.TableShop.DAYS;
import static dev.recsys.pipelines.tables.TableShop.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Degradation;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.control.Tenant;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SwitchingRecommender;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MovingTenantTest {
    private static final int ROUNDS = 40;

    @TempDir
    Path folder;

    private volatile Tenant tenant = Tenant.ACTIVE;

    @Test
    void aTenantMovesForthAndBackUnderRequestsAndEveryListStaysTheSame() throws IOException {
        TableShop shop = TableShop.random(folder, 51);
        shop.fill(days(0, DAYS - 1));
        MemoryBlobStore bucket = MemoryBlobStore.open();
        try (ManifestPublisher publisher = ManifestPublisher.open(bucket, "test")) {
            publisher.ship(ShipRequest.of(
                            SCOPE,
                            shop.build(days(0, DAYS - 1))
                                    .into(folder.resolve("build"))
                                    .build(),
                            "a ship")
                    .createSurface());
        }
        try (TableStore store = shop.store();
                EmbeddedRecommender artifacts =
                        EmbeddedRecommender.builder(bucket).build();
                EmbeddedRecommender tables = EmbeddedRecommender.builder(store).build();
                SwitchingRecommender switching = new SwitchingRecommender(artifacts, tables, scope -> tenant)) {
            artifacts.preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(20));
            List<List<String>> expected = ask(switching);

            for (int round = 0; round < ROUNDS; round++) {
                Tenant.Serving serving = round % 2 == 0 ? Tenant.Serving.TABLES : Tenant.Serving.ARTIFACTS;
                tenant = new Tenant(Tenant.Status.ACTIVE, serving);
                assertThat(ask(switching)).isEqualTo(expected);
            }
            assertThat(tables.statuses()).hasSize(1);
        }
    }

    private static List<List<String>> ask(SwitchingRecommender switching) {
        List<List<String>> lists = new ArrayList<>();
        for (int item = 0; item < 8; item++) {
            Recommendations answer = switching.recommend(RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface())
                    .similarTo("\u0131tem" + item)
                    .k(8)
                    .build());
            assertThat(answer.degradations()).extracting(Degradation::kind).doesNotContain(Degradation.Kind.NOT_READY);
            lists.add(answer.items().stream().map(RecommendedItem::itemId).toList());
        }
        return lists;
    }
}
