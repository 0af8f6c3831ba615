package dev.recsys.publish;

import dev.recsys.RecsysException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes the artifacts that nobody can need: read the pointer, list, swap, and only then delete what was listed. The swap
 * is what makes it safe. It takes the releases out of reach, and every publisher that uploaded before the listing loses to
 * it and uploads anew, under names that were never listed. No clock takes part in that. What no publisher can have put there
 * is left alone.
 */
final class Collecting {
    private static final int PAGE = 1_000;
    private static final int MAX_TRIES = 20;

    private final BlobStore store;
    private final Author author;
    private final PointerReads pointers;
    private final Committer committer;
    private final Duration timeout;

    Collecting(BlobStore store, Author author, PointerReads pointers, Committer committer, Duration timeout) {
        this.store = store;
        this.author = author;
        this.pointers = pointers;
        this.committer = committer;
        this.timeout = timeout;
    }

    /** What nobody needs once a plan is carried out, and what lies there and is none of ours. */
    private record Garbage(List<BlobKey> keys, long sizeBytes, List<BlobKey> foreign) {}

    CollectReport collect(CollectRequest request) {
        Map<String, Pointer> known = new HashMap<>(); // so that another try reads only what is new
        for (int tries = 1; ; tries++) {
            StoredPointer base = pointers.existing(request.scope());
            List<RetainedRelease> retained = RetainedReleases.of(pointers, base.pointer(), known, damage -> {
                throw damage;
            });
            RetentionPlan plan = RetentionPlan.of(base.pointer(), retained, request, author.now());
            Garbage garbage = garbage(base.pointer(), retained, plan);
            boolean nothingToDo =
                    garbage.keys().isEmpty() && plan.decisions().stream().allMatch(CollectReport.Decision::kept);
            if (request.isDryRun() || nothingToDo) {
                return report(
                        request, Optional.empty(), plan, garbage, garbage.keys().size());
            }
            Pointer next = base.pointer()
                    .next(base.sha256(), author.newTx(), author.now(), author.operation("collect", request.reason()))
                    .afterCollecting(plan.retention());
            Committer.Finding finding = committer.commit(Optional.of(base), next);
            if (finding.state() == Committer.State.COMMITTED) {
                int notDeleted = delete(garbage.keys());
                return report(request, Optional.of(next.toRevision(true)), plan, garbage, notDeleted);
            }
            if (tries == MAX_TRIES) {
                throw Rebasing.conflict("collect", finding.slot().orElseThrow());
            }
        }
    }

    private Garbage garbage(Pointer current, List<RetainedRelease> retained, RetentionPlan plan) {
        Set<BlobKey> needed = new HashSet<>();
        Map<BlobKey, Long> sizes = new HashMap<>();
        addKeys(current, needed, sizes);
        for (int i = 0; i < retained.size(); i++) {
            Set<BlobKey> kept = plan.decisions().get(i).kept() ? needed : new HashSet<>();
            addKeys(retained.get(i).shipped(), kept, sizes);
        }
        List<BlobKey> keys = new ArrayList<>();
        List<BlobKey> foreign = new ArrayList<>();
        for (BlobKey key : list(current.scope())) {
            boolean ours = sizes.containsKey(key) || ScopeKeys.isArtifact(current.scope(), key);
            if (!ours) {
                foreign.add(key);
            } else if (!needed.contains(key)) {
                keys.add(key);
            }
        }
        long sizeBytes = 0;
        for (BlobKey key : keys) {
            Long known = sizes.get(key);
            sizeBytes += known != null
                    ? known
                    : store.stat(key, timeout).map(BlobStat::sizeBytes).orElse(0L);
        }
        return new Garbage(keys, sizeBytes, foreign);
    }

    private static void addKeys(Pointer pointer, Set<BlobKey> keys, Map<BlobKey, Long> sizes) {
        pointer.manifest().value().artifacts().values().forEach(ref -> {
            keys.add(ref.key());
            sizes.put(ref.key(), ref.sizeBytes());
        });
    }

    private List<BlobKey> list(Scope scope) {
        List<BlobKey> all = new ArrayList<>();
        String after = "";
        List<BlobKey> page;
        do {
            page = store.list(ScopeKeys.artifactsPrefix(scope), after, PAGE, timeout);
            all.addAll(page);
            after = page.isEmpty() ? "" : page.get(page.size() - 1).path();
        } while (page.size() == PAGE);
        return all;
    }

    /** What cannot be deleted now is found again by the next run. */
    private int delete(List<BlobKey> keys) {
        int notDeleted = 0;
        for (BlobKey key : keys) {
            try {
                store.delete(key, timeout);
            } catch (RecsysException e) {
                notDeleted++;
            }
        }
        return notDeleted;
    }

    private static CollectReport report(
            CollectRequest request, Optional<Revision> revision, RetentionPlan plan, Garbage garbage, int notDeleted) {
        return new CollectReport(
                request.scope(),
                revision,
                plan.decisions(),
                garbage.keys().size(),
                garbage.sizeBytes(),
                notDeleted,
                garbage.foreign());
    }
}
