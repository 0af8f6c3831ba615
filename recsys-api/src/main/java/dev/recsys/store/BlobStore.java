package dev.recsys.store;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An object store: immutable blobs, and registers that change only by compare-and-set.
 *
 * <p>What every implementation guarantees, and what {@code recsys-testkit} tests line by line:
 *
 * <ol>
 *   <li>Linearizable per key: a write reported as applied is seen by every later read, anywhere. No caches in between.
 *   <li>Atomic visibility: a read never returns a prefix, a mixture, or "absent" for a key that has a value.
 *   <li>Of several concurrent compare-and-sets with the same expected version at most one is applied, across processes
 *       and endpoints.
 *   <li>A version is opaque and compared by equality only; it may repeat for equal bytes, never for different ones.
 *   <li>A compare-and-set makes exactly one attempt on the wire; retrying belongs to the caller.
 *   <li>Its outcomes are those of {@link SwapResult}; nothing is rounded up or down.
 *   <li>A refusal is {@link dev.recsys.StoreDeniedException}, an outage is {@link dev.recsys.StoreUnavailableException};
 *       "absent" is only said with authority.
 *   <li>Create-if-absent answers created or exists (with the length), and never touches what is there.
 *   <li>Reads keep to a byte limit and a deadline, honour "unless the version is V", and detect short bodies at the last
 *       byte.
 *   <li>Durability: what was reported as applied or created survives a loss of power.
 *   <li>Delete is idempotent and refuses a register; a listing is complete and ordered by UTF-8 bytes.
 *   <li>Thread-safe; an interrupt leaves no partial object and keeps the thread's interrupt flag; {@link #close()} is
 *       idempotent, and every other call after it is an {@link IllegalStateException}.
 * </ol>
 *
 * <p>No key goes below a blob's: where {@code a/b} is a blob, a store may refuse to create {@code a/b/c} with an {@link
 * IllegalArgumentException}, and the other way round.
 *
 * <p>A store that finds that it cannot keep these guarantees refuses to write, before it wrote anything, with {@link
 * dev.recsys.UnsafeStoreException}.
 *
 * <p>A timeout is the longest time a call may take; a store that cannot interrupt the operating system checks it between
 * its steps. A call that exceeds it throws {@link dev.recsys.StoreUnavailableException}, except a compare-and-set,
 * which answers {@link SwapResult.NotSent} or {@link SwapResult.Unknown}.
 */
public interface BlobStore extends AutoCloseable {
    /** Returns where the store is, for messages: without credentials. */
    String location();

    /**
     * Reads a register or a small blob as a whole.
     *
     * @param key which
     * @param unless answer {@link ReadResult.NotModified} if the object has this version; {@link BlobVersion#ABSENT} to
     *     read in any case
     * @param maxBytes the largest content to accept
     * @param timeout the longest time to take
     * @throws dev.recsys.DamagedException if the content is longer than {@code maxBytes} or came short
     * @throws dev.recsys.StoreUnavailableException if the store did not answer in time
     * @throws dev.recsys.StoreDeniedException if the store refused
     */
    ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout);

    /**
     * Copies a blob of any size into a stream, which is not closed. On any exception the stream may have received a
     * part, and the caller discards it.
     *
     * @return false if the store says with authority that there is no such blob; nothing was written then
     * @throws IllegalArgumentException if the key names a register
     * @throws dev.recsys.DamagedException if the content is longer than {@code maxBytes} or came short
     * @throws dev.recsys.StoreUnavailableException if the store did not answer in time
     * @throws dev.recsys.StoreDeniedException if the store refused
     * @throws java.io.UncheckedIOException if {@code out} failed
     */
    boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout);

    /**
     * Stores an immutable blob unless one of that key is there. Free to retry, for nothing ever changes a blob.
     *
     * @throws IllegalArgumentException if the key names a register
     * @throws dev.recsys.StoreUnavailableException if it is not known to be stored; the blob may be there or not, whole
     * @throws dev.recsys.StoreDeniedException if the store refused
     * @throws java.io.UncheckedIOException if the source failed, or gave another number of bytes than it said
     */
    CreateResult create(BlobKey key, BlobSource source, Duration timeout);

    /**
     * Returns what the store knows of a blob without reading it; empty if it says with authority that there is none.
     *
     * @throws IllegalArgumentException if the key names a register
     * @throws dev.recsys.StoreUnavailableException if the store did not answer in time
     * @throws dev.recsys.StoreDeniedException if the store refused
     */
    Optional<BlobStat> stat(BlobKey key, Duration timeout);

    /**
     * Replaces a register's content if it has the expected version; the one mutation there is, in one attempt.
     *
     * @param register which
     * @param expected the version it must have; {@link BlobVersion#ABSENT} if it must not exist
     * @param body the new content, at most 64 KiB
     * @param timeout the longest time to take
     * @throws IllegalArgumentException if the key does not name a register, or the body is too long
     */
    SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout);

    /**
     * Lists the keys of blobs and registers that begin with a prefix, in the order of their UTF-8 bytes.
     *
     * @param prefix what the path begins with; may be empty
     * @param after list only paths after this one; may be empty
     * @param limit the largest number of keys to return, at least 1; fewer mean that there are no more
     * @param timeout the longest time to take
     */
    List<BlobKey> list(String prefix, String after, int limit, Duration timeout);

    /**
     * Deletes a blob; does nothing if there is none.
     *
     * @throws IllegalArgumentException if the key names a register
     * @throws dev.recsys.StoreUnavailableException if it is not known to be deleted
     */
    void delete(BlobKey key, Duration timeout);

    /** Releases what the store holds; idempotent. */
    @Override
    void close();
}
