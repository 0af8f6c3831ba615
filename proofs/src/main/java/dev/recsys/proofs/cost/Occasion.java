package dev.recsys.proofs.cost;

/** What is done, and counted. */
enum Occasion {
    FIRST_SHIP("first ship, 2 artifacts, creates the surface"),
    SHIP("ship, 2 artifacts"),
    SHIP_OF_ONE("ship, 1 artifact"),
    SHIP_AGAIN("ship of what is current already"),
    ROLLBACK("rollback to a release of 2 artifacts"),
    COLLECT("collect, 2 of 3 releases go, 4 artifacts"),
    COLLECT_NOTHING("collect, nothing to do"),
    START("a reader's first load, 2 artifacts"),
    POLL("poll, nothing new"),
    POLL_NEW("poll, a new release of 2 artifacts"),
    POLL_NEW_OF_ONE("poll, a new release of 1 artifact");

    private final String words;

    Occasion(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
