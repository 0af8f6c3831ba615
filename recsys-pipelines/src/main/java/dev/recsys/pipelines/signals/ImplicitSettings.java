package dev.recsys.pipelines.signals;

/**
 * How the model of users' histories is computed.
 *
 * @param model which
 * @param historyItems how many items of a user count, the last ones by time, 1 to 100,000
 * @param pairs the constants of the models that are similarities; its neighbours are those of every model
 */
public record ImplicitSettings(ImplicitModel model, int historyItems, CoocSettings pairs) {
    private static final int MAX_HISTORY = 100_000;

    /** RP3beta of the last 500 items. */
    public static final ImplicitSettings DEFAULT = of(ImplicitModel.RP3BETA);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range, or {@code pairs} is of another similarity; the
     *     message names it
     */
    public ImplicitSettings {
        if (historyItems < 1 || historyItems > MAX_HISTORY) {
            throw new IllegalArgumentException("history is " + historyItems + "; expected 1 to " + MAX_HISTORY);
        }
        if (model.similarity().isPresent() && model.similarity().get() != pairs.similarity()) {
            throw new IllegalArgumentException("the model is " + model.publicName()
                    + ", and the constants are those of " + pairs.similarity().publicName());
        }
    }

    /** Returns the settings that a model's source recommends: 500 items of a user, 100 neighbours an item. */
    public static ImplicitSettings of(ImplicitModel model) {
        return new ImplicitSettings(
                model, 500, CoocSettings.of(model.similarity().orElse(Similarity.RP3BETA)));
    }

    /**
     * Returns these settings with one constant set by its name: {@code history, neighbours, alpha, beta, min-support,
     * shrinkage}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public ImplicitSettings with(String name, double value) {
        return switch (name) {
            case "history" -> new ImplicitSettings(model, Params.whole(name, value), pairs);
            default -> new ImplicitSettings(model, historyItems, pairs.with(name, value));
        };
    }
}
