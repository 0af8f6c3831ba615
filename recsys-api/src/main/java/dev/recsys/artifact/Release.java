package dev.recsys.artifact;

import dev.recsys.Scope;

/**
 * A shipped manifest, as it was current when this value was made; the lease of a later rollback.
 *
 * @param revision the revision through which it is current
 * @param alreadyCurrent whether nothing had to be swapped because it was current already
 */
public record Release(Revision revision, boolean alreadyCurrent) {
    /** Returns whose release it is. */
    public Scope scope() {
        return revision.scope();
    }

    /** Returns the release's id: the sequence number of the revision that shipped it. */
    public long id() {
        return revision.release();
    }

    /** Returns the shipped manifest. */
    public Manifest manifest() {
        return revision.manifest();
    }
}
