package dev.recsys.testkit;

import dev.recsys.store.BlobStore;

/**
 * One storage under test: what {@link BlobStoreContract} needs to know of it. A method that a storage cannot offer stays
 * as it is and fails; the tests that call it are then overridden with {@code @Disabled} and the reason.
 */
public interface StoreHarness extends AutoCloseable {
    /** Opens another endpoint of the one storage, as another process would. The contract closes it. */
    BlobStore open();

    /** Returns how often every race is run: the system property {@code recsys.contract.rounds}, by default 200. */
    default int rounds() {
        return Integer.getInteger("recsys.contract.rounds", 200);
    }

    /** Lets the next compare-and-set reach the storage and take effect, and its answer get lost. */
    default void loseNextReply() {
        throw missing("loseNextReply");
    }

    /** Lets the next compare-and-set get lost on its way, in such a manner that its sender cannot tell. */
    default void loseNextRequest() {
        throw missing("loseNextRequest");
    }

    /** Makes the storage unreachable for every endpoint, open or opened later, until {@link #recover()}. */
    default void becomeUnavailable() {
        throw missing("becomeUnavailable");
    }

    /** Makes the storage refuse the caller's credentials or permissions, until {@link #recover()}. */
    default void becomeDenied() {
        throw missing("becomeDenied");
    }

    /** Ends {@link #becomeUnavailable()} and {@link #becomeDenied()}. */
    default void recover() {
        throw missing("recover");
    }

    /** Lets the bytes of the next read or copy end before the length that the storage announced. */
    default void shortenNextRead() {
        throw missing("shortenNextRead");
    }

    /** Cuts the power: what the storage did not make durable is gone. Endpoints opened before are dead. */
    default void losePower() {
        throw missing("losePower");
    }

    /** Removes the storage. */
    @Override
    default void close() {}

    private UnsupportedOperationException missing(String what) {
        return new UnsupportedOperationException(getClass().getName() + " does not implement " + what
                + "(); implement it, or override the test with @Disabled and the reason");
    }
}
