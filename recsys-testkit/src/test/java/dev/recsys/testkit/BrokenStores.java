package dev.recsys.testkit;

import dev.recsys.RecsysException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stores that each break the contract in one way, as stores in the wild do, with the contract to run them through. */
final class BrokenStores {
    private static final int ROUNDS = 4;

    private BrokenStores() {}

    private static StoreHarness fewRounds(FaultyHarness.Client client) {
        return new FaultyHarness(client, ROUNDS);
    }

    /** How long a racer holds a dangerous moment open for another one to meet it. */
    private static long patienceMillis() {
        return Race.isOn() ? 200 : 0;
    }

    /** Swaps whatever the register's version is. */
    private static SwapResult swapInAnyCase(BlobStore store, BlobKey register, byte[] body, Duration timeout) {
        SwapResult result;
        do {
            result = store.compareAndSet(register, versionOf(store, register, timeout), body, timeout);
        } while (result instanceof SwapResult.Mismatch);
        return result;
    }

    private static BlobVersion versionOf(BlobStore store, BlobKey register, Duration timeout) {
        return store.read(register, BlobVersion.ABSENT, PlainCalls.ANY_SIZE, timeout) instanceof ReadResult.Found found
                ? found.blob().version()
                : BlobVersion.ABSENT;
    }

    /** A gateway that drops the header with the condition. */
    static final class IgnoresTheCondition extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    SwapResult asked = super.compareAndSet(register, expected, body, timeout);
                    return asked instanceof SwapResult.Mismatch ? swapInAnyCase(wire, register, body, timeout) : asked;
                }
            });
        }
    }

    /** Compares in one step and writes in another; here a writer waits between them for a second one. */
    static final class ChecksThenActs extends BlobStoreContract {
        private final Exchanger<Boolean> meeting = new Exchanger<>();

        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    if (timeout.isZero() || !canBeRead(wire)) {
                        return super.compareAndSet(register, expected, body, timeout);
                    }
                    if (register.isRegister()
                            && !versionOf(wire, register, timeout).equals(expected)) {
                        return new SwapResult.Mismatch();
                    }
                    awaitAnother();
                    SwapResult asked = super.compareAndSet(register, expected, body, timeout);
                    return asked instanceof SwapResult.Mismatch ? swapInAnyCase(wire, register, body, timeout) : asked;
                }
            });
        }

        private static boolean canBeRead(BlobStore wire) {
            try {
                wire.list("", "", 1, PlainCalls.TIMEOUT);
                return true;
            } catch (RecsysException e) {
                return false;
            }
        }

        private void awaitAnother() {
            try {
                meeting.exchange(true, patienceMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return; // alone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Names a version by the content's length. */
    static final class NamesVersionsWeakly extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
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
                    BlobVersion strong = timeout.isZero() ? expected : strongOf(register, expected, timeout);
                    SwapResult result = super.compareAndSet(register, strong, body, timeout);
                    return result instanceof SwapResult.Applied ? new SwapResult.Applied(weak(body)) : result;
                }

                private BlobVersion strongOf(BlobKey register, BlobVersion expected, Duration timeout) {
                    try {
                        return register.isRegister()
                                        && wire.read(register, BlobVersion.ABSENT, PlainCalls.ANY_SIZE, timeout)
                                                instanceof ReadResult.Found found
                                        && weak(found.blob().bytes()).equals(expected)
                                ? found.blob().version()
                                : expected;
                    } catch (RecsysException e) {
                        return expected;
                    }
                }

                private static BlobVersion weak(byte[] bytes) {
                    return new BlobVersion("length-" + bytes.length);
                }
            });
        }
    }

    /** Removes the old value before it puts the new one; here the writer waits between them for a reader. */
    static final class UnlinksBeforeItRenames extends BlobStoreContract {
        private final Set<BlobKey> unlinked = ConcurrentHashMap.newKeySet();
        private final Semaphore seen = new Semaphore(0);

        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
                    if (unlinked.contains(key)) {
                        seen.release();
                        return new ReadResult.Absent();
                    }
                    return super.read(key, unless, maxBytes, timeout);
                }

                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    unlinked.add(register);
                    try {
                        awaitReader();
                        return super.compareAndSet(register, expected, body, timeout);
                    } finally {
                        unlinked.remove(register);
                    }
                }
            });
        }

        private void awaitReader() {
            try {
                seen.drainPermits();
                seen.tryAcquire(patienceMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the end of the stream for the end of the content. */
    static final class TruncatesReads extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                void requireWhole(BlobKey key, long foundBytes, Duration timeout) {}
            });
        }
    }

    /** Takes whatever goes wrong for "there is no such object". */
    static final class ReadsAnOutageAsAbsent extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
                    try {
                        return super.read(key, unless, maxBytes, timeout);
                    } catch (StoreUnavailableException e) {
                        return new ReadResult.Absent();
                    }
                }

                @Override
                public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
                    try {
                        return super.copyTo(key, out, maxBytes, timeout);
                    } catch (StoreUnavailableException e) {
                        return false;
                    }
                }

                @Override
                public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
                    try {
                        return super.stat(key, timeout);
                    } catch (StoreUnavailableException e) {
                        return Optional.empty();
                    }
                }
            });
        }
    }

    /** An SDK with its retries left on. */
    static final class RetriesSwaps extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    SwapResult first = super.compareAndSet(register, expected, body, timeout);
                    return first instanceof SwapResult.Unknown
                            ? super.compareAndSet(register, expected, body, timeout)
                            : first;
                }
            });
        }
    }

    /** Says "mismatch" whenever a swap did not succeed. */
    static final class RoundsNotSentToMismatch extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    SwapResult result = super.compareAndSet(register, expected, body, timeout);
                    return result instanceof SwapResult.NotSent ? new SwapResult.Mismatch() : result;
                }
            });
        }
    }

    /** Answers before the disk has it. */
    static final class LiesAboutDurability extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                void makeDurable() {}
            });
        }
    }

    /** Puts where it should create. */
    static final class OverwritesOnCreate extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
                    CreateResult result = super.create(key, source, timeout);
                    while (result instanceof CreateResult.Exists) {
                        wire.delete(key, timeout);
                        result = super.create(key, source, timeout);
                    }
                    return result;
                }
            });
        }
    }

    /** Lists one page of the server, however many there are. */
    static final class ListsOnePageOnly extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
                    return super.list(prefix, after, Math.min(limit, 100), timeout);
                }
            });
        }
    }

    /** Remembers what it did not find. */
    static final class CachesAbsence extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                private final Set<BlobKey> missing = ConcurrentHashMap.newKeySet();

                @Override
                public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
                    if (!key.isRegister() && missing.contains(key)) {
                        return new ReadResult.Absent();
                    }
                    ReadResult result = super.read(key, unless, maxBytes, timeout);
                    if (result instanceof ReadResult.Absent) {
                        missing.add(key);
                    }
                    return result;
                }
            });
        }
    }

    /** Swallows the interrupt of the thread that it works on. */
    static final class ForgetsTheInterrupt extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return fewRounds((wire, server) -> new SoundStore(wire, server) {
                @Override
                void makeDurable() {
                    Thread.interrupted();
                    super.makeDurable();
                }
            });
        }
    }
}
