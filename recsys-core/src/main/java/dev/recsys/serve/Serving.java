package dev.recsys.serve;

import dev.recsys.artifact.Revision;
import java.util.Locale;

/**
 * What serves, and what is known of it. Requests read it once.
 *
 * @param snapshot what answers
 * @param source where it comes from
 */
record Serving(Snapshot snapshot, Source source) {
    /** Where a snapshot comes from. */
    enum Source {
        /** The store says that it is current, or did when it was last asked. */
        STORE,
        /** A copy on the local disk of what was served before; the store has not answered yet. */
        LAST_KNOWN_GOOD,
        /** The copy that came with the application; there is nothing better. */
        BOOTSTRAP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Revision revision() {
        return snapshot.revision();
    }

    boolean isOf(Revision other) {
        Revision own = revision();
        return own.epoch() == other.epoch()
                && own.seq() == other.seq()
                && own.tx().equals(other.tx());
    }

    boolean isConfirmed() {
        return source == Source.STORE;
    }

    Serving confirmed() {
        return new Serving(snapshot, Source.STORE);
    }
}
