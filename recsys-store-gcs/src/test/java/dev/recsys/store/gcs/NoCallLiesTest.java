package dev.recsys.store.gcs;

import static dev.recsys.store.gcs.Calling.BLOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.recsys.DamagedException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call but a swap, whichever of its requests meets whichever fault: what it says is true, or it fails. */
@Timeout(60)
class NoCallLiesTest {
    private static final byte[] BYTES = Calling.random(500);

    /** What the client library takes for the success of a delete, though the service never says it so. */
    private static final Set<WireFault> MADE_UP_SUCCESSES =
            EnumSet.of(WireFault.EMPTY_200, WireFault.TRUNCATED_BODY, WireFault.FLIPPED_BIT);

    private GcsHarness harness;
    private BlobStore store;
    private BlobStore witness;

    @BeforeEach
    void start() throws IOException {
        harness = GcsHarness.start();
        store = harness.open();
        witness = harness.openWithoutProxy();
    }

    @AfterEach
    void stop() {
        store.close();
        witness.close();
        harness.close();
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(WireFault.values())
                .flatMap(fault -> Arrays.stream(Timing.values()).map(timing -> Arguments.of(fault, timing)));
    }

    /** Makes a call under a fault of each of its requests in turn; it may only fail as calls fail. */
    private void underFault(WireFault fault, Timing timing, Call call) {
        for (int nth = 1; nth <= 3; nth++) {
            AtomicInteger left = new AtomicInteger(nth);
            harness.proxy().next(request -> left.decrementAndGet() == 0, timing, fault);
            Duration timeout = fault == WireFault.STALL ? Duration.ofMillis(300) : Calling.TIMEOUT;

            Throwable failure = catchThrowable(() -> call.run(timeout));

            harness.proxy().heal();
            harness.proxy().loseLate();
            assertThat(nth > 1 || left.get() <= 0).as("the fault was met").isTrue();
            if (failure instanceof AssertionError lie) {
                throw lie;
            }
            if (failure != null) {
                assertThat(failure)
                        .isInstanceOfAny(
                                StoreUnavailableException.class, StoreDeniedException.class, DamagedException.class);
            }
        }
    }

    private interface Call {
        void run(Duration timeout) throws Exception;
    }

    private void put() {
        witness.create(BLOB, BlobSource.of(BYTES), Calling.TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aReadGivesTheBytesAndNeverSaysAbsent(WireFault fault, Timing timing) {
        put();
        underFault(fault, timing, timeout -> {
            ReadResult result = store.read(BLOB, BlobVersion.ABSENT, 1 << 20, timeout);
            if (fault == WireFault.STATUS_404 && result instanceof ReadResult.Absent) {
                return; // the answer of the service itself, forged
            }
            assertThat(result).isInstanceOf(ReadResult.Found.class);
            assertThat(((ReadResult.Found) result).blob().bytes()).isEqualTo(BYTES);
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aCopyGivesTheBytesAndNeverSaysAbsent(WireFault fault, Timing timing) {
        put();
        underFault(fault, timing, timeout -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (store.copyTo(BLOB, out, 1 << 20, timeout)) {
                assertThat(out.toByteArray()).isEqualTo(BYTES);
            } else {
                assertThat(fault).isEqualTo(WireFault.STATUS_404);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aStatGivesTheLengthAndNeverSaysAbsent(WireFault fault, Timing timing) {
        put();
        underFault(fault, timing, timeout -> {
            long sizeBytes = store.stat(BLOB, timeout).map(BlobStat::sizeBytes).orElse(0L);
            assertThat(sizeBytes == BYTES.length || fault == WireFault.STATUS_404)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsAbsentIsNeverFound(WireFault fault, Timing timing) {
        underFault(
                fault,
                timing,
                timeout -> assertThat(store.read(BLOB, BlobVersion.ABSENT, 1 << 20, timeout))
                        .isEqualTo(new ReadResult.Absent()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatWasCreatedIsThere(WireFault fault, Timing timing) {
        underFault(fault, timing, timeout -> {
            witness.delete(BLOB, Calling.TIMEOUT);
            CreateResult result = store.create(BLOB, BlobSource.of(BYTES), timeout);
            assertThat(result).isIn(new CreateResult.Created(), new CreateResult.Exists(BYTES.length));
            assertThat(Calling.bytesOf(witness, BLOB)).isEqualTo(BYTES);
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatWasDeletedIsGone(WireFault fault, Timing timing) {
        underFault(fault, timing, timeout -> {
            put();
            store.delete(BLOB, timeout);
            boolean madeUp = timing != Timing.AFTER && MADE_UP_SUCCESSES.contains(fault);
            assertThat(Calling.isAbsent(witness, BLOB) || madeUp || fault == WireFault.STATUS_404)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aListingIsComplete(WireFault fault, Timing timing) {
        put();
        BlobKey other = new BlobKey("acme/home/zzz");
        witness.create(other, BlobSource.of(BYTES), Calling.TIMEOUT);
        underFault(fault, timing, timeout -> {
            List<BlobKey> keys = store.list("", "", 1_000, timeout);
            assertThat(keys).containsExactly(BLOB, other);
        });
    }
}
