package dev.recsys.pipelines.signals;

/**
 * How the model of users' histories is computed.
 *
 * @param model which
 * @param historyItems how many items of a user count, the last ones by time, 1 to 100,000
 * @param pairs the constants of the models that are similarities; its neighbours are those of every model
 * @param ease the constants of {@code ease}
 * @param ials the constants of {@code ials}
 */
public record ImplicitSettings(
        ImplicitModel model, int historyItems, CoocSettings pairs, EaseSettings ease, IalsSettings ials) {
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
        if (!pairs.isUnweighted()) {
            throw new IllegalArgumentException(
                    "a history has no steps; it takes no step-decay, steps or pair-half-life-days");
        }
        if (model.similarity().isPresent() && model.similarity().get() != pairs.similarity()) {
            throw new IllegalArgumentException("the model is " + model.publicName()
                    + ", and the constants are those of " + pairs.similarity().publicName());
        }
    }

    /** Returns the settings that a model's source recommends: 500 items of a user, 100 neighbours an item. */
    public static ImplicitSettings of(ImplicitModel model) {
        CoocSettings pairs = CoocSettings.of(model.similarity().orElse(Similarity.RP3BETA));
        return new ImplicitSettings(model, 500, pairs, EaseSettings.DEFAULT, IalsSettings.DEFAULT);
    }

    /**
     * Returns these settings with one constant set by its name: {@code history, neighbours} of every model; {@code alpha,
     * beta, k1, b, min-support, shrinkage} of similarities; {@code lambda, max-items} of EASE; {@code factors, epochs,
     * unobserved, regularisation, frequency-exponent, seed} of iALS.
     *
     * @throws IllegalArgumentException if the model has no such constant, or the value is out of its range
     */
    public ImplicitSettings with(String name, double value) {
        if (name.equals("history")) {
            return new ImplicitSettings(model, Params.whole(name, value), pairs, ease, ials);
        }
        if (name.equals("neighbours") || model.similarity().isPresent()) {
            return new ImplicitSettings(model, historyItems, pairs.with(name, value), ease, ials);
        }
        return model == ImplicitModel.EASE ? withEase(name, value) : withIals(name, value);
    }

    /** Returns whether the model is a similarity, which needs no histories beside those of two items. */
    public boolean isSimilarity() {
        return model.similarity().isPresent();
    }

    private ImplicitSettings withEase(String name, double value) {
        EaseSettings changed = switch (name) {
            case "lambda" -> new EaseSettings(value, ease.maxItems());
            case "max-items" -> new EaseSettings(ease.lambda(), Params.whole(name, value));
            default -> throw Params.unknown(name, "history, neighbours, lambda, max-items");
        };
        return new ImplicitSettings(model, historyItems, pairs, changed, ials);
    }

    private ImplicitSettings withIals(String name, double value) {
        return new ImplicitSettings(model, historyItems, pairs, ease, ials.with(name, value));
    }
}
