package dev.recsys.preview;

import java.util.Set;

/** Counts hits, in pairs. */
final class HitTally {
    private final Following following;
    private long followed;
    private long both;
    private long onlyCurrent;
    private long onlyCandidate;

    HitTally(Following following) {
        this.following = following;
    }

    void add(Compared compared) {
        Set<String> items = following.items(compared.exposure());
        if (items.isEmpty()) {
            return;
        }
        boolean isCurrent = Following.isHit(compared.current(), items);
        boolean isCandidate = Following.isHit(compared.candidate(), items);
        followed++;
        both += isCurrent && isCandidate ? 1 : 0;
        onlyCurrent += isCurrent && !isCandidate ? 1 : 0;
        onlyCandidate += isCandidate && !isCurrent ? 1 : 0;
    }

    HitRates rates() {
        return new HitRates(following.within(), followed, both, onlyCurrent, onlyCandidate);
    }
}
