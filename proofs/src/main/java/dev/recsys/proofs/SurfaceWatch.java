package dev.recsys.proofs;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one surface by what its store really holds: every value that the register ever had, in order, and the objects that
 * they name.
 */
public final class SurfaceWatch {
    private final GroundTruth truth;
    private final Path builds;
    private final BlobKey register;
    private final Scope scope;
    private final Judge judge;
    private final Map<Long, Pointer> revisions = new HashMap<>();
    private final Set<BlobKey> verified = new HashSet<>();
    private final Set<BlobKey> missing = new HashSet<>();
    private long values;
    private Optional<Pointer> newest = Optional.empty();

    /**
     * Begins before the first value.
     *
     * @param builds the folder of the builds that are shipped, each in a folder of its number
     * @param judge of this surface alone
     */
    public SurfaceWatch(GroundTruth truth, Path builds, Scope scope, Judge judge) {
        this.truth = truth;
        this.builds = builds;
        this.register = ScopeKeys.current(scope);
        this.scope = scope;
        this.judge = judge;
    }

    /** Returns how many values the register had so far. */
    public long revisions() {
        return values;
    }

    /** Returns whether an operation made a revision, as far as the values go that were told. */
    public boolean hasRevision(long seq, String operation) {
        Pointer revision = revisions.get(seq);
        return revision != null && operationOf(revision).equals(operation);
    }

    /** Tells the judge every value that is new. */
    public void catchUp() {
        Optional<byte[]> next = truth.value(register, values + 1);
        while (next.isPresent()) {
            values++;
            try {
                applied(PointerCodec.decode(TrustList.ANYONE, scope, register + ", value " + values, next.get()));
            } catch (DamagedException e) {
                judge.torn(String.valueOf(e.getMessage()));
            }
            next = truth.value(register, values + 1);
        }
    }

    private void applied(Pointer pointer) {
        judge.applied(operationOf(pointer), pointer.epoch(), pointer.seq());
        revisions.put(pointer.seq(), pointer);
        newest = Optional.of(pointer);
    }

    private static String operationOf(Pointer pointer) {
        return pointer.operation().reason().split(" ", 2)[0];
    }

    /** Makes sure that everything is there that the newest value retains; one that is superseded meanwhile does not count. */
    public void lookForDangling() {
        while (true) {
            catchUp();
            long looked = values;
            Optional<BlobKey> gone = newest.isPresent() ? firstMissing(newest.get()) : Optional.empty();
            catchUp();
            if (gone.isEmpty()) {
                return;
            }
            if (values == looked) {
                missing.add(gone.get());
                judge.dangling(scope + " revision " + newest.get().seq() + " retains " + gone.get());
            }
        }
    }

    private Optional<BlobKey> firstMissing(Pointer pointer) {
        for (Pointer revision : revisions.values()) {
            boolean shipped = revision.release() == revision.seq();
            if (shipped && pointer.retains(revision.release())) {
                for (ArtifactRef ref : revision.manifest().value().artifacts().values()) {
                    if (!missing.contains(ref.key()) && !isThere(ref)) {
                        return Optional.of(ref.key());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isThere(ArtifactRef ref) {
        Optional<byte[]> content = truth.content(ref.key());
        if (content.isPresent()
                && verified.add(ref.key())
                && !Sha256.of(content.get()).equals(ref.sha256())) {
            judge.torn(ref.key() + " is not what the manifest says");
        }
        return content.isPresent();
    }

    /** A reader served this; it has to be what the revision says. */
    public void served(String reader, long epoch, long seq, long release, String popularity, String cooc)
            throws IOException {
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
        Path table = builds.resolve(build).resolve(type.name() + ".rst");
        Optional<Sha256> served = build.isEmpty() || build.contains("+")
                ? Optional.empty()
                : Optional.of(Sha256.of(Files.readAllBytes(table)));
        if (!named.equals(served)) {
            judge.torn(reader + " served " + type + " of build '" + build + "' in revision " + pointer.seq() + " of "
                    + scope + ", which names another");
        }
    }

    /** Every superseded value is in the history, byte for byte. */
    public void compareHistory() {
        for (long number = 1; number < values; number++) {
            byte[] value = truth.value(register, number).orElseThrow();
            Pointer pointer = PointerCodec.decode(TrustList.ANYONE, scope, register + ", value " + number, value);
            Optional<byte[]> entry = truth.content(ScopeKeys.history(scope, pointer.epoch(), pointer.seq()));
            if (entry.isEmpty() || !Arrays.equals(entry.get(), value)) {
                judge.torn("the history of " + scope + " does not hold revision " + pointer.seq() + " as it was");
            }
        }
    }
}
