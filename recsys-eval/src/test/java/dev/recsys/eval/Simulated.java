package dev.recsys.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Logs of a policy that prefers some actions, with click rates that are known. */
final class Simulated {
    static final List<String> ACTIONS = List.of("a", "b", "c", "d");
    private static final double[] PROPENSITIES = {0.4, 0.3, 0.2, 0.1};
    private static final double[] RATES = {0.30, 0.20, 0.25, 0.40};

    private Simulated() {}

    /** At position 2 the last actions are preferred, and clicks are half as frequent. */
    static List<LoggedAction> log(int rows, Random random) {
        List<LoggedAction> log = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int position = 1 + random.nextInt(2);
            double chance = random.nextDouble();
            int slot = 0;
            while (slot < 3 && chance >= PROPENSITIES[slot]) {
                chance -= PROPENSITIES[slot++];
            }
            int action = position == 1 ? slot : 3 - slot;
            double reward = random.nextDouble() < RATES[action] / position ? 1 : 0;
            log.add(new LoggedAction(ACTIONS.get(action), position, PROPENSITIES[slot], reward));
        }
        return log;
    }

    /** What the uniform policy gets: the mean of the rates, at both positions. */
    static double uniformReward() {
        double mean = (RATES[0] + RATES[1] + RATES[2] + RATES[3]) / 4;
        return (mean + mean / 2) / 2;
    }

    /** What the policy of the log gets. */
    static double loggedReward() {
        double sum = 0;
        for (int action = 0; action < 4; action++) {
            sum += PROPENSITIES[action] * RATES[action] / 2 + PROPENSITIES[3 - action] * RATES[action] / 4;
        }
        return sum;
    }
}
