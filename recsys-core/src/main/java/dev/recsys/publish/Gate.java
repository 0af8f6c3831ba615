package dev.recsys.publish;

import java.util.Locale;

/** A check that stands between a build and its release. Each but {@link #HOLD} can be overridden, with a reason. */
public enum Gate {
    /** The surface is held; {@code unhold} lifts it. */
    HOLD,
    /** An artifact was taken out of service by a rollback. */
    QUARANTINED,
    /** An artifact says nothing about any item, or the build has no artifacts. */
    EMPTY,
    /** An artifact covers far fewer items than the current one, or a type of the current release is left out. */
    SHRINK,
    /** An artifact's newest event is older than that of the current one; or is the same, and its window ends earlier. */
    OLDER_WINDOW,
    /** An artifact is larger than allowed. */
    SIZE,
    /** An artifact of a type that recsys serves has rows of the wrong kind. */
    SCHEMA,
    /** A preview, if the ship has one, shows more empty lists or too different ones. */
    PREVIEW;

    /** Returns the name as people read it: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
