package dev.recsys.publish;

import dev.recsys.artifact.Revision;

/**
 * What finally became of an operation whose outcome was unknown.
 *
 * @param outcome which; final
 * @param revision the revision that stands where the operation's would have: its own if it was committed, the winner's
 *     if it was lost, the fence if it was aborted
 */
public record Resolution(Outcome outcome, Revision revision) {
    /** The final outcomes. */
    public enum Outcome {
        /** It took effect, once; a later operation may have superseded it since. */
        COMMITTED,
        /** Another operation was first; it never took effect and never will. */
        LOST,
        /** It was fenced off; it never took effect and never will. */
        ABORTED
    }
}
