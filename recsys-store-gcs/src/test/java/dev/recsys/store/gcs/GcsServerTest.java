package dev.recsys.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.ServiceOptions;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.recsys.testserver.gcs.GcsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake by itself, driven by the real client library. */
class GcsServerTest {
    private static final String BUCKET = "releases";
    private static final BlobId ID = BlobId.of(BUCKET, "a/b%2f ä+c");

    private GcsServer server;
    private Storage storage;

    @BeforeEach
    void start() throws IOException {
        server = GcsServer.withBucket(BUCKET).start();
        storage = clientOf(server);
    }

    @AfterEach
    void stop() throws Exception {
        storage.close();
        server.close();
    }

    private static Storage clientOf(GcsServer server) {
        return StorageOptions.http()
                .setProjectId("some-project")
                .setHost(server.endpoint().toString())
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
    }

    private Blob put(BlobId id, byte[] bytes, BlobTargetOption... conditions) {
        return storage.create(BlobInfo.newBuilder(id).build(), bytes, conditions);
    }

    private static void assertStatus(int status, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(status));
    }

    @Test
    void bucketsAreMadeFoundAndDeletedOnceTheyAreEmpty() {
        assertThat(storage.get(BUCKET).getName()).isEqualTo(BUCKET);
        assertThat(storage.get("another")).isNull();
        storage.create(BucketInfo.of("another"));
        assertStatus(409, () -> storage.create(BucketInfo.of("another")));
        put(BlobId.of("another", "x"), new byte[] {1});

        assertStatus(409, () -> storage.delete("another"));
        storage.delete(BlobId.of("another", "x"));

        assertThat(storage.delete("another")).isTrue();
        assertThat(storage.get("another")).isNull();
    }

    @Test
    void anObjectKeepsItsBytesAndTellsTheirLengthAndChecksums() {
        Blob created = put(ID, new byte[] {1, 2, 3});

        Blob found = storage.get(ID);

        assertThat(found.getContent()).containsExactly(1, 2, 3);
        assertThat(found.getSize()).isEqualTo(3);
        assertThat(found.getCrc32c()).isEqualTo("8TDyHg==").isEqualTo(created.getCrc32c());
        assertThat(found.getMd5()).isEqualTo("Uonfc331cyb83SJZevsfrA==");
        assertThat(found.getGeneration()).isEqualTo(created.getGeneration());
        assertThat(found.getMetageneration()).isEqualTo(1);
        assertThat(found.getContentType()).isEqualTo("application/octet-stream");
        assertThat(storage.get(BlobId.of(BUCKET, "none"))).isNull();
    }

    @Test
    void metadataChangesWithoutTheGeneration() {
        Blob created = put(ID, new byte[] {1});

        Blob changed = storage.update(
                BlobInfo.newBuilder(ID).setMetadata(Map.of("k", "v")).build());

        assertThat(changed.getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(changed.getGeneration()).isEqualTo(created.getGeneration());
        assertThat(changed.getMetageneration()).isEqualTo(2);
        assertThat(changed.getEtag()).isNotEqualTo(created.getEtag());
    }

    @Test
    void contentWithAnotherChecksumThanAnnouncedIsRefused() throws Exception {
        BlobInfo wrong = BlobInfo.newBuilder(ID).setCrc32c("AAAAAA==").build();

        WriteChannel channel = storage.writer(wrong, BlobWriteOption.crc32cMatch());
        channel.write(ByteBuffer.wrap(new byte[] {1}));

        assertThatThrownBy(channel::close).isInstanceOf(Exception.class);
        assertThat(storage.get(ID)).isNull();
    }

    @Test
    void anUploadInChunksIsThereOnlyAfterItsEnd() throws IOException {
        byte[] bytes = Calling.random(700_000);
        WriteChannel channel = storage.writer(BlobInfo.newBuilder(ID).build(), BlobWriteOption.doesNotExist());
        channel.setChunkSize(256 * 1024);
        channel.write(ByteBuffer.wrap(bytes));
        assertThat(storage.get(ID)).isNull();

        channel.close();

        assertThat(storage.readAllBytes(ID)).isEqualTo(bytes);
    }

    @Test
    void ofTwoUploadsInChunksUnderAConditionTheSecondToEndIsRefused() throws IOException {
        List<WriteChannel> channels = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            WriteChannel channel = storage.writer(BlobInfo.newBuilder(ID).build(), BlobWriteOption.doesNotExist());
            channel.setChunkSize(256 * 1024);
            channel.write(ByteBuffer.wrap(new byte[300_000 + i]));
            channels.add(channel);
        }
        channels.get(1).close();

        assertThatThrownBy(channels.get(0)::close).hasMessageContaining("412");

        assertThat(storage.get(ID).getSize()).isEqualTo(300_001);
    }

    @Test
    void aRangeIsRead() throws IOException {
        put(ID, new byte[] {0, 1, 2, 3, 4, 5});
        try (ReadChannel channel = storage.reader(ID)) {
            channel.seek(2);
            channel.limit(4);
            ByteBuffer buffer = ByteBuffer.allocate(10);
            channel.read(buffer);

            assertThat(Arrays.copyOf(buffer.array(), buffer.position())).containsExactly(2, 3);
        }
    }

    @Test
    void aGenerationThatWasReplacedIsGone() {
        Blob first = put(ID, new byte[] {1});
        Blob second = put(ID, new byte[] {2});

        assertStatus(404, () -> storage.readAllBytes(first.getBlobId()));
        assertThat(storage.get(first.getBlobId())).isNull();
        assertThat(storage.readAllBytes(second.getBlobId())).containsExactly(2);
    }

    @Test
    void aWriteHoldsToItsConditions() {
        assertStatus(412, () -> put(ID, new byte[] {1}, BlobTargetOption.generationMatch(17)));
        Blob first = put(ID, new byte[] {1}, BlobTargetOption.doesNotExist());
        assertStatus(412, () -> put(ID, new byte[] {2}, BlobTargetOption.doesNotExist()));
        assertStatus(412, () -> put(ID, new byte[] {2}, BlobTargetOption.generationMatch(first.getGeneration() + 1)));
        assertStatus(412, () -> put(ID, new byte[] {2}, BlobTargetOption.generationNotMatch(first.getGeneration())));
        assertStatus(412, () -> put(ID, new byte[] {2}, BlobTargetOption.metagenerationMatch(2)));
        assertStatus(412, () -> put(ID, new byte[] {2}, BlobTargetOption.metagenerationNotMatch(1)));
        assertThat(storage.readAllBytes(ID)).containsExactly(1);

        Blob second = put(
                ID,
                new byte[] {2},
                BlobTargetOption.generationMatch(first.getGeneration()),
                BlobTargetOption.metagenerationMatch(1));

        assertThat(second.getGeneration()).isNotEqualTo(first.getGeneration());
        assertThat(storage.readAllBytes(ID)).containsExactly(2);
    }

    @Test
    void aReadHoldsToItsConditions() {
        Blob blob = put(ID, new byte[] {1});
        long generation = blob.getGeneration();

        assertStatus(304, () -> storage.get(ID, Storage.BlobGetOption.generationNotMatch(generation)));
        assertStatus(304, () -> storage.get(ID, Storage.BlobGetOption.metagenerationNotMatch(1)));
        assertStatus(412, () -> storage.get(ID, Storage.BlobGetOption.generationMatch(generation + 1)));
        assertStatus(412, () -> storage.get(ID, Storage.BlobGetOption.metagenerationMatch(2)));
        assertStatus(304, () -> storage.readAllBytes(ID, BlobSourceOption.generationNotMatch(generation)));
        assertStatus(412, () -> storage.readAllBytes(ID, BlobSourceOption.generationMatch(generation + 1)));
        assertThat(storage.get(ID, Storage.BlobGetOption.generationNotMatch(generation + 1)))
                .isNotNull();
        assertThat(storage.readAllBytes(ID, BlobSourceOption.generationMatch(generation)))
                .containsExactly(1);
    }

    @Test
    void aDeleteHoldsToItsConditionsAndSaysWhetherThereWasSomething() {
        Blob blob = put(ID, new byte[] {1});
        assertStatus(412, () -> storage.delete(ID, BlobSourceOption.generationMatch(blob.getGeneration() + 1)));
        assertStatus(412, () -> storage.delete(ID, BlobSourceOption.metagenerationMatch(2)));

        assertThat(storage.delete(ID, BlobSourceOption.generationMatch(blob.getGeneration())))
                .isTrue();
        assertThat(storage.delete(ID)).isFalse();
        assertThat(storage.get(ID)).isNull();
    }

    @Test
    void aListingIsOrderedByBytesAndKeepsToPrefixStartAndPages() {
        List<String> names = List.of("a", "a-b", "a/b", "a/c", "a0", "b", "z", "ä");
        names.forEach(name -> put(BlobId.of(BUCKET, name), new byte[] {1}));

        assertThat(list()).containsExactlyElementsOf(names);
        assertThat(list(BlobListOption.pageSize(3))).containsExactlyElementsOf(names);
        assertThat(list(BlobListOption.pageSize(1), BlobListOption.prefix("a")))
                .containsExactly("a", "a-b", "a/b", "a/c", "a0");
        assertThat(list(BlobListOption.prefix("a/"), BlobListOption.startOffset("a/c")))
                .containsExactly("a/c");
        assertThat(list(BlobListOption.startOffset("aa"))).containsExactly("b", "z", "ä");
        assertThat(storage.list(BUCKET, BlobListOption.pageSize(3)).getNextPageToken())
                .isNotEmpty();
        assertStatus(400, () -> storage.list(BUCKET, BlobListOption.delimiter("/")));
        assertStatus(404, () -> storage.list("another"));
    }

    private List<String> list(BlobListOption... options) {
        return StreamSupport.stream(storage.list(BUCKET, options).iterateAll().spliterator(), false)
                .map(Blob::getName)
                .toList();
    }

    @Test
    void generationsAreUniqueAndDoNotIncrease() {
        List<Long> generations = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            generations.add(put(ID, new byte[] {(byte) i}).getGeneration());
        }

        assertThat(new HashSet<>(generations)).hasSize(200);
        long descents = 0;
        for (int i = 1; i < 200; i++) {
            descents += generations.get(i) < generations.get(i - 1) ? 1 : 0;
        }
        assertThat(descents).isBetween(50L, 150L);
    }

    @Test
    void contentComesWithItsGenerationAndChecksumsInTheHeaders() throws Exception {
        Blob blob = put(BlobId.of(BUCKET, "x"), new byte[] {1, 2, 3});

        HttpResponse<byte[]> answer = get("/download/storage/v1/b/releases/o/x?alt=media");

        assertThat(answer.body()).containsExactly(1, 2, 3);
        assertThat(answer.headers().firstValue("x-goog-generation"))
                .contains(blob.getGeneration().toString());
        assertThat(answer.headers().firstValue("x-goog-metageneration")).contains("1");
        assertThat(answer.headers().firstValue("x-goog-hash")).contains("crc32c=8TDyHg==,md5=Uonfc331cyb83SJZevsfrA==");
        assertThat(answer.headers().firstValue("x-goog-stored-content-length")).contains("3");
    }

    @Test
    void anErrorIsJson() throws Exception {
        HttpResponse<byte[]> answer = get("/storage/v1/b/releases/o/x");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"code\":404", "\"reason\":\"notFound\"", "No such object: releases/x");
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.endpoint() + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void anUploadOfBytesAloneIsTaken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.endpoint() + "/upload/storage/v1/b/releases/o?uploadType=media&name=x%2Fy"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {7}))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(storage.readAllBytes(BUCKET, "x/y")).containsExactly(7);
    }

    @Test
    void ofManyWritersUnderOneConditionExactlyOneWinsInEveryRound() throws Exception {
        int writers = 8;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 200; round++) {
                BlobId id = BlobId.of(BUCKET, "round-" + round);
                CyclicBarrier start = new CyclicBarrier(writers);
                List<Future<Boolean>> results = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    byte[] body = {(byte) i};
                    results.add(executor.submit(() -> {
                        start.await();
                        return wins(id, body);
                    }));
                }
                int winners = 0;
                for (Future<Boolean> result : results) {
                    winners += result.get() ? 1 : 0;
                }
                assertThat(winners).as("winners of round %d", round).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private boolean wins(BlobId id, byte[] body) {
        try {
            put(id, body, BlobTargetOption.doesNotExist());
            return true;
        } catch (StorageException e) {
            assertThat(e.getCode()).isEqualTo(412);
            return false;
        }
    }

    @Test
    void anObjectThatChangesFasterThanOnceASecondIsRefusedIfThatIsAskedFor() throws Exception {
        try (GcsServer limited = GcsServer.withBucket(BUCKET).oneWriteASecond().start()) {
            Storage client = clientOf(limited);
            client.create(BlobInfo.newBuilder(ID).build(), new byte[] {1});

            assertStatus(429, () -> client.create(BlobInfo.newBuilder(ID).build(), new byte[] {2}));
            assertStatus(429, () -> client.delete(ID));

            client.create(BlobInfo.newBuilder(BlobId.of(BUCKET, "another")).build(), new byte[] {1});
            assertThat(client.readAllBytes(ID)).containsExactly(1);
        }
    }
}
