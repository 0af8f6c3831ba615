package dev.recsys.eval;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A policy that did not write the log, and of which one wants to know what it would have got.
 *
 * <ul>
 *   <li>At every position of the log the probabilities of {@link #actions()} are 0 to 1 and add up to 1.
 *   <li>An action that is not among them has probability 0.
 *   <li>The same question gets the same answer.
 * </ul>
 */
public interface TargetPolicy {
    /** Returns every action that the policy may take, in a fixed order. */
    List<String> actions();

    /** Returns with which probability the policy takes an action at a position. */
    double probability(String action, int position);

    /**
     * Returns the policy that takes each of some actions alike at every position.
     *
     * @throws IllegalArgumentException if there are none
     */
    static TargetPolicy uniform(Collection<String> actions) {
        return new UniformPolicy(new TreeSet<>(actions));
    }
}
