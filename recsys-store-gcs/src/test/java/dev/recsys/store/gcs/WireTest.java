package dev.recsys.store.gcs;

import static dev.recsys.store.gcs.Calling.BLOB;
import static dev.recsys.store.gcs.Calling.REGISTER;
import static dev.recsys.store.gcs.Calling.TIMEOUT;
import static dev.recsys.store.gcs.Calling.bytesOf;
import static dev.recsys.store.gcs.Calling.isAbsent;
import static dev.recsys.store.gcs.Calling.swap;
import static dev.recsys.store.gcs.Calling.swapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The store over a wire that fails, with every request counted. */
@Timeout(60)
class WireTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    private GcsHarness harness;
    private BlobStore store;

    @BeforeEach
    void start() throws IOException {
        harness = GcsHarness.start();
        store = harness.open();
    }

    @AfterEach
    void stop() {
        store.close();
        harness.close();
    }

    static List<Arguments> everyFault() {
        List<Arguments> faults = new ArrayList<>();
        for (Timing timing : Timing.values()) {
            for (WireFault fault : WireFault.values()) {
                faults.add(Arguments.of(timing, fault));
            }
        }
        return faults;
    }

    private int swapsSent() {
        return harness.proxy().count(GcsHarness.SWAP);
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void aSwapIsSentOnceWhateverHappensToItAndIsNeverTakenForApplied(Timing timing, WireFault fault) {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().clearRequests();
        harness.proxy().next(GcsHarness.SWAP, timing, fault);

        SwapResult result = store.compareAndSet(REGISTER, version, new byte[] {2}, timeout(fault));

        assertThat(swapsSent()).isEqualTo(1);
        if (result instanceof SwapResult.Applied applied) {
            assertThat(Set.of(WireFault.FLIPPED_BIT, WireFault.PROXY_RETRY)).contains(fault);
            requireCurrent(applied.version(), 2);
        }
    }

    private void requireCurrent(BlobVersion version, int body) {
        assertThat(Calling.read(store, REGISTER, BlobVersion.ABSENT))
                .isInstanceOfSatisfying(ReadResult.Found.class, found -> {
                    assertThat(found.blob().version()).isEqualTo(version);
                    assertThat(found.blob().bytes()).containsExactly(body);
                });
    }

    private static Duration timeout(WireFault fault) {
        return fault == WireFault.STALL ? SHORT : TIMEOUT;
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DROP", "RESET", "STALL", "STATUS_409", "STATUS_500", "STATUS_503", "EMPTY_200", "TRUNCATED_BODY"})
    void whatTookEffectWithoutATrustworthyAnswerIsUnknown(WireFault fault) {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().next(GcsHarness.SWAP, Timing.AFTER, fault);

        assertThat(store.compareAndSet(REGISTER, version, new byte[] {2}, timeout(fault)))
                .isInstanceOf(SwapResult.Unknown.class);

        assertThat(bytesOf(store, REGISTER)).containsExactly(2);
    }

    @Test
    void theRepeatOfAProxyIsAMismatchThoughTheFirstTookEffect() {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().next(GcsHarness.SWAP, Timing.AFTER, WireFault.PROXY_RETRY);

        assertThat(swap(store, version, 2)).isInstanceOf(SwapResult.Mismatch.class);

        assertThat(bytesOf(store, REGISTER)).containsExactly(2);
    }

    @Test
    void aSwapThatLandsLateIsUnknownBefore() {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().next(GcsHarness.SWAP, Timing.LATE, WireFault.DROP);

        assertThat(swap(store, version, 2)).isInstanceOf(SwapResult.Unknown.class);

        assertThat(bytesOf(store, REGISTER)).containsExactly(1);
        assertThat(harness.proxy().landLate()).containsExactly(200);
        assertThat(bytesOf(store, REGISTER)).containsExactly(2);
    }

    @Test
    void aPollThatFindsNothingNewIsOneConditionalGet() {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().clearRequests();

        assertThat(Calling.read(store, REGISTER, version)).isEqualTo(new ReadResult.NotModified());

        assertThat(harness.proxy().requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.query()).contains("ifGenerationNotMatch=" + version.token());
        });
    }

    @Test
    void whatEveryCallCostsInRequests() {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        assertThat(requestsOf(() -> swapped(store, version, 2))).containsExactly("POST");
        assertThat(requestsOf(() -> Calling.read(store, REGISTER, version))).containsExactly("GET", "GET");
        assertThat(requestsOf(() -> Calling.create(store, new byte[100]))).containsExactly("POST");
        assertThat(requestsOf(() -> Calling.copy(store, BLOB))).containsExactly("GET", "GET");
        assertThat(requestsOf(() -> store.stat(BLOB, TIMEOUT))).containsExactly("GET");
        assertThat(requestsOf(() -> store.list("", "", 100, TIMEOUT))).containsExactly("GET");
        assertThat(requestsOf(() -> store.delete(BLOB, TIMEOUT))).containsExactly("DELETE");
        assertThat(requestsOf(() -> isAbsent(store, BLOB)))
                .as("a lookup, and whether there is a bucket at all")
                .containsExactly("GET", "GET");
    }

    private List<String> requestsOf(Runnable call) {
        harness.proxy().clearRequests();
        call.run();
        return harness.proxy().requests().stream().map(WireRequest::method).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET", "STATUS_429", "STATUS_500", "STATUS_503", "EMPTY_200"})
    void whatMayPassIsTriedAgainWhereThatIsFree(WireFault fault) {
        for (Timing timing : new Timing[] {Timing.BEFORE, Timing.AFTER}) {
            failNext(timing, fault);
            assertThat(Calling.create(store, new byte[100])).as("%s", timing).isEqualTo(new CreateResult.Created());
            failNext(timing, fault);
            assertThat(store.stat(BLOB, TIMEOUT)).isPresent();
            failNext(timing, fault);
            assertThat(Calling.copy(store, BLOB)).hasSize(100);
            failNext(timing, fault);
            assertThat(store.list("", "", 10, TIMEOUT)).containsExactly(BLOB);
            if (fault != WireFault.EMPTY_200) { // an answer without content is what a delete expects
                failNext(timing, fault);
                store.delete(BLOB, TIMEOUT);
                assertThat(isAbsent(store, BLOB)).isTrue();
            }
            store.delete(BLOB, TIMEOUT);
        }
    }

    private void failNext(Timing timing, WireFault fault) {
        harness.proxy().next(GcsHarness.ANY, timing, fault);
    }

    @Test
    void attemptsAreBounded() {
        harness.proxy().always(GcsHarness.ANY, Timing.BEFORE, WireFault.STATUS_503);

        assertThatThrownBy(() -> store.stat(BLOB, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);

        assertThat(harness.proxy().requests()).hasSize(Pauses.MOST_ATTEMPTS);
    }

    @Test
    void afterAnAnswerThatWasLostTheContentTellsWhoseBlobItIs() {
        harness.proxy().next(GcsHarness.SWAP, Timing.AFTER, WireFault.RESET);
        assertThat(Calling.create(store, new byte[] {1, 2})).isEqualTo(new CreateResult.Created());

        harness.proxy().next(GcsHarness.SWAP, Timing.BEFORE, WireFault.RESET);
        assertThat(Calling.create(store, new byte[] {1, 3})).isEqualTo(new CreateResult.Exists(2));
        assertThat(bytesOf(store, BLOB)).containsExactly(1, 2);
    }

    @Test
    void aCopyIsNotTriedAgainOnceBytesWereHandedOn() {
        Calling.create(store, Calling.random(3_000_000));
        harness.proxy().clearRequests();
        harness.proxy().next(GcsHarness.MEDIA, Timing.AFTER, WireFault.TRUNCATED_BODY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> store.copyTo(BLOB, out, 1 << 30, TIMEOUT)).isInstanceOf(DamagedException.class);

        assertThat(out.size()).as("a part was handed on").isPositive();
        assertThat(harness.proxy().count(GcsHarness.MEDIA)).isEqualTo(1);
    }

    @Test
    void aFlippedBitIsDetected() {
        Calling.create(store, Calling.random(50_000));
        swapped(store, BlobVersion.ABSENT, 7);

        harness.proxy().next(GcsHarness.MEDIA, Timing.AFTER, WireFault.FLIPPED_BIT);
        assertThatThrownBy(() -> bytesOf(store, BLOB)).isInstanceOf(DamagedException.class);
        harness.proxy().next(GcsHarness.MEDIA, Timing.AFTER, WireFault.FLIPPED_BIT);
        assertThatThrownBy(() -> Calling.copy(store, BLOB)).isInstanceOf(DamagedException.class);
        harness.proxy().next(GcsHarness.MEDIA, Timing.AFTER, WireFault.FLIPPED_BIT);
        assertThatThrownBy(() -> bytesOf(store, REGISTER)).isInstanceOf(DamagedException.class);
    }

    @Test
    void aRegisterThatIsReplacedBetweenLookupAndReadIsLookedUpAgain() {
        BlobVersion first = swapped(store, BlobVersion.ABSENT, 1);
        List<BlobVersion> second = new ArrayList<>();
        try (BlobStore other = harness.openWithoutProxy()) {
            harness.proxy()
                    .next(
                            request -> {
                                if (GcsHarness.MEDIA.test(request) && second.isEmpty()) {
                                    second.add(swapped(other, first, 2));
                                }
                                return false; // the request itself is left alone
                            },
                            Timing.BEFORE,
                            WireFault.DROP);

            ReadResult result = Calling.read(store, REGISTER, BlobVersion.ABSENT);

            assertThat(result).isInstanceOfSatisfying(ReadResult.Found.class, found -> {
                assertThat(found.blob().bytes()).containsExactly(2);
                assertThat(found.blob().version()).isEqualTo(second.get(0));
            });
        }
    }

    @Test
    void everyCallEndsAtItsDeadlineThoughTheServiceIsSilent() {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().always(GcsHarness.ANY, Timing.BEFORE, WireFault.STALL);
        long start = System.nanoTime();

        assertThat(store.compareAndSet(REGISTER, version, new byte[] {2}, SHORT))
                .isInstanceOf(SwapResult.Unknown.class);
        assertUnavailable(() -> store.read(REGISTER, version, 10, SHORT));
        assertUnavailable(() -> store.copyTo(BLOB, new ByteArrayOutputStream(), 10, SHORT));
        assertUnavailable(() -> store.create(BLOB, BlobSource.of(new byte[] {1}), SHORT));
        assertUnavailable(() -> store.stat(BLOB, SHORT));
        assertUnavailable(() -> store.list("", "", 1, SHORT));
        assertUnavailable(() -> store.delete(BLOB, SHORT));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(14));
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void anInterruptEndsACallThatWaitsForASilentService() throws InterruptedException {
        BlobVersion version = swapped(store, BlobVersion.ABSENT, 1);
        harness.proxy().clearRequests();
        harness.proxy().always(GcsHarness.ANY, Timing.BEFORE, WireFault.STALL);
        List<Object> seen = new ArrayList<>();
        Thread caller = new Thread(() -> {
            seen.add(swap(store, version, 2));
            seen.add(Thread.currentThread().isInterrupted());
        });
        caller.start();
        while (harness.proxy().requests().isEmpty()) {
            Thread.onSpinWait();
        }

        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(seen.get(0)).isInstanceOf(SwapResult.Unknown.class);
        assertThat(seen.get(1)).isEqualTo(true);
    }
}
