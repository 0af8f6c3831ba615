package dev.recsys.eval;

/**
 * An action that a policy took by chance, and what came of it.
 *
 * @param action what was done, such as the item that was shown
 * @param position where, the context in which the policy chose; at least 0
 * @param propensity with which probability the logging policy took this action there; above 0, at most 1
 * @param reward what came of it, such as 1 for a click and 0 for none
 */
public record LoggedAction(String action, int position, double propensity, double reward) {
    /** Refuses an action without a name, and numbers that are none of their kind. */
    public LoggedAction {
        if (action.isBlank()) {
            throw new IllegalArgumentException("action is blank; expected a name");
        }
        Checks.atLeast(0, "position", position);
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity is " + propensity + "; expected above 0 and at most 1");
        }
        Checks.finite("reward", reward);
    }
}
