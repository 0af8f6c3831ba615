package dev.recsys.eval;

import java.util.Collection;
import java.util.List;

/**
 * How many requests preferred which ranking of an interleaving: the one whose items got more clicks (Radlinski, Kurup,
 * Joachims, CIKM 2008, section 4.2).
 *
 * @param a requests that preferred the first ranking
 * @param b requests that preferred the second one
 * @param ties requests that preferred neither; the test leaves them out
 */
public record Preferences(long a, long b, long ties) {
    /** None yet. */
    public static final Preferences NONE = new Preferences(0, 0, 0);

    /** Refuses negative counts. */
    public Preferences {
        Checks.atLeast(0, "a", a);
        Checks.atLeast(0, "b", b);
        Checks.atLeast(0, "ties", ties);
    }

    /** Adds a request: its list, and the items of it that were clicked. A click on anything else does not count. */
    public Preferences plus(List<TeamDraft.Pick> list, Collection<String> clicked) {
        long forA = clicks(list, clicked, TeamDraft.Team.A);
        long forB = clicks(list, clicked, TeamDraft.Team.B);
        if (forA == forB) {
            return new Preferences(a, b, ties + 1);
        }
        return forA > forB ? new Preferences(a + 1, b, ties) : new Preferences(a, b + 1, ties);
    }

    /**
     * Returns how likely so uneven a result is if neither ranking is better: the exact sign test of both sides (Conover,
     * "Practical nonparametric statistics", 3rd edition, section 3.4). The tail of the binomial distribution is DLMF
     * 8.17.5. It is 1 without preferences.
     */
    public double pValue() {
        long fewer = Math.min(a, b);
        double more = Math.max(a, b);
        return fewer == more ? 1 : Math.min(1, 2 * SpecialFunctions.beta(0.5, more, fewer + 1.0));
    }

    private static long clicks(List<TeamDraft.Pick> list, Collection<String> clicked, TeamDraft.Team team) {
        return list.stream()
                .filter(pick -> pick.team() == team && clicked.contains(pick.item()))
                .count();
    }
}
