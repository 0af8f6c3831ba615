package dev.recsys.testserver.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a server tells past its API. */
class ObservedServerTest {
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();

    private int upload(GcsServer server, String content, String condition) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        server.endpoint() + "/upload/storage/v1/b/things/o?uploadType=media&name=k" + condition))
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static String contentOf(GcsServer server, String object) {
        return server.contentOf("things", object)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    @Test
    void whatTookEffectIsToldInOrderAndWhatWasRefusedIsNot() throws Exception {
        try (GcsServer server = GcsServer.withBucket("things")
                .onWrite((object, content) -> told.computeIfAbsent(object, unused -> new CopyOnWriteArrayList<>())
                        .add(new String(content, StandardCharsets.UTF_8)))
                .start()) {
            assertThat(upload(server, "first", "")).isEqualTo(200);
            assertThat(upload(server, "refused", "&ifGenerationMatch=0")).isEqualTo(412);
            assertThat(upload(server, "second", "")).isEqualTo(200);

            assertThat(told).containsOnly(Map.entry("things/k", List.of("first", "second")));
            assertThat(contentOf(server, "k")).isEqualTo("second");
            assertThat(contentOf(server, "other")).isEqualTo("nothing");
            assertThat(server.contentOf("no-such-bucket", "k")).isEmpty();
        }
    }
}
