package dev.recsys.pipelines.progress;

/** The steps of a job, in their order. */
public enum Phase {
    /** Events are read; counted in bytes of the files as they lie on the disk. */
    READ,
    /** Sessions or histories are formed of events that are in files; counted in parts. */
    SPILL,
    /** Popular items are ranked; counted in rows, or in parts of events that are in files. */
    POPULARITY,
    /** Neighbours are ranked; counted in items. */
    COOC,
    /** A model learns from users' histories; counted in steps of its own. */
    TRAIN,
    /** Neighbours by users' histories are ranked; counted in items. */
    IMPLICIT,
    /** Next items are ranked; counted in items. */
    SESSION_SEQ,
    /** Items that are alike are ranked; counted in items. */
    CONTENT_SIM,
    /** Hidden items are ranked; counted in sessions. */
    EVALUATE,
    /** Items are brought into a database; counted in items. */
    STORE
}
