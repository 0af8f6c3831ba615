package dev.recsys.testkit;

import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A store that fails where the test says so, and otherwise passes every call on to another store.
 *
 * <pre>{@code
 * FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
 * store.next(StoreCall.SWAP, Fault.REPLY_LOST);   // the next swap takes effect and answers unknown
 * store.nth(3, Fault.DIES_BEFORE);                // the process dies at the third call from now, whatever it is
 * }</pre>
 *
 * <p>A fault happens once, unless it was asked for with {@code always}. Thread-safe; does not close the other store.
 */
public final class FaultyBlobStore implements BlobStore {
    private static final Set<StoreCall> EVERY_KIND = EnumSet.allOf(StoreCall.class);

    private final BlobStore store;
    private final FaultScript script = new FaultScript();
    private final List<Supplier<?>> late = new ArrayList<>();
    private volatile boolean dead;
    private volatile boolean closed;

    private FaultyBlobStore(BlobStore store) {
        this.store = store;
    }

    /** Returns a handle without any fault so far. */
    public static FaultyBlobStore over(BlobStore store) {
        return new FaultyBlobStore(store);
    }

    /** Lets the next call of a kind meet a fault. */
    public void next(StoreCall kind, Fault fault) {
        script.fault(EnumSet.of(kind), 1, fault);
    }

    /** Lets the k-th call from now, of whatever kind, meet a fault; the next call is the first. */
    public void nth(int k, Fault fault) {
        script.fault(EVERY_KIND, k, fault);
    }

    /** Lets the k-th call of a kind from now meet a fault; the next call is the first. */
    public void nth(StoreCall kind, int k, Fault fault) {
        script.fault(EnumSet.of(kind), k, fault);
    }

    /** Lets every call of a kind meet a fault, until {@link #heal()}. */
    public void always(StoreCall kind, Fault fault) {
        script.lasting(EnumSet.of(kind), fault);
    }

    /** Lets every call meet a fault, until {@link #heal()}. */
    public void always(Fault fault) {
        script.lasting(EVERY_KIND, fault);
    }

    /** Forgets every fault that has not happened yet; what is late stays late, and who is dead stays dead. */
    public void heal() {
        script.heal();
    }

    /** Runs something just before the next call of a kind, in the thread of that call. */
    public void beforeNext(StoreCall kind, Runnable hook) {
        script.before(kind, hook);
    }

    /** Runs something just after the next call of a kind took effect, in the thread of that call. */
    public void afterNext(StoreCall kind, Runnable hook) {
        script.after(kind, hook);
    }

    /**
     * Lets the calls that were {@link Fault#LATE} arrive at the store now, in order.
     *
     * @return what each compare-and-set among them did
     */
    public List<SwapResult> landLate() {
        List<Supplier<?>> landing;
        synchronized (late) {
            landing = List.copyOf(late);
            late.clear();
        }
        List<SwapResult> swaps = new ArrayList<>();
        for (Supplier<?> call : landing) {
            if (call.get() instanceof SwapResult swap) {
                swaps.add(swap);
            }
        }
        return swaps;
    }

    /** Returns how many calls were made, those that failed included. */
    public int count() {
        return script.count(EVERY_KIND);
    }

    /** Returns how many calls of a kind were made, those that failed included. */
    public int count(StoreCall kind) {
        return script.count(EnumSet.of(kind));
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        FaultScript.Encounter encounter = encounter(StoreCall.READ);
        ReadResult result = perform(encounter, Failure.thrown(), () -> store.read(key, unless, maxBytes, timeout));
        if (result instanceof ReadResult.Found found) {
            Blob blob = found.blob();
            return new ReadResult.Found(new Blob(damaged(blob.bytes(), encounter), blob.version()));
        }
        return result;
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        FaultScript.Encounter encounter = encounter(StoreCall.COPY);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (!perform(encounter, Failure.thrown(), () -> store.copyTo(key, whole, maxBytes, timeout))) {
            return false;
        }
        try {
            out.write(damaged(whole.toByteArray(), encounter));
        } catch (IOException e) {
            throw new UncheckedIOException("the stream that receives " + key + " failed", e);
        }
        return true;
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        return perform(encounter(StoreCall.CREATE), Failure.thrown(), () -> store.create(key, source, timeout));
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        return perform(encounter(StoreCall.STAT), Failure.thrown(), () -> store.stat(key, timeout));
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        byte[] sent = body.clone();
        return perform(
                encounter(StoreCall.SWAP),
                (certain, cause) -> certain ? new SwapResult.NotSent(cause) : new SwapResult.Unknown(cause),
                () -> store.compareAndSet(register, expected, sent, timeout));
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        return perform(encounter(StoreCall.LIST), Failure.thrown(), () -> store.list(prefix, after, limit, timeout));
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        perform(encounter(StoreCall.DELETE), Failure.thrown(), () -> {
            store.delete(key, timeout);
            return key;
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    /** What the caller sees of a call that failed: a result, or the cause thrown. */
    private interface Failure<T> {
        T seen(boolean certainlyWithoutEffect, RecsysException cause);

        static <T> Failure<T> thrown() {
            return (certainlyWithoutEffect, cause) -> {
                throw cause;
            };
        }
    }

    private FaultScript.Encounter encounter(StoreCall kind) {
        if (closed) {
            throw new IllegalStateException("this handle on " + location() + " is closed; open another one");
        }
        if (dead) {
            throw new ProcessDied("this process died before; open another handle to go on as another process");
        }
        FaultScript.Encounter encounter = script.next(kind);
        encounter.before().forEach(Runnable::run);
        return encounter;
    }

    private <T> T perform(FaultScript.Encounter encounter, Failure<T> failure, Supplier<T> call) {
        if (encounter.fault().isEmpty()) {
            return takeEffect(encounter, call);
        }
        return switch (encounter.fault().get()) {
            case UNAVAILABLE -> failure.seen(true, new StoreUnavailableException(message("is not reached")));
            case DENIED -> failure.seen(true, new StoreDeniedException(message("refuses the caller")));
            case REQUEST_LOST -> failure.seen(false, noAnswer("the request is lost"));
            case LATE -> {
                landLater(call);
                yield failure.seen(false, noAnswer("the request is late"));
            }
            case REPLY_LOST -> {
                takeEffect(encounter, call);
                yield failure.seen(false, noAnswer("the reply is lost"));
            }
            case DIES_BEFORE -> throw death("before", encounter);
            case DIES_AFTER -> {
                takeEffect(encounter, call);
                throw death("after", encounter);
            }
            case TRUNCATED, BIT_FLIPPED -> takeEffect(encounter, call);
        };
    }

    private static <T> T takeEffect(FaultScript.Encounter encounter, Supplier<T> call) {
        T result = call.get();
        encounter.after().forEach(Runnable::run);
        return result;
    }

    private void landLater(Supplier<?> call) {
        synchronized (late) {
            late.add(call);
        }
    }

    private ProcessDied death(String when, FaultScript.Encounter encounter) {
        dead = true;
        return new ProcessDied("the process dies " + when + " a " + encounter.kind());
    }

    private StoreUnavailableException noAnswer(String why) {
        return new StoreUnavailableException(message("did not answer: " + why));
    }

    private String message(String what) {
        return "the store at " + location() + " " + what + ", as the test asked for; try again after heal()";
    }

    private static byte[] damaged(byte[] bytes, FaultScript.Encounter encounter) {
        if (encounter.fault().equals(Optional.of(Fault.TRUNCATED))) {
            return Arrays.copyOf(bytes, bytes.length / 2);
        }
        if (encounter.fault().equals(Optional.of(Fault.BIT_FLIPPED)) && bytes.length > 0) {
            byte[] flipped = bytes.clone();
            flipped[bytes.length / 2] ^= 1;
            return flipped;
        }
        return bytes;
    }
}
