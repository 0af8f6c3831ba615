package dev.recsys.proofs.simulate;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.proofs.simulate.Faults.Call;
import dev.recsys.proofs.simulate.Faults.Delivery;
import dev.recsys.proofs.simulate.Faults.Plan;
import dev.recsys.proofs.simulate.Scheduler.Actor;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process's way to the store. A request leaves, takes effect and is answered at three separate moments, between which
 * anything else may happen; each may fail to come, and the second may come twice, or long after the caller gave up or died.
 * Never weaker than the contract of {@link BlobStore}.
 */
final class SimulatedStore implements BlobStore {
    private final World world;
    private final Faults faults;
    private final StoredObjects objects;
    private final SimulatedProcess process;
    private final boolean mortal;
    private final long lagNanos;

    /**
     * Opens a way to the store.
     *
     * @param process whose
     * @param mortal whether the process may die at a call
     * @param lagNanos how far the register's value may lie back, as it does for a reader of a replica; that is weaker than
     *     the contract, and for readers only
     */
    SimulatedStore(
            World world,
            Faults faults,
            StoredObjects objects,
            SimulatedProcess process,
            boolean mortal,
            long lagNanos) {
        this.world = world;
        this.faults = faults;
        this.objects = objects;
        this.process = process;
        this.mortal = mortal;
        this.lagNanos = lagNanos;
    }

    /** What a caller learns: the answer; or none, and whether the request had left. */
    private record Reply<T>(@Nullable T answer, boolean left) {}

    @Override
    public String location() {
        return "simulated";
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        Seen seen = answer("read " + key, timeout, () -> look(key, unless));
        if (key.isRegister() && !(seen.result instanceof ReadResult.Absent)) {
            process.saw(seen.revisions);
        }
        return seen.result;
    }

    /** What a read found, and how many values the register had had by then. */
    private record Seen(ReadResult result, int revisions) {
        @Override
        public String toString() {
            return result.getClass().getSimpleName();
        }
    }

    private Seen look(BlobKey key, BlobVersion unless) {
        boolean lags = key.isRegister() && lagNanos > 0 && !faults.isHealed();
        Optional<Blob> found = lags ? objects.readAsOf(lagNanos) : objects.read(key);
        ReadResult result = found.isEmpty()
                ? new ReadResult.Absent()
                : found.get().version().equals(unless)
                        ? new ReadResult.NotModified()
                        : new ReadResult.Found(found.get());
        return new Seen(result, objects.revisions());
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        Optional<Blob> found = answer("copy " + key, timeout, () -> objects.read(key));
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().bytes().length > maxBytes) {
            throw new DamagedException(key + " is longer than " + maxBytes + " bytes");
        }
        try {
            out.write(found.get().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        byte[] bytes = bytesOf(source);
        return answer("create " + key, timeout, () -> objects.create(key, bytes));
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        return answer("stat " + key, timeout, () -> objects.stat(key));
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        byte[] sent = body.clone();
        Reply<SwapResult> reply =
                call("swap " + register, plan(Call.SWAP, timeout), () -> objects.swap(register, expected, sent));
        if (reply.answer != null) {
            return reply.answer;
        }
        StoreUnavailableException cause = unavailable("swap " + register);
        return reply.left ? new SwapResult.Unknown(cause) : new SwapResult.NotSent(cause);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        return answer("list " + prefix, timeout, () -> objects.list(prefix, after, limit));
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        Reply<Boolean> reply = call("delete " + key, plan(Call.DELETE, timeout), () -> objects.delete(key));
        if (reply.answer == null) {
            throw unavailable("delete " + key);
        }
    }

    @Override
    public void close() {}

    private <T> T answer(String what, Duration timeout, Supplier<T> effect) {
        T answer = call(what, plan(Call.OTHER, timeout), effect).answer;
        if (answer == null) {
            throw unavailable(what);
        }
        return answer;
    }

    private Plan plan(Call call, Duration timeout) {
        return faults.plan(call, mortal, process.isCutOff(world.scheduler().nowNanos()), timeout);
    }

    private <T> Reply<T> call(String what, Plan plan, Supplier<T> effect) {
        process.requireAlive();
        Scheduler scheduler = world.scheduler();
        Actor caller = scheduler.running();
        world.trace(process + " sends " + what);
        Object[] answer = new Object[1];
        for (Delivery delivery : plan.deliveries()) {
            scheduler.after(delivery.afterNanos(), () -> {
                T result = effect.get();
                world.trace(process + " " + what + " -> " + nameOf(result));
                if (delivery.replyAfterNanos() >= 0) {
                    answer[0] = result;
                    if (!plan.crashes()) {
                        scheduler.wake(caller, delivery.replyAfterNanos());
                    }
                }
            });
        }
        if (plan.crashes()) {
            world.trace(process + " dies");
            process.die();
        }
        if (!plan.isAnswered()) {
            scheduler.wake(caller, plan.failsAfterNanos());
        }
        scheduler.await();
        if (plan.cutOffNanos() > 0) {
            process.cutOff(scheduler.nowNanos() + plan.cutOffNanos());
        }
        process.requireAlive();
        @SuppressWarnings("unchecked")
        T typed = (T) answer[0];
        world.trace(process + " learns " + what + " -> " + nameOf(typed));
        return new Reply<>(typed, plan.left());
    }

    private static String nameOf(@Nullable Object result) {
        if (result == null) {
            return "nothing";
        }
        return result instanceof Optional<?> found
                ? (found.isPresent() ? "found" : "absent")
                : result instanceof Seen ? result.toString() : result.getClass().getSimpleName();
    }

    private static StoreUnavailableException unavailable(String what) {
        return new StoreUnavailableException(
                "the simulated store did not answer: " + what, new IOException("simulated"));
    }

    private static byte[] bytesOf(BlobSource source) {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
