package dev.recsys.pipelines.evaluate;

/**
 * What a recommender is asked in an evaluation, and what it should find. Items are numbers of {@link KnownItems}; the
 * recent ones are not ranked, and no target is one of them.
 */
final class Question {
    private final int[] recent; // most recent first, each once
    private final int[] targets; // each once; -1 for one that training does not know

    Question(int[] recent, int[] targets) {
        this.recent = recent;
        this.targets = targets;
    }

    int[] recent() {
        return recent;
    }

    int[] targets() {
        return targets;
    }
}
