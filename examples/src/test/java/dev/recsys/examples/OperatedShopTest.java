package dev.recsys.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatedShopTest {
    private static final Scope SCOPE = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);

    @TempDir
    private Path directory;

    private static HttpResponse<String> get(OperatedShop shop, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + shop.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whatVisitorsGetIsCountedAndTheShopIsReady() throws Exception {
        try (FileBlobStore store = FileBlobStore.create(directory.resolve("store"));
                ManifestPublisher publisher = ManifestPublisher.open(store, "test")) {
            var build = SalesBuild.write(directory.resolve("build"), SCOPE, NightlyJob.salesOf(ShopEvents.shop(1)));
            publisher.ship(ShipRequest.of(SCOPE, build, "sales").createSurface().overrideAll());
            try (OperatedShop shop = new OperatedShop(store, SCOPE, 0)) {
                assertThat(get(shop, "/page").body()).contains("itemId=");

                HttpResponse<String> ready = get(shop, "/ready");
                assertThat(ready.statusCode()).isEqualTo(200);
                assertThat(ready.body()).isEqualTo("READY []\n");
                assertThat(get(shop, "/metrics").body())
                        .contains("recsys_requests_total{result=\"items\",surface=\"" + SCOPE.surface() + "\",tenant=\""
                                + SCOPE.tenant() + "\"} 1.0");
            }
        }
    }

    @Test
    void aShopThatHasNothingToShowGetsNoTraffic() throws Exception {
        try (FileBlobStore store = FileBlobStore.create(directory.resolve("store"));
                OperatedShop shop = new OperatedShop(store, SCOPE, 0)) {
            HttpResponse<String> ready = get(shop, "/ready");

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).startsWith("NOT_READY [Reason[scope=" + SCOPE);
        }
    }
}
