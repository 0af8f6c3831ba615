package dev.recsys.postgres;

import java.time.Instant;
import java.util.List;

/**
 * What was removed of a person, and what remains elsewhere.
 *
 * @param at nothing that the person did until then is written any more
 * @param interactions how many were removed
 * @param logged how many lines of logs in the database were removed, of what was shown and of what the person did
 * @param markedUntil how long a SHA-256 digest of tenant and user stays, by which late outcomes are known and refused
 * @param shipped the releases that the audit knows to have come since the person's first interaction, oldest first;
 *     what was collected since is among them
 */
public record Forgotten(Instant at, long interactions, long logged, Instant markedUntil, List<Shipped> shipped) {
    /**
     * A release that may have counted the person in.
     *
     * @param surface where
     * @param release which, in the words of the audit
     * @param at when
     */
    public record Shipped(String surface, String release, Instant at) {}

    /** Copies the list. */
    public Forgotten {
        shipped = List.copyOf(shipped);
    }

    /** Says what remains, where, and until when: one sentence for each. */
    public List<String> remains() {
        String releases = shipped.isEmpty()
                ? "the audit names none that was shipped since the person's first interaction"
                : "of those that the audit names, " + shipped.size()
                        + " were shipped since the person's first interaction";
        return List.of(
                "Releases hold sums over all people and no user's id, and are never changed: " + releases
                        + "; each stays until it is replaced and collected.",
                "Events that releases are built from, and kept days of them, are the host's to erase; until then new releases"
                        + " count the person in.",
                "Logs of what was shown and done, in files: recsys log forget; in the database, under names of keys that were not"
                        + " given.",
                "Backups and replicas of the database hold the rows until they are replaced.",
                "A SHA-256 digest of tenant and user stays until " + markedUntil
                        + ", so that nothing from before is written again; the audit says that somebody was forgotten, not who.");
    }
}
