package dev.recsys.publish;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
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

    /**
     * After a loss: returns the revision that the operation may start again from, else throws. Start from exactly that one:
     * what comes after it was not looked at.
     */
    StoredPointer requireOnly(Predicate<Pointer> passable, Pointer next, Committer.Finding lost, int tries) {
        Pointer winner = lost.slot().orElseThrow();
        String kind = next.operation().kind();
        if (winner.epoch() != next.epoch()) { // a decision, wherever in its epoch the winner stands
            throw conflict(kind, winner);
        }
        return requireOnly(passable, kind, winner, tries);
    }

    /**
     * After damage was found under a base: returns the revision to start again from if the base is no longer current, so
     * that what is missing may have been collected; else throws.
     */
    StoredPointer requireMovedOn(
            Predicate<Pointer> passable, String kind, StoredPointer base, DamagedException e, int tries) {
        StoredPointer current = releases.current(base.pointer().scope());
        if (current.version().equals(base.version())) {
            throw e;
        }
        long since = current.pointer().seq() - base.pointer().seq();
        boolean isSuccessor = current.pointer().epoch() == base.pointer().epoch() && since > 0;
        List<StoredPointer> revisions = isSuccessor ? releases.revisions(current, since) : List.of();
        if (revisions.size() < Math.max(1, since)) {
            throw conflict(kind, current.pointer()); // what cannot be read cannot be passed over
        }
        return requireOnly(passable, kind, revisions.get(revisions.size() - 1).pointer(), tries);
    }

    private StoredPointer requireOnly(Predicate<Pointer> passable, String kind, Pointer winner, int tries) {
        if (tries == MAX_REBASES) {
            throw conflict(kind, winner);
        }
        StoredPointer current = releases.current(winner.scope());
        long since = current.pointer().seq() - winner.seq() + 1;
        if (current.pointer().epoch() != winner.epoch() || since < 1) {
            throw conflict(kind, current.pointer());
        }
        List<StoredPointer> revisions = releases.revisions(current, since);
        if (revisions.size() < since) {
            throw conflict(kind, winner); // what cannot be read cannot be passed over
        }
        for (StoredPointer revision : revisions) {
            if (!passable.test(revision.pointer())) {
                throw conflict(kind, revision.pointer());
            }
        }
        return current;
    }

    static ConflictException conflict(String kind, Pointer winner) {
        return new ConflictException("The " + kind + " for " + winner.scope() + " was not made: revision "
                + winner.epoch() + "/" + winner.seq() + " is a "
                + winner.operation().kind() + " by "
                + winner.operation().by() + " (" + winner.operation().reason() + "), release " + winner.release()
                + ". Look at the history and decide anew.");
    }
}
