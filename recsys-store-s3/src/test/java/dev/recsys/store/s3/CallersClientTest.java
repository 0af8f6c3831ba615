package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A store over a client that the caller built, with the SDK's own settings. */
final class CallersClientTest extends S3Fixture {
    private final S3Client client = plainClient().build();

    @Override
    S3BlobStore newStore() {
        return S3BlobStore.over(client, S3Harness.BUCKET, "p").build();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET", "STATUS_500", "STATUS_503", "STATUS_409", "EMPTY_200"})
    void aSwapIsSentOnceThoughTheClientRetries(WireFault fault) {
        BlobVersion version = swap(BlobVersion.ABSENT, "a");
        wire().clearRequests();
        wire().always(S3Harness::isSwap, Timing.AFTER, fault);

        assertThat(store().compareAndSet(REGISTER, version, bytes(10), AMPLE)).isInstanceOf(SwapResult.Unknown.class);

        assertThat(wire().requests()).hasSize(1);
    }

    /** Why a swap is sent once: what was applied comes back as "somebody else was first". */
    @Test
    void theSdkAsItComesReportsItsOwnWriteAsAConflict() {
        wire().next(S3Harness::isSwap, Timing.AFTER, WireFault.STATUS_500);

        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket(S3Harness.BUCKET).key("p/current").ifNoneMatch("*"),
                        RequestBody.fromString("mine")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));

        assertThat(client.getObjectAsBytes(get -> get.bucket(S3Harness.BUCKET).key("p/current"))
                        .asString(StandardCharsets.UTF_8))
                .isEqualTo("mine");
        assertThat(wire().count(S3Harness::isSwap)).isEqualTo(2);
    }

    @Test
    void readsAndCreatesWorkAsWithAClientOfItsOwn() {
        wire().next(request -> request.method().equals("PUT"), Timing.AFTER, WireFault.STATUS_500);

        assertThat(store().create(BLOB, BlobSource.of(bytes(1_000)), AMPLE)).isEqualTo(new CreateResult.Created());

        assertThat(read(BLOB).bytes()).isEqualTo(bytes(1_000));
        assertThat(store().list("", "", 10, AMPLE)).containsExactly(BLOB);
    }

    @Test
    void theClientStaysOpen() {
        store().close();

        assertThat(client.listObjectsV2(list -> list.bucket(S3Harness.BUCKET)).contents())
                .isEmpty();
    }

    @Test
    void theLocationNamesTheClientsServer() {
        assertThat(store().location()).isEqualTo("s3://recsys/p?endpoint=" + wire().endpoint());
    }

    @Test
    void settingsOfTheClientAreKept() {
        try (S3Client eager = plainClient()
                        .overrideConfiguration(settings -> settings.retryStrategy(RetryMode.ADAPTIVE_V2)
                                .putHeader("x-amz-meta-added", "by the client"))
                        .build();
                S3BlobStore over = S3BlobStore.over(eager, S3Harness.BUCKET, "").build()) {
            wire().clearRequests();
            over.compareAndSet(REGISTER, BlobVersion.ABSENT, bytes(10), AMPLE);
            assertThat(wire().requests().get(0).header("x-amz-meta-added")).contains("by the client");
        }
    }
}
