package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.serve.LoadMarkers.Attempt;
import dev.recsys.serve.Serving.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds something to serve while the store is away: the last known good release, the one before, the bootstrap. Each is
 * checked as strictly as what comes from a store, and one that is damaged is no reason to give up on the next. Nothing
 * is served that a later revision has put into quarantine. Safe for concurrent use.
 */
final class ColdStart {
    private final SnapshotLoader snapshots;
    private final Optional<LocalCopies> copies;
    private final Optional<CopyFolder> bootstrap;
    private final CopyReader reader;

    ColdStart(
            SnapshotLoader snapshots, Optional<LocalCopies> copies, Optional<CopyFolder> bootstrap, CopyReader reader) {
        this.snapshots = snapshots;
        this.reader = reader;
        this.copies = copies;
        this.bootstrap = bootstrap;
    }

    /** A pointer on the local disk, beside which its artifacts should lie. */
    private record Copy(StoredPointer stored, CopyFolder folder, Source source) {
        Pointer pointer() {
            return stored.pointer();
        }

        Revision revision() {
            return pointer().toRevision(true);
        }
    }

    /**
     * What came of it.
     *
     * @param passedOver why better copies were not served; empty if there were none
     * @param again whether one of them is only left alone for a while
     */
    record Result(List<String> passedOver, boolean again) {}

    /** Returns the newest revision of which there is a sound copy: what this reader has seen of the store before. */
    Optional<Pointer> newestKept() {
        return kept().stream().findFirst().map(Copy::pointer);
    }

    /**
     * Hands over the best copy.
     *
     * @param serving what serves from the local disk already; only newer copies are looked at
     * @param fromStore the last pointer that the store gave, whose quarantine counts although it could not be loaded
     */
    Result load(Optional<Revision> serving, Optional<Pointer> fromStore, Consumer<Serving> service) {
        List<Copy> kept = kept();
        List<Pointer> judges = Stream.concat(
                        fromStore.stream(), kept.stream().limit(1).map(Copy::pointer))
                .toList();
        List<String> passedOver = new ArrayList<>();
        boolean again = false;
        for (Copy copy : serving.isPresent() ? newerThan(serving.get(), kept) : all(kept)) {
            try {
                requireNotQuarantined(copy, judges);
                serve(copy, service);
                return new Result(passedOver, again);
            } catch (Throwable e) { // an Error too: the next copy may be smaller
                passedOver.add(copy.source().word() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                again |= isCoolingDown(copy);
            }
        }
        return new Result(passedOver, again);
    }

    private List<Copy> kept() {
        return copies.map(local -> in(local.folder(), Source.LAST_KNOWN_GOOD)).orElse(List.of());
    }

    private List<Copy> all(List<Copy> kept) {
        List<Copy> bundled =
                bootstrap.map(folder -> in(folder, Source.BOOTSTRAP)).orElse(List.of());
        return Stream.concat(kept.stream(), bundled.stream()).toList();
    }

    private static List<Copy> newerThan(Revision serving, List<Copy> kept) {
        return kept.stream()
                .filter(copy -> copy.pointer().isNewerThan(serving.epoch(), serving.seq()))
                .toList();
    }

    private static List<Copy> in(CopyFolder folder, Source source) {
        try {
            return folder.pointers().readable().stream()
                    .map(stored -> new Copy(stored, folder, source))
                    .toList();
        } catch (IOException e) { // a folder that cannot be listed is as good as none
            return List.of();
        }
    }

    private static void requireNotQuarantined(Copy copy, List<Pointer> judges) {
        Pointer pointer = copy.pointer();
        for (Pointer judge : judges) {
            boolean later = judge.isNewerThan(pointer.epoch(), pointer.seq());
            boolean refused =
                    pointer.manifest().value().digests().values().stream().anyMatch(judge.quarantined()::contains);
            if (later && refused) {
                throw new DamagedException("release " + pointer.release() + " has an artifact that revision "
                        + judge.epoch() + "/" + judge.seq() + " put into quarantine");
            }
        }
    }

    private boolean isCoolingDown(Copy copy) {
        return copy.source() == Source.LAST_KNOWN_GOOD
                && copies.flatMap(local -> local.coolDownOf(copy.revision())).isPresent();
    }

    private void serve(Copy copy, Consumer<Serving> service) {
        Revision revision = copy.revision();
        if (copy.source() == Source.BOOTSTRAP) {
            snapshots.load(
                    revision,
                    Optional.empty(),
                    types -> reader.read(copy.folder(), revision, types, () -> {}),
                    found -> service.accept(new Serving(found, copy.source())));
            return;
        }
        LocalCopies local = copies.orElseThrow();
        ReleaseLoader.requireNoCoolDown(local, revision);
        try (Attempt attempt = local.begin(revision)) {
            Runnable mark = () -> local.loading(attempt);
            boolean loaded = snapshots.load(
                    revision,
                    Optional.empty(),
                    types -> reader.read(copy.folder(), revision, types, mark),
                    found -> service.accept(new Serving(found, copy.source())));
            if (!loaded) {
                return;
            }
        }
        local.succeeded(revision);
    }
}
