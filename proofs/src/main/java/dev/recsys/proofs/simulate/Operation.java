package dev.recsys.proofs.simulate;

import dev.recsys.publish.ManifestPublisher;

/**
 * Something to do with a publisher.
 *
 * @param name what, in a word
 * @param passesOver what it may pass over that was decided between its first look and its commit
 * @param mayFindDamage whether it may find that objects are gone: a collector was faster
 * @param body does it, for the given reason, and returns a {@code Revision} or a {@code Release}
 */
record Operation(String name, PassesOver passesOver, boolean mayFindDamage, Body body) {
    /** What an operation may pass over. */
    enum PassesOver {
        NOBODY,
        OLDER_SHIPS,
        ANYBODY
    }

    /** The work. */
    @FunctionalInterface
    interface Body {
        Object in(ManifestPublisher publisher, String reason);
    }
}
