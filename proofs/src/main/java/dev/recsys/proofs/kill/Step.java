package dev.recsys.proofs.kill;

/**
 * A moment in an operation.
 *
 * @param kind of the operation
 * @param call the number of a call to the store, from 1
 * @param after whether right after it rather than right before
 */
record Step(String kind, int call, boolean after) {
    /** Reads back what {@link #toString} wrote. */
    static Step parse(String text) {
        String[] parts = text.split(":", -1);
        return new Step(parts[0], Integer.parseInt(parts[1]), parts[2].equals("after"));
    }

    @Override
    public String toString() {
        return kind + ":" + call + ":" + (after ? "after" : "before");
    }
}
