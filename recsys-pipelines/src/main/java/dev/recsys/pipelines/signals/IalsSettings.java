package dev.recsys.pipelines.signals;

/**
 * The constants of iALS.
 *
 * @param factors how many factors an item has, 1 to 512
 * @param epochs how often all factors are solved for, 1 to 1000
 * @param unobserved what a pair of user and item that did not meet counts, against 1 for one that did; more than 0, at
 *     most 1
 * @param regularisation what large factors cost, from 0 to 1000
 * @param frequencyExponent how much more they cost for users and items with much evidence, from 0 to 1
 * @param seed where the factors start
 */
public record IalsSettings(
        int factors, int epochs, double unobserved, double regularisation, double frequencyExponent, long seed) {
    /** 64 factors, 16 epochs, 0.1, 0.003, 1. */
    public static final IalsSettings DEFAULT = new IalsSettings(64, 16, 0.1, 0.003, 1, 1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public IalsSettings {
        Params.requireRange("factors", factors, 1, 512);
        Params.requireRange("epochs", epochs, 1, 1_000);
        Params.requirePositive("unobserved", unobserved, 1);
        Params.requireRange("regularisation", regularisation, 0, 1_000);
        Params.requireRange("frequency-exponent", frequencyExponent, 0, 1);
    }

    /** Returns these settings with one constant set by its name. */
    IalsSettings with(String name, double value) {
        int whole = Params.isWhole(value) ? (int) value : 0;
        return switch (name) {
            case "factors" -> new IalsSettings(whole, epochs, unobserved, regularisation, frequencyExponent, seed);
            case "epochs" -> new IalsSettings(factors, whole, unobserved, regularisation, frequencyExponent, seed);
            case "unobserved" -> new IalsSettings(factors, epochs, value, regularisation, frequencyExponent, seed);
            case "regularisation" -> new IalsSettings(factors, epochs, unobserved, value, frequencyExponent, seed);
            case "frequency-exponent" -> new IalsSettings(factors, epochs, unobserved, regularisation, value, seed);
            case "seed" ->
                new IalsSettings(
                        factors, epochs, unobserved, regularisation, frequencyExponent, Params.whole(name, value));
            default ->
                throw Params.unknown(
                        name,
                        "history, neighbours, factors, epochs, unobserved, regularisation, frequency-exponent, seed");
        };
    }
}
