package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.RecsysException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.CreateResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates, small and in parts, under faults: never "created" of what is not there, never "exists" of one's own. */
final class CreatingTest extends S3Fixture {
    private static final int PART = 5 * 1024 * 1024;
    private static final byte[] SMALL = bytes(10_000);
    private static final byte[] LARGE = bytes(2 * PART + 1_234);

    @Override
    S3BlobStore newStore() {
        return S3BlobStore.builder(URI.create(
                        "s3://" + S3Harness.BUCKET + "/" + S3Harness.PREFIX + "?endpoint=" + wire().endpoint()))
                .partBytes(PART)
                .build();
    }

    private CreateResult create(byte[] bytes) {
        return store().create(BLOB, BlobSource.of(bytes), AMPLE);
    }

    private static boolean isPut(WireRequest request) {
        return request.method().equals("PUT");
    }

    private static boolean isCompletion(WireRequest request) {
        return request.method().equals("POST") && request.query().startsWith("uploadId");
    }

    @Test
    void aBlobOfThreePartsComesBackByteForByteAndHasNoDigest() {
        assertThat(create(LARGE)).isEqualTo(new CreateResult.Created());
        assertThat(methods()).containsExactly("POST", "PUT", "PUT", "PUT", "POST");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(store().copyTo(BLOB, out, LARGE.length, AMPLE)).isTrue();
        assertThat(out.toByteArray()).isEqualTo(LARGE);
        assertThat(store().stat(BLOB, AMPLE)).contains(new BlobStat(LARGE.length, Optional.empty()));
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @Test
    void aBlobInPartsDoesNotTouchWhatIsThere() {
        create(SMALL);

        assertThat(create(LARGE)).isEqualTo(new CreateResult.Exists(SMALL.length));

        assertThat(read(BLOB).bytes()).isEqualTo(SMALL);
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @Test
    void ofManyCreatesInPartsOneIsCreated() throws Exception {
        int racers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(racers);
        try {
            for (int round = 0; round < 5; round++) {
                BlobKey key = BlobKey.of("race", "r" + round);
                List<Callable<CreateResult>> creates =
                        Collections.nCopies(racers, () -> store().create(key, BlobSource.of(LARGE), AMPLE));
                List<CreateResult> results = new ArrayList<>();
                for (Future<CreateResult> create : pool.invokeAll(creates)) {
                    results.add(create.get());
                }
                assertThat(results)
                        .filteredOn(result -> result instanceof CreateResult.Created)
                        .hasSize(1);
                assertThat(results).containsOnly(new CreateResult.Created(), new CreateResult.Exists(LARGE.length));
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    /** The bytes were stored, the answer was lost, and the SDK asks again: what is there then is this create's own. */
    @ParameterizedTest
    @EnumSource(
            names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_409", "STATUS_412", "EMPTY_200", "PROXY_RETRY"
            })
    void aCreateWhoseAnswerIsLostIsCreated(WireFault fault) {
        wire().next(CreatingTest::isPut, Timing.AFTER, fault);

        assertThat(create(SMALL)).isEqualTo(new CreateResult.Created());

        assertThat(read(BLOB).bytes()).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_409", "STATUS_412", "EMPTY_200", "PROXY_RETRY"
            })
    void aCompletionWhoseAnswerIsLostIsCreated(WireFault fault) {
        wire().next(CreatingTest::isCompletion, Timing.AFTER, fault);

        assertThat(create(LARGE)).isEqualTo(new CreateResult.Created());

        assertThat(read(BLOB).bytes()).isEqualTo(LARGE);
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_429", "STATUS_409", "STATUS_412"})
    void aCreateThatGotLostIsMadeAgain(WireFault fault) {
        wire().next(CreatingTest::isPut, Timing.BEFORE, fault);

        assertThat(create(SMALL)).isEqualTo(new CreateResult.Created());

        assertThat(read(BLOB).bytes()).isEqualTo(SMALL);
    }

    @Test
    void aSuccessThatStoredNothingIsNotBelieved() {
        wire().next(CreatingTest::isPut, Timing.BEFORE, WireFault.EMPTY_200);
        assertThatThrownBy(() -> create(SMALL)).isInstanceOf(StoreUnavailableException.class);

        wire().next(CreatingTest::isCompletion, Timing.BEFORE, WireFault.EMPTY_200);
        assertThatThrownBy(() -> create(LARGE)).isInstanceOf(StoreUnavailableException.class);

        assertThat(store().stat(BLOB, AMPLE)).isEmpty();
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"AFTER, STALL", "BEFORE, STALL", "LATE, STALL"})
    void aCreateThatIsNotAnsweredInTimeIsNotKnown(Timing timing, WireFault fault) {
        wire().always(CreatingTest::isPut, timing, fault);

        assertThatThrownBy(() -> store().create(BLOB, BlobSource.of(SMALL), Duration.ofMillis(700)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(BLOB.path());

        wire().heal();
        wire().landLate();
        assertThat(store().stat(BLOB, AMPLE).isPresent()).isEqualTo(timing != Timing.BEFORE);
        assertThat(create(SMALL))
                .isEqualTo(
                        timing == Timing.BEFORE ? new CreateResult.Created() : new CreateResult.Exists(SMALL.length));
    }

    @ParameterizedTest
    @EnumSource(names = {"STATUS_403", "STATUS_404"})
    void anUploadThatIsRefusedHalfWayLeavesNothing(WireFault fault) {
        wire().next(isPart(2), Timing.BEFORE, fault);

        assertThatThrownBy(() -> create(LARGE)).isInstanceOf(RecsysException.class);

        assertThat(store().stat(BLOB, AMPLE)).isEmpty();
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @Test
    void anUploadThatRunsOutOfTimeHasKeptSomeToCleanUp() {
        wire().next(isPart(2), Timing.BEFORE, WireFault.STALL);

        assertThatThrownBy(() -> store().create(BLOB, BlobSource.of(LARGE), Duration.ofSeconds(3)))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @Test
    void aPartThatFailsOnceIsSentAgain() {
        wire().next(isPart(2), Timing.AFTER, WireFault.STATUS_500);

        assertThat(create(LARGE)).isEqualTo(new CreateResult.Created());

        assertThat(read(BLOB).bytes()).isEqualTo(LARGE);
    }

    private static Predicate<WireRequest> isPart(int number) {
        return request -> isPut(request) && request.query().contains("partNumber=" + number);
    }

    @Test
    void aLargeSourceThatEndsEarlyLeavesNoUpload() {
        BlobSource lying = new BlobSource() {
            @Override
            public long sizeBytes() {
                return LARGE.length + 1L;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(LARGE);
            }
        };

        assertThatThrownBy(() -> store().create(BLOB, lying, AMPLE)).isInstanceOf(UncheckedIOException.class);

        assertThat(store().stat(BLOB, AMPLE)).isEmpty();
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
    }

    @Test
    void anInterruptHalfWayLeavesNoUploadAndKeepsTheFlag() {
        BlobSource interrupting = new BlobSource() {
            @Override
            public long sizeBytes() {
                return LARGE.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(LARGE) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        if (pos > PART) {
                            Thread.currentThread().interrupt();
                        }
                        return super.read(into, offset, length);
                    }
                };
            }
        };

        assertThatThrownBy(() -> store().create(BLOB, interrupting, AMPLE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(server().openUploads(S3Harness.BUCKET)).isZero();
        assertThat(store().stat(BLOB, AMPLE)).isEmpty();
    }

    @Test
    void anObjectOfSomebodyElseWithTheSameBytesIsNotOnesOwn() {
        try (S3Client client = plainClient().build()) {
            client.putObject(
                    put -> put.bucket(S3Harness.BUCKET).key(S3Harness.PREFIX + "/" + BLOB),
                    RequestBody.fromBytes(SMALL));
        }

        assertThat(create(SMALL)).isEqualTo(new CreateResult.Exists(SMALL.length));
    }

    @ParameterizedTest
    @CsvSource({"0", "5242879", "1073741825"})
    void partsThatS3DoesNotTakeAreRefused(int bytes) {
        S3BlobStore.Builder builder = S3BlobStore.builder(URI.create("s3://bucket?region=eu-central-1"));

        assertThatThrownBy(() -> builder.partBytes(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(bytes));
    }
}
