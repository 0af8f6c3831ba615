package dev.recsys.proofs;

import dev.recsys.proofs.Mutant.Edit;
import java.util.List;

/** The rules of the protocol that are known to matter, each left out in turn; the first six kinds are lifecycle's table. */
public final class Mutants {
    private static final String COLLECTING = "publish/Collecting.java";
    private static final String COMMITTER = "publish/Committer.java";
    private static final String ROLLING_BACK = "publish/RollingBack.java";
    private static final String SHIPPING = "publish/Shipping.java";
    private static final String SERVICE = "serve/Service.java";
    private static final String FLOOR = "serve/Floor.java";
    private static final String SURFACE = "serve/Surface.java";

    private static final Mutant MISMATCH_IS_NO_PROOF = Mutant.of(
            "mismatch-is-no-proof",
            "a mismatch is taken as a conflict: my own retried write that had succeeded is reported as lost",
            new Edit(
                    COMMITTER,
                    "Throwable last = null;\n        for (int failures",
                    "Throwable last = null;\n        boolean mismatch = false;\n        for (int failures"),
            new Edit(
                    COMMITTER,
                    "mayHaveBeenSent |= !(result instanceof SwapResult.NotSent);",
                    "mayHaveBeenSent |= !(result instanceof SwapResult.NotSent);"
                            + " mismatch = result instanceof SwapResult.Mismatch;"),
            new Edit(
                    COMMITTER,
                    "Optional<Finding> finding = mayHaveBeenSent ? find(attempt) : Optional.empty();",
                    "Optional<Finding> finding = mismatch"
                            + " ? Optional.of(new Finding(State.LOST, pointers.current(attempt.scope()).map(StoredPointer::pointer)))"
                            + " : mayHaveBeenSent ? find(attempt) : Optional.empty();"));

    private static final Mutant TIMEOUT_IS_NO_FAILURE = Mutant.of(
            "timeout-is-no-failure",
            "a timeout is taken as a failure: the ship lands minutes later",
            new Edit(
                    COMMITTER,
                    "mayHaveBeenSent |= !(result instanceof SwapResult.NotSent);",
                    "mayHaveBeenSent |= !(result instanceof SwapResult.NotSent);"
                            + " if (result instanceof SwapResult.Unknown unknown) {"
                            + " throw new StoreUnavailableException(\"not made\", unknown.cause()); }"));

    private static final Mutant RETRY_KEEPS_ITS_IDENTITY = Mutant.of(
            "retry-keeps-its-identity",
            "a retry has a new identity: the same ship is applied twice",
            new Edit(
                    SHIPPING,
                    "Committer.Finding finding = committer.commit(base, next);",
                    "Committer.Finding finding;"
                            + " try { finding = committer.commit(base, next); }"
                            + " catch (dev.recsys.OutcomeUnknownException e) { if (tries < 3) { continue; } throw e; }"));

    private static final Mutant FENCE_HAS_NEW_BYTES = Mutant.of(
            "fence-has-new-bytes",
            "a fence writes the same bytes, which have the same version: the stale write still lands after it",
            new Edit(
                    COMMITTER,
                    "base.map(stored -> stored.pointer().next(stored.sha256(), tx, author.now(), operation))",
                    "base.map(StoredPointer::pointer)"),
            new Edit(
                    COMMITTER,
                    "            commit(base, fence);\n",
                    "            if (commit(base, fence).state() == State.COMMITTED && base.isPresent()) {"
                            + " return new Finding(State.LOST, Optional.of(fence)); }\n"));

    private static final Mutant ROLLBACK_HAS_NEW_BYTES = Mutant.of(
            "rollback-has-new-bytes",
            "a rollback writes the old revision's exact bytes: a stale writer wins later",
            new Edit(ROLLING_BACK, "Pointer next = rolledBack(request, base, target);", "Pointer next = target;"));

    private static final Mutant HISTORY_BEFORE_SWAP = Mutant.of(
            "history-before-swap",
            "the base is not recorded before it is replaced: nobody can tell what became of a superseded swap",
            new Edit(COMMITTER, "base.ifPresent(this::recordInHistory);", ""));

    private static final Mutant LOSS_IS_PROVEN_BY_ITS_SLOT = Mutant.of(
            "loss-is-proven-by-its-slot",
            "what is current now decides: a committed swap that was superseded is reported as lost",
            new Edit(
                    COMMITTER,
                    "Optional<Pointer> slot = current.seq() == seq && current.epoch() == epoch",
                    "Optional<Pointer> slot = current.seq() >= seq"));

    private static final Mutant SWAP_BEFORE_DELETE = Mutant.of(
            "swap-before-delete",
            "the collector deletes what no release names without a swap: a publisher that uploaded it commits all the same",
            new Edit(
                    COLLECTING,
                    "Committer.Finding finding = committer.commit(Optional.of(base), next);",
                    "if (plan.decisions().stream().allMatch(CollectReport.Decision::kept)) {"
                            + " return report(request, Optional.empty(), plan, garbage, delete(garbage.keys())); }"
                            + " Committer.Finding finding = committer.commit(Optional.of(base), next);"));

    private static final Mutant LIST_BEFORE_SWAP = Mutant.of(
            "list-before-swap",
            "the collector deletes what it lists after its swap: what publishers upload since is among it",
            new Edit(
                    COLLECTING,
                    "int notDeleted = delete(garbage.keys());",
                    "List<BlobKey> listed = garbage.keys();"
                            + " try { listed = garbage(next, retained, plan).keys(); } catch (RecsysException e) { }"
                            + " int notDeleted = delete(listed);"));

    private static final Mutant REBASE_UPLOADS_ANEW = Mutant.of(
            "rebase-uploads-anew",
            "a ship that lost to a collector keeps its old keys: the collector deletes them after the ship",
            new Edit(
                    SHIPPING,
                    "refs.putAll(uploader.upload(request.build(), tx));",
                    "refs.putAll(uploader.upload(request.build(), Integer.toHexString(request.reason().hashCode())));"));

    private static final Mutant KEYS_ARE_NEVER_SHARED = Mutant.of(
            "keys-are-never-shared",
            "an artifact with the same bytes is used again: the collector has it on its list",
            new Edit(
                    "publish/Uploader.java",
                    "ScopeKeys.artifact(build.scope(), artifact.type(), artifact.sha256(), tx);",
                    "ScopeKeys.artifact(build.scope(), artifact.type(), artifact.sha256(), \"shared\");"));

    private static final Mutant PINNED_IS_KEPT = Mutant.of(
            "pinned-is-kept",
            "the collector looks at the newest releases only: what is pinned or was brought back dangles",
            new Edit(
                    COLLECTING,
                    "Set<BlobKey> kept = plan.decisions().get(i).kept() ? needed : new HashSet<>();",
                    "Set<BlobKey> kept = plan.decisions().get(i).kept()"
                            + " && retained.get(i).id() >= plan.retention().fromRelease() ? needed : new HashSet<>();"));

    private static final Mutant NOBODY_IS_PASSED_OVER = Mutant.of(
            "nobody-is-passed-over",
            "whoever lost starts again whatever won: a rollback or an older ship erases a newer one",
            new Edit("publish/Rebasing.java", "if (!passable.test(revision.pointer())) {", "if (tries < 0) {"));

    private static final Mutant START_FROM_WHAT_WAS_LOOKED_AT = Mutant.of(
            "start-from-what-was-looked-at",
            "whoever lost looks at the winner and then reads again: what lands in between is passed over unseen",
            new Edit(
                    SHIPPING,
                    "for (int tries = 1; ; tries++) {",
                    "for (int tries = 1; ; tries++) { base = base(request);"));

    private static final Mutant LEASE = Mutant.of(
            "rollback-needs-its-lease",
            "a rollback takes what is current away, whatever that is by now",
            new Edit(ROLLING_BACK, "if (pointer.release() != lease) {", "if (pointer.release() < 0) {"));

    private static final Mutant UPLOADED_BEFORE_NAMED = Mutant.of(
            "uploaded-before-named",
            "nobody looks whether an upload arrived: the new release names what is not there",
            new Edit(
                    "publish/Uploader.java",
                    "if (tries == MAX_TRIES || !pause(tries)) {\n                    throw e;",
                    "if (tries > 0) {\n                    return;"),
            new Edit(SHIPPING, "requireArrived(request, next.manifest().value());", ""));

    private static final Mutant TOKEN_LAST = Mutant.of(
            "token-is-remembered-last",
            "the version is remembered before the release is loaded: after one failed load the reader stays behind",
            new Edit(
                    SURFACE,
                    "Pointer pointer = stored.pointer();",
                    "Pointer pointer = stored.pointer();\n        version = stored.version();"));

    private static final Mutant READER_NEVER_GOES_BACK = Mutant.of(
            "reader-never-goes-back",
            "a reader takes whatever it reads: behind a replica it serves an older release after a newer one",
            new Edit(FLOOR, "Service.requireProgress(revision, before);", ""),
            new Edit(SERVICE, "requireProgress(loaded.revision(), now);", ""));

    private static final Mutant ONE_READ_ONE_SNAPSHOT = Mutant.of(
            "one-read-one-snapshot",
            "a snapshot is put together from two reads of the pointer: an answer names another release than it is of",
            new Edit(
                    SURFACE,
                    "loader.load(stored, revision, before, loaded -> serve(new Serving(loaded,",
                    "loader.load(stored, pointers.existing(scope).pointer().toRevision(true), before,"
                            + " loaded -> serve(new Serving(loaded.under(revision),"));

    private static final Mutant OLD_SNAPSHOT_SERVES_ON = Mutant.of(
            "old-snapshot-serves-on",
            "a failed poll takes away what serves",
            new Edit(
                    SURFACE,
                    "int failures = health.failures() + 1;",
                    "int failures = health.failures() + 1; service.drop();"),
            new Edit(
                    SERVICE,
                    "static void requireProgress(Revision found, @Nullable Serving serving) {",
                    "void drop() { current = null; }\n"
                            + "    static void requireProgress(Revision found, @Nullable Serving serving) {"));

    private Mutants() {}

    /** Returns all, the most important first. */
    public static List<Mutant> all() {
        return List.of(
                MISMATCH_IS_NO_PROOF,
                TIMEOUT_IS_NO_FAILURE,
                RETRY_KEEPS_ITS_IDENTITY,
                FENCE_HAS_NEW_BYTES,
                ROLLBACK_HAS_NEW_BYTES,
                SWAP_BEFORE_DELETE,
                LIST_BEFORE_SWAP,
                REBASE_UPLOADS_ANEW,
                KEYS_ARE_NEVER_SHARED,
                PINNED_IS_KEPT,
                HISTORY_BEFORE_SWAP,
                LOSS_IS_PROVEN_BY_ITS_SLOT,
                NOBODY_IS_PASSED_OVER,
                START_FROM_WHAT_WAS_LOOKED_AT,
                LEASE,
                UPLOADED_BEFORE_NAMED,
                TOKEN_LAST,
                READER_NEVER_GOES_BACK,
                ONE_READ_ONE_SNAPSHOT,
                OLD_SNAPSHOT_SERVES_ON);
    }

    /**
     * Returns the mutant without a rule.
     *
     * @throws IllegalArgumentException if there is none; the message lists the rules
     */
    public static Mutant without(String rule) {
        return all().stream()
                .filter(mutant -> mutant.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no rule '" + rule + "'; the rules are "
                        + String.join(", ", all().stream().map(Mutant::rule).toList())));
    }
}
