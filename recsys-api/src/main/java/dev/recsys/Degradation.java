package dev.recsys;

/**
 * One way in which an answer is less than it could be.
 *
 * @param kind which
 * @param detail the circumstances, for people; holds no user id
 */
public record Degradation(Kind kind, String detail) {
    /** The kinds of degradation, from the worst to the mildest. */
    public enum Kind {
        /** No release is loaded: the answer is empty. */
        NOT_READY,
        /** The tenant is suspended: the answer is empty. */
        TENANT_SUSPENDED,
        /** The release came with the application, for there is nothing better; it may be old. */
        BOOTSTRAP,
        /** The release is a copy on the local disk of what was served before; the store has not confirmed it yet. */
        LAST_KNOWN_GOOD,
        /** The release in memory could not be compared with the store for longer than it should. */
        STALE,
        /** Nothing is loaded yet of where the tenant is to be served from; what served it before answered. */
        OTHER_SERVING,
        /** The source of user history failed; the answer is made without it. */
        HISTORY_UNAVAILABLE,
        /**
         * The configuration, the rules, the items' attributes or the tenant's status could not be had; those known last, or
         * none, took their place.
         */
        CONTROL_UNAVAILABLE,
        /** A signal that should contribute is not in the release, or its source failed. */
        SIGNAL_MISSING,
        /** The host's own model was late or failed; the scores are those that the items had without it. */
        RERANKER_FAILED,
        /** The request should have been in an experiment of which a variant cannot be served; it was given everybody's list. */
        EXPERIMENT_OFF,
        /** Neither the request nor the history source knows items of this user. */
        NO_HISTORY,
        /** Some recent items are not in the release. */
        UNKNOWN_ITEMS,
        /** The release has no list for the segment; everybody's list was used. */
        UNKNOWN_SEGMENT,
        /** There are attributes of no item, so that caps, diversity or a filter can do nothing or keep everything out. */
        NO_ATTRIBUTES,
        /** Fewer than {@code k} items are eligible. */
        FEWER_THAN_K
    }
}
