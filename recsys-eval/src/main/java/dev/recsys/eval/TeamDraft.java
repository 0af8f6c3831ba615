package dev.recsys.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Two rankings in one list, so that each user compares them: Radlinski, Kurup, Joachims, "How does clickthrough data reflect
 * retrieval quality?", CIKM 2008, algorithm 2. In each round a coin says which ranking gives its best item that is not there
 * yet first; the other one follows.
 *
 * <p>Two departures: the list has a length, and a ranking that has nothing new left lets the other one fill it. The coin
 * follows from a seed and the id of the request: the same request gets the same list.
 */
public final class TeamDraft {
    private final long seed;

    /** Which ranking gave an item. */
    public enum Team {
        /** The first ranking. */
        A,
        /** The second ranking. */
        B
    }

    /**
     * An item of the list.
     *
     * @param item its id
     * @param team which ranking gave it
     */
    public record Pick(String item, Team team) {}

    /** Drafts with coins that follow from a seed; one seed an experiment. */
    public TeamDraft(long seed) {
        this.seed = seed;
    }

    /**
     * Drafts the list of a request.
     *
     * @param requestId what sets the coins apart, such as the id of the exposure
     * @throws IllegalArgumentException if the length is negative
     */
    public List<Pick> draft(String requestId, List<String> a, List<String> b, int length) {
        Checks.atLeast(0, "length", length);
        SplitMix coin = new SplitMix(seed ^ hash(requestId));
        List<Pick> picks = new ArrayList<>();
        Draft first = new Draft(Team.A, a);
        Draft second = new Draft(Team.B, b);
        Set<String> taken = new HashSet<>();
        while (picks.size() < length && (first.hasNext(taken) || second.hasNext(taken))) {
            boolean isATurn = first.picks < second.picks || (first.picks == second.picks && coin.nextBit());
            Draft turn = isATurn ? first : second;
            Draft other = isATurn ? second : first;
            picks.add((turn.hasNext(taken) ? turn : other).next(taken));
        }
        return picks;
    }

    /** 64 bits of FNV-1a over the characters (Fowler, Noll, Vo), for strings' own 32 would repeat. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** A ranking, and how far it has been taken. */
    private static final class Draft {
        private final Team team;
        private final List<String> ranking;
        private int at;
        private int picks;

        Draft(Team team, List<String> ranking) {
            this.team = team;
            this.ranking = ranking;
        }

        boolean hasNext(Set<String> taken) {
            while (at < ranking.size() && taken.contains(ranking.get(at))) {
                at++;
            }
            return at < ranking.size();
        }

        Pick next(Set<String> taken) {
            picks++;
            taken.add(ranking.get(at));
            return new Pick(ranking.get(at), team);
        }
    }
}
