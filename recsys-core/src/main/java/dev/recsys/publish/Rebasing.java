package dev.recsys.publish;

import dev.recsys.ConflictException;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.StoredPointer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The rule for an operation that was lost: whether it may start again from what is current now, or is a conflict. */
final class Rebasing {
    /** Operations that change nothing that anybody decided about. */
    static final Predicate<Pointer> HARMLESS = revision -> Set.of("fence", "collect", "pin", "unpin")
            .contains(revision.operation().kind());

    private static final int MAX_REBASES = 5;

    private final ReleaseHistory releases;

    Rebasing(ReleaseHistory releases) {
        this.releases = releases;
    }

    /** After a loss: returns if the operation may start again from the revision that is current now, else throws. */
    void requireOnly(Predicate<Pointer> passable, String kind, Committer.Finding lost, int tries) {
        Pointer winner = lost.slot().orElseThrow();
        if (tries == MAX_REBASES) {
            throw conflict(kind, winner);
        }
        StoredPointer current = releases.current(winner.scope());
        long since = current.pointer().seq() - winner.seq() + 1;
        List<StoredPointer> revisions = releases.revisions(current, since);
        if (revisions.size() < since) {
            throw conflict(kind, winner); // what cannot be read cannot be passed over
        }
        for (StoredPointer revision : revisions) {
            if (!passable.test(revision.pointer())) {
                throw conflict(kind, revision.pointer());
            }
        }
    }

    static ConflictException conflict(String kind, Pointer winner) {
        return new ConflictException("The " + kind + " for " + winner.scope() + " was not made: revision "
                + winner.epoch() + "/" + winner.seq() + " is a "
                + winner.operation().kind() + " by "
                + winner.operation().by() + " (" + winner.operation().reason() + "), release " + winner.release()
                + ". Look at the history and decide anew.");
    }
}
