package dev.recsys.publish.probe;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stores that each break a rule in the way of real ones. */
final class UnsafeStores {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long MOMENT_MILLIS = 100;

    private UnsafeStores() {}

    private static BlobVersion versionOf(BlobStore store, BlobKey key) {
        return store.read(key, BlobVersion.ABSENT, Long.MAX_VALUE, TIMEOUT) instanceof ReadResult.Found found
                ? found.blob().version()
                : BlobVersion.ABSENT;
    }

    private static SwapResult swapInAnyCase(BlobStore store, BlobKey register, byte[] body) {
        SwapResult result;
        do {
            result = store.compareAndSet(register, versionOf(store, register), body, TIMEOUT);
        } while (result instanceof SwapResult.Mismatch);
        return result;
    }

    private static boolean isRacing() {
        return Thread.currentThread().getName().equals("store-probe");
    }

    /** A gateway that drops the header with the condition. */
    static final class IgnoresTheCondition extends ForwardingStore {
        IgnoresTheCondition(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            return swapInAnyCase(sound, register, body);
        }
    }

    /** Knows If-Match, and takes If-None-Match for nothing. */
    static final class OverwritesWhereNothingIsExpected extends ForwardingStore {
        OverwritesWhereNothingIsExpected(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            return expected.equals(BlobVersion.ABSENT)
                    ? swapInAnyCase(sound, register, body)
                    : super.compareAndSet(register, expected, body, timeout);
        }
    }

    /** Compares in one step and writes in another; here a writer waits between them for a second one. */
    static final class ChecksThenActs extends ForwardingStore {
        private static final Exchanger<Boolean> MEETING = new Exchanger<>();

        ChecksThenActs(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            if (!versionOf(sound, register).equals(expected)) {
                return new SwapResult.Mismatch();
            }
            if (isRacing()) {
                awaitAnother();
            }
            return swapInAnyCase(sound, register, body);
        }

        private static void awaitAnother() {
            try {
                MEETING.exchange(true, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return; // alone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps its promise where it replaces something, and at first where there is nothing; then two are told that they won. */
    static final class LetsTwoWriteNowAndThen extends ForwardingStore {
        private static final int SOUND_AT_FIRST = 3;

        private final Set<BlobKey> raced = ConcurrentHashMap.newKeySet();

        LetsTwoWriteNowAndThen(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            SwapResult result = super.compareAndSet(register, expected, body, timeout);
            raced.add(register);
            boolean isToldWrongly = isRacing()
                    && expected.equals(BlobVersion.ABSENT)
                    && result instanceof SwapResult.Mismatch
                    && raced.size() > SOUND_AT_FIRST;
            return isToldWrongly ? swapInAnyCase(sound, register, body) : result;
        }
    }

    /** Says "applied" to every other swap of a race and forgets it: a write that is lost with its node. */
    static final class LosesSwaps extends ForwardingStore {
        LosesSwaps(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            boolean isLost = ProbeBody.of(body)
                    .filter(next -> next.number() > 2_000_000 && next.number() % 2 == 0)
                    .isPresent();
            return isLost && versionOf(sound, register).equals(expected)
                    ? new SwapResult.Applied(expected)
                    : super.compareAndSet(register, expected, body, timeout);
        }
    }

    /** Names a version by the content's length. */
    static final class NamesVersionsWeakly extends ForwardingStore {
        NamesVersionsWeakly(BlobStore sound) {
            super(sound);
        }

        @Override
        public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            ReadResult result = super.read(key, BlobVersion.ABSENT, maxBytes, timeout);
            if (!(result instanceof ReadResult.Found found)) {
                return result;
            }
            BlobVersion weak = weak(found.blob().bytes());
            return weak.equals(unless)
                    ? new ReadResult.NotModified()
                    : new ReadResult.Found(new Blob(found.blob().bytes(), weak));
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            boolean matches =
                    sound.read(register, BlobVersion.ABSENT, Long.MAX_VALUE, timeout) instanceof ReadResult.Found found
                            ? weak(found.blob().bytes()).equals(expected)
                            : expected.equals(BlobVersion.ABSENT);
            if (!matches) {
                return new SwapResult.Mismatch();
            }
            SwapResult result = super.compareAndSet(register, versionOf(sound, register), body, timeout);
            return result instanceof SwapResult.Applied ? new SwapResult.Applied(weak(body)) : result;
        }

        private static BlobVersion weak(byte[] bytes) {
            return new BlobVersion("length " + bytes.length);
        }
    }

    /** Answers a swap with a version that nobody reads. */
    static final class AnswersAnotherVersion extends ForwardingStore {
        AnswersAnotherVersion(BlobStore sound) {
            super(sound);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            SwapResult result = super.compareAndSet(register, expected, body, timeout);
            return result instanceof SwapResult.Applied ? new SwapResult.Applied(new BlobVersion("W/1")) : result;
        }
    }

    /** Moves the old file away before it moves the new one in; here a writer waits in between for a reader. */
    static final class UnlinksBeforeItRenames extends ForwardingStore {
        private static final Set<BlobKey> UNLINKED = ConcurrentHashMap.newKeySet();
        private static final Semaphore SEEN = new Semaphore(0);

        UnlinksBeforeItRenames(BlobStore sound) {
            super(sound);
        }

        @Override
        public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            if (UNLINKED.contains(key)) {
                SEEN.release();
                return new ReadResult.Absent();
            }
            return super.read(key, unless, maxBytes, timeout);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            boolean isCounting =
                    ProbeBody.of(body).filter(next -> next.number() > 2_000_000).isPresent();
            if (!isCounting) {
                return super.compareAndSet(register, expected, body, timeout);
            }
            UNLINKED.add(register);
            try {
                SEEN.tryAcquire(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
                return super.compareAndSet(register, expected, body, timeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new SwapResult.NotSent(e);
            } finally {
                UNLINKED.remove(register);
            }
        }
    }

    /** Finds something everywhere. */
    static final class NeverSaysAbsent extends ForwardingStore {
        NeverSaysAbsent(BlobStore sound) {
            super(sound);
        }

        @Override
        public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
            return Optional.of(super.stat(key, timeout).orElse(new BlobStat(0, Optional.empty())));
        }
    }

    /** Remembers what it did not find. */
    static final class CachesAbsence extends ForwardingStore {
        private final Set<BlobKey> missing = ConcurrentHashMap.newKeySet();

        CachesAbsence(BlobStore sound) {
            super(sound);
        }

        @Override
        public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            if (missing.contains(key)) {
                return new ReadResult.Absent();
            }
            ReadResult result = super.read(key, unless, maxBytes, timeout);
            if (result instanceof ReadResult.Absent && !key.isRegister()) {
                missing.add(key);
            }
            return result;
        }
    }

    /** Reads through a cache that learns of a register's third value too late. */
    static final class ReadsThroughACache extends ForwardingStore {
        private final Map<BlobKey, ReadResult> cache = new HashMap<>();
        private final Set<BlobKey> swapped = new HashSet<>();

        ReadsThroughACache(BlobStore sound) {
            super(sound);
        }

        @Override
        public synchronized ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            boolean isOwn = !key.isRegister() || swapped.remove(key) || !cache.containsKey(key);
            ReadResult fresh = super.read(key, BlobVersion.ABSENT, maxBytes, timeout);
            if (isOwn && fresh instanceof ReadResult.Found) {
                cache.put(key, fresh);
            }
            return cache.getOrDefault(key, fresh);
        }

        @Override
        public synchronized SwapResult compareAndSet(
                BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            SwapResult result = super.compareAndSet(register, expected, body, timeout);
            swapped.add(register);
            return result;
        }
    }

    /** Puts where it should create. */
    static final class OverwritesOnCreate extends ForwardingStore {
        OverwritesOnCreate(BlobStore sound) {
            super(sound);
        }

        @Override
        public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
            CreateResult result = super.create(key, source, timeout);
            while (result instanceof CreateResult.Exists) {
                sound.delete(key, timeout);
                result = super.create(key, source, timeout);
            }
            return result;
        }
    }

    /** Drops the last byte of what is long, and says nothing. */
    static final class CutsLongBlobs extends ForwardingStore {
        CutsLongBlobs(BlobStore sound) {
            super(sound);
        }

        @Override
        public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            boolean isThere = super.copyTo(key, whole, maxBytes, timeout);
            try {
                int cut = whole.size() > 100_000 ? 1 : 0;
                out.write(whole.toByteArray(), 0, whole.size() - cut);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return isThere;
        }
    }

    /** Does not know If-None-Match on reads. */
    static final class AlwaysSendsTheBody extends ForwardingStore {
        AlwaysSendsTheBody(BlobStore sound) {
            super(sound);
        }

        @Override
        public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            return super.read(key, BlobVersion.ABSENT, maxBytes, timeout);
        }
    }

    /** Reads whatever comes. */
    static final class IgnoresTheLimit extends ForwardingStore {
        IgnoresTheLimit(BlobStore sound) {
            super(sound);
        }

        @Override
        public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
            return super.read(key, unless, Long.MAX_VALUE, timeout);
        }
    }

    /** Lists one page of the server, however many there are. */
    static final class ListsOnePageOnly extends ForwardingStore {
        ListsOnePageOnly(BlobStore sound) {
            super(sound);
        }

        @Override
        public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
            return super.list(prefix, after, Math.min(limit, 10), timeout);
        }
    }

    /** Lists as a hash table has them. */
    static final class ListsInAnyOrder extends ForwardingStore {
        ListsInAnyOrder(BlobStore sound) {
            super(sound);
        }

        @Override
        public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
            List<BlobKey> keys = new ArrayList<>(super.list(prefix, after, limit, timeout));
            Collections.reverse(keys);
            return keys;
        }
    }

    /** Takes a delete for an advice. */
    static final class DeletesLater extends ForwardingStore {
        DeletesLater(BlobStore sound) {
            super(sound);
        }

        @Override
        public void delete(BlobKey key, Duration timeout) {
            if (key.isRegister()) {
                super.delete(key, timeout);
            }
        }
    }
}
