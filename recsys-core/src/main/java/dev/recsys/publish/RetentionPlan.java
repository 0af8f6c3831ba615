package dev.recsys.publish;

import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.Retention;
import dev.recsys.publish.CollectReport.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which releases to keep, and how the pointer says so in a few numbers: those from one id on, and at most {@link
 * #EXCEPTIONS} below it, so that later rollbacks find room for theirs.
 *
 * @param decisions one for each retained release, newest first
 * @param retention what the pointer shall say
 */
record RetentionPlan(List<Decision> decisions, Retention retention) {
    static final int EXCEPTIONS = Retention.MAX_EXCEPTIONS / 2;

    /** Decides by the rules of a request; the clock only sets how long something is kept for good measure. */
    static RetentionPlan of(Pointer current, List<RetainedRelease> retained, CollectRequest request, Instant now) {
        List<Decision> wanted = new ArrayList<>();
        int newest = 0;
        for (RetainedRelease release : retained) {
            boolean sound = !ReleaseHistory.isQuarantined(current, release.shipped());
            newest += sound ? 1 : 0;
            boolean amongNewest = sound && newest <= request.keptReleases();
            wanted.add(decide(current, release, amongNewest, request, now));
        }
        return fit(current, retained, wanted);
    }

    private static Decision decide(
            Pointer current, RetainedRelease release, boolean amongNewest, CollectRequest request, Instant now) {
        long id = release.id();
        if (id == current.release()) {
            return new Decision(id, true, "current");
        }
        if (current.retention().pinned().contains(id)) {
            return new Decision(id, true, "pinned");
        }
        if (amongNewest) {
            return new Decision(id, true, "one of the newest " + request.keptReleases());
        }
        Optional<Instant> retiredAt = release.retirement().map(RetainedRelease.Retirement::at);
        if (retiredAt.isEmpty()) {
            return new Decision(id, true, "nobody knows when it was replaced");
        }
        boolean young = retiredAt.get().plus(request.keptFor()).isAfter(now);
        return new Decision(id, young, "replaced at " + retiredAt.get());
    }

    /** Lowers the id from which all are kept until the exceptions below it are few enough. */
    private static RetentionPlan fit(Pointer current, List<RetainedRelease> retained, List<Decision> wanted) {
        long exceptions = wanted.stream()
                .filter(decision -> isException(current, decision))
                .count();
        long from = current.seq() + 1;
        int all = 0; // so many of the newest are kept without exception
        while (all < wanted.size() && mayBeAbove(current, wanted.get(all), exceptions)) {
            from = wanted.get(all).release();
            exceptions -= isException(current, wanted.get(all)) ? 1 : 0;
            all++;
        }
        List<Decision> decisions = new ArrayList<>();
        List<Retention.Retired> also = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Decision decision = wanted.get(i);
            boolean between = i < all && !decision.kept();
            decisions.add(
                    between ? new Decision(decision.release(), true, "between releases that are kept") : decision);
            if (i >= all && isException(current, decision)) {
                long retiredSeq = retained.get(i)
                        .retirement()
                        .map(RetainedRelease.Retirement::seq)
                        .orElse(current.seq());
                also.add(new Retention.Retired(decision.release(), retiredSeq));
            }
        }
        return new RetentionPlan(
                decisions, new Retention(from, also, current.retention().pinned()));
    }

    /** What lies below the present limit stays below: between its releases are some that are gone. */
    private static boolean mayBeAbove(Pointer current, Decision decision, long exceptionsFromHere) {
        return decision.release() >= current.retention().fromRelease()
                && (decision.kept() || exceptionsFromHere > EXCEPTIONS);
    }

    /** Returns whether a release below the limit would need an entry of its own. */
    private static boolean isException(Pointer current, Decision decision) {
        return decision.kept()
                && decision.release() != current.release()
                && !current.retention().pinned().contains(decision.release());
    }
}
