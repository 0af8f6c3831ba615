package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.internal.Ambient;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answers of 25 made-up shops, bit for bit, as they were when this test was written: on whatever JDK it runs, they are
 * the same. A change of the ranking changes the digest, and is told as one.
 */
class SameAnswersEverywhereTest {
    private static final String DIGEST = "22f65611fb9d392a2dcf44c053ab89b811aa01c545e4697600dfed63c9d6c001";

    @TempDir
    private Path directory;

    @Test
    void fiveHundredAnswersAreTheSameOnEveryJdk() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long seed = 1; seed <= 25; seed++) {
            addShop(seed, digest);
        }

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DIGEST);
    }

    private void addShop(long seed, MessageDigest digest) {
        RandomShop shop = new RandomShop(seed);
        MemoryBlobStore store = MemoryBlobStore.open();
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, shop.build(new Builds(directory.resolve("shop-" + seed))), "a ship")
                        .createSurface());
        InMemoryControls controls = InMemoryControls.create();
        controls.putItems(SCOPE.tenant(), shop.attributes());
        controls.putConfig(SCOPE, shop.config());
        controls.putRules(SCOPE, shop.rules());
        try (EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                .controls(controls)
                .ambient(Ambient.system().withClock(() -> RandomShop.NOW))
                .build()) {
            for (int i = 0; i < 20; i++) {
                digest.update(text(recommender.recommend(shop.request())).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String text(Recommendations answer) {
        StringBuilder text = new StringBuilder(answer.versions().toString());
        for (RecommendedItem item : answer.items()) {
            text.append(item.itemId())
                    .append(Double.doubleToLongBits(item.score()))
                    .append(item.signals())
                    .append(item.rules())
                    .append(Double.doubleToLongBits(item.propensity()));
        }
        return text.append(answer.degradations()).toString();
    }
}
