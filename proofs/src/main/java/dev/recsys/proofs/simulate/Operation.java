package dev.recsys.proofs.simulate;

import dev.recsys.artifact.Revision;
import dev.recsys.publish.ManifestPublisher;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something to do with a publisher.
 *
 * @param name what, in a word
 * @param passesOver what it may pass over that was decided between its first look and its commit
 * @param mayFindDamage whether it may find that objects are gone: a collector was faster
 * @param lease the release that must be current when it commits
 * @param body does it, for the given reason
 */
record Operation(String name, PassesOver passesOver, boolean mayFindDamage, OptionalLong lease, Body body) {
    Operation(String name, PassesOver passesOver, boolean mayFindDamage, Body body) {
        this(name, passesOver, mayFindDamage, OptionalLong.empty(), body);
    }

    /** What an operation may pass over. */
    enum PassesOver {
        NOBODY,
        OLDER_SHIPS,
        ANYBODY
    }

    /** The work; returns the revision that stands for it now, its own or one that was there before, if any. */
    @FunctionalInterface
    interface Body {
        Optional<Revision> in(ManifestPublisher publisher, String reason);
    }
}
