package dev.recsys.proofs.simulate;

/** A process that may die at any call to its store; then nothing that it still runs gets any further. */
final class SimulatedProcess {
    private final String name;
    private boolean dead;
    private int revisionsSeen = -1;
    private long cutOffUntilNanos;

    SimulatedProcess(String name) {
        this.name = name;
    }

    void die() {
        dead = true;
        throw new Crashed();
    }

    void requireAlive() {
        if (dead) {
            throw new Crashed();
        }
    }

    boolean isDead() {
        return dead;
    }

    /** Nothing that it sends leaves before then. */
    void cutOff(long untilNanos) {
        cutOffUntilNanos = untilNanos;
    }

    boolean isCutOff(long nowNanos) {
        return nowNanos < cutOffUntilNanos;
    }

    /** Its next operation begins: nothing is seen yet. */
    void beginOperation() {
        revisionsSeen = -1;
    }

    /** It learned what the register holds, when that had had so many values. */
    void saw(int revisions) {
        if (revisionsSeen < 0) {
            revisionsSeen = revisions;
        }
    }

    /** Returns how many values there were when the operation looked first; negative if it never did. */
    int revisionsSeen() {
        return revisionsSeen;
    }

    @Override
    public String toString() {
        return name;
    }
}
