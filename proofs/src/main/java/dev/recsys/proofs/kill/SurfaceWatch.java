package dev.recsys.proofs.kill;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.proofs.Judge;
import dev.recsys.store.Sha256;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one surface in the store's folder, past the store's code: the folder of a register holds every value that it
 * ever had, in order.
 */
final class SurfaceWatch {
    private final Path store;
    private final Scope scope;
    private final Judge judge;
    private final Map<Long, Pointer> revisions = new HashMap<>();
    private final Set<Path> verified = new HashSet<>();
    private final Set<Path> missing = new HashSet<>();
    private long slots;
    private Optional<Pointer> newest = Optional.empty();

    SurfaceWatch(Path store, Scope scope, Judge judge) {
        this.store = store;
        this.scope = scope;
        this.judge = judge;
    }

    /** Returns how many values the register had so far. */
    long revisions() {
        return slots;
    }

    /** Tells the judge every value that is new. */
    void catchUp() throws IOException {
        Path register = store.resolve(ScopeKeys.current(scope).path());
        while (true) {
            Path slot = register.resolve(String.format(Locale.ROOT, "%020d", slots + 1));
            try {
                byte[] bytes = Files.readAllBytes(slot);
                slots++;
                applied(PointerCodec.decode(TrustList.ANYONE, scope, slot.toString(), bytes));
            } catch (NoSuchFileException e) {
                return;
            } catch (DamagedException e) {
                judge.torn(String.valueOf(e.getMessage()));
            }
        }
    }

    private void applied(Pointer pointer) {
        String operation = pointer.operation().reason().split(" ", 2)[0];
        judge.applied(operation, pointer.epoch(), pointer.seq());
        revisions.put(pointer.seq(), pointer);
        newest = Optional.of(pointer);
    }

    /** Makes sure that everything is there that the newest value retains; one that is superseded meanwhile does not count. */
    void lookForDangling() throws IOException {
        while (true) {
            catchUp();
            long looked = slots;
            Optional<Path> gone = newest.isPresent() ? firstMissing(newest.get()) : Optional.empty();
            catchUp();
            if (gone.isEmpty()) {
                return;
            }
            if (slots == looked) {
                missing.add(gone.get());
                judge.dangling(scope + " revision " + newest.get().seq() + " retains " + gone.get());
            }
        }
    }

    private Optional<Path> firstMissing(Pointer pointer) throws IOException {
        for (Pointer revision : revisions.values()) {
            boolean shipped = revision.release() == revision.seq();
            if (shipped && pointer.retains(revision.release())) {
                for (ArtifactRef ref : revision.manifest().value().artifacts().values()) {
                    Path file = store.resolve(ref.key().path());
                    if (!missing.contains(file) && !isThere(file, ref)) {
                        return Optional.of(file);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isThere(Path file, ArtifactRef ref) throws IOException {
        if (verified.contains(file)) {
            return Files.exists(file);
        }
        try {
            boolean whole = Sha256.of(Files.readAllBytes(file)).equals(ref.sha256());
            verified.add(file);
            if (!whole) {
                judge.torn(file + " is not what the manifest says");
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A reader served this; it has to be what the revision says. */
    void served(String reader, long epoch, long seq, long release, String popularity, String cooc) throws IOException {
        catchUp();
        Pointer pointer = revisions.get(seq);
        if (pointer == null || pointer.epoch() != epoch || pointer.release() != release) {
            judge.torn(reader + " served revision " + epoch + "/" + seq + " of release " + release
                    + ", which the register never was");
            return;
        }
        requireBuild(reader, pointer, ArtifactType.POPULARITY, popularity);
        requireBuild(reader, pointer, ArtifactType.COOC, cooc);
    }

    private void requireBuild(String reader, Pointer pointer, ArtifactType type, String build) throws IOException {
        Optional<Sha256> named = pointer.manifest().value().artifact(type).map(ArtifactRef::sha256);
        Path table = store.resolveSibling("builds").resolve(build).resolve(type.name() + ".rst");
        Optional<Sha256> served = build.isEmpty() || build.contains("+")
                ? Optional.empty()
                : Optional.of(Sha256.of(Files.readAllBytes(table)));
        if (!named.equals(served)) {
            judge.torn(reader + " served " + type + " of build '" + build + "' in revision " + pointer.seq() + " of "
                    + scope + ", which names another");
        }
    }

    /** Every superseded value is in the history, byte for byte. */
    void compareHistory() throws IOException {
        Path register = store.resolve(ScopeKeys.current(scope).path());
        for (long slot = 1; slot < slots; slot++) {
            byte[] value = Files.readAllBytes(register.resolve(String.format(Locale.ROOT, "%020d", slot)));
            Pointer pointer = PointerCodec.decode(TrustList.ANYONE, scope, "slot " + slot, value);
            Path entry = store.resolve(
                    ScopeKeys.history(scope, pointer.epoch(), pointer.seq()).path());
            if (!Files.exists(entry) || !Arrays.equals(Files.readAllBytes(entry), value)) {
                judge.torn("the history of " + scope + " does not hold revision " + pointer.seq() + " as it was");
            }
        }
    }
}
