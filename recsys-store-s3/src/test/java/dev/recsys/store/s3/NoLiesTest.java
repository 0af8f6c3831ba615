package dev.recsys.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.DamagedException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to one request of a call, the call tells the truth or fails. A swap's outcomes have a test of their own.
 */
final class NoLiesTest extends S3Fixture {
    private static final int PART = 5 * 1024 * 1024;
    private static final byte[] CONTENT = bytes(5_000);
    private static final byte[] LARGE = bytes(PART + 100);

    /** What is done while the wire fails. Returns what has to be true of it when the wire is whole again. */
    private enum Call {
        READ {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                ReadResult result = store.read(key, BlobVersion.ABSENT, 1 << 20, timeout);
                return () -> assertThat(result)
                        .isInstanceOfSatisfying(
                                ReadResult.Found.class,
                                found -> assertThat(found.blob().bytes()).isEqualTo(CONTENT));
            }
        },
        READ_OF_NOTHING {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                ReadResult result = store.read(nothingAt(key), BlobVersion.ABSENT, 1 << 20, timeout);
                return () -> assertThat(result).isEqualTo(new ReadResult.Absent());
            }
        },
        COPY {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                boolean there = store.copyTo(key, out, 1 << 20, timeout);
                return () -> assertThat(there ? out.toByteArray() : null).isEqualTo(CONTENT);
            }
        },
        STAT {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                Optional<BlobStat> stat = store.stat(key, timeout);
                return () -> assertThat(stat).contains(new BlobStat(CONTENT.length, Optional.of(Sha256.of(CONTENT))));
            }
        },
        STAT_OF_NOTHING {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                Optional<BlobStat> stat = store.stat(nothingAt(key), timeout);
                return () -> assertThat(stat).isEmpty();
            }
        },
        LIST {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                List<BlobKey> keys = store.list(key.path(), "", 10, timeout);
                return () -> assertThat(keys).containsExactly(key);
            }
        },
        DELETE {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                store.delete(key, timeout);
                return () -> assertThat(store.stat(key, AMPLE)).isEmpty();
            }
        },
        CREATE_OF_WHAT_IS_THERE {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                CreateResult result = store.create(key, BlobSource.of(bytes(10)), timeout);
                return () -> {
                    assertThat(result).isEqualTo(new CreateResult.Exists(CONTENT.length));
                    READ.run(store, key, AMPLE).run();
                };
            }
        },
        CREATE {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                CreateResult result = store.create(nothingAt(key), BlobSource.of(CONTENT), timeout);
                return () -> {
                    assertThat(result).isEqualTo(new CreateResult.Created());
                    READ.run(store, nothingAt(key), AMPLE).run();
                };
            }
        },
        CREATE_IN_PARTS {
            @Override
            Runnable run(S3BlobStore store, BlobKey key, Duration timeout) {
                CreateResult result = store.create(nothingAt(key), BlobSource.of(LARGE), timeout);
                return () -> {
                    assertThat(result).isEqualTo(new CreateResult.Created());
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    store.copyTo(nothingAt(key), out, LARGE.length, AMPLE);
                    assertThat(out.toByteArray()).isEqualTo(LARGE);
                };
            }
        };

        abstract Runnable run(S3BlobStore store, BlobKey key, Duration timeout);

        static BlobKey nothingAt(BlobKey key) {
            return new BlobKey("nothing/" + key);
        }
    }

    private final AtomicInteger keys = new AtomicInteger();

    @Override
    S3BlobStore newStore() {
        return S3BlobStore.builder(URI.create("s3://" + S3Harness.BUCKET + "?endpoint=" + wire().endpoint()))
                .partBytes(PART)
                .build();
    }

    /** What S3 itself could have said in these very words, without a digest over them. */
    private static boolean cannotBeTold(Call call, WireFault fault) {
        return fault == WireFault.STATUS_404 || (fault == WireFault.FLIPPED_BIT && call == Call.LIST);
    }

    @ParameterizedTest
    @EnumSource
    void aCallTellsTheTruthOrFails(Call call) {
        for (WireFault fault : WireFault.values()) {
            for (Timing timing : Timing.values()) {
                if (!cannotBeTold(call, fault)) {
                    eachRequestMeets(fault, timing, call);
                }
            }
        }
    }

    private void eachRequestMeets(WireFault fault, Timing timing, Call call) {
        int request = 1;
        while (tellsTheTruthOrFails(call, fault, timing, request)) {
            request++;
        }
        assertThat(request).as("requests that met the fault, and one").isGreaterThan(1);
    }

    /** Returns whether the call made as many requests, so that one met the fault. */
    private boolean tellsTheTruthOrFails(Call call, WireFault fault, Timing timing, int request) {
        BlobKey key = BlobKey.of("k" + keys.incrementAndGet());
        store().create(key, BlobSource.of(CONTENT), AMPLE);
        AtomicInteger seen = new AtomicInteger();
        wire().next(any -> seen.incrementAndGet() == request, timing, fault);
        try {
            Runnable check = call.run(store(), key, fault == WireFault.STALL ? Duration.ofMillis(300) : AMPLE);
            wire().heal();
            check.run();
        } catch (StoreUnavailableException | StoreDeniedException | DamagedException e) {
            assertThat(e).hasMessageContaining(key.path());
        } catch (AssertionError e) {
            throw new AssertionError(call + " " + fault + " " + timing + " at request " + request, e);
        } finally {
            wire().heal();
            wire().loseLate();
        }
        return seen.get() >= request;
    }
}
