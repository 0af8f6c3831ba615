package dev.recsys.publish;

import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Release;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Promotes: find the release in the other store, ask whether anything is to be done, copy it here by its digests, and ship
 * the copy as any build. What the other store does meanwhile can only make the copy fail.
 */
final class Promoting {
    static final String ORIGIN = "promoted_from";

    private final BlobStore target;
    private final TrustList trust;
    private final Shipping shipping;
    private final Duration callTimeout;
    private final Duration artifactTimeout;

    Promoting(BlobStore target, TrustList trust, Shipping shipping, Duration callTimeout, Duration artifactTimeout) {
        this.target = target;
        this.trust = trust;
        this.shipping = shipping;
        this.callTimeout = callTimeout;
        this.artifactTimeout = artifactTimeout;
    }

    Release promote(PromoteRequest request) {
        requireTwoStores(request);
        Pointer release = release(request);
        Path folder = newFolder();
        try {
            ShipRequest ship = request.toShip(describe(request, release, folder));
            return shipping.alreadyCurrent(ship).orElseGet(() -> {
                copy(request, release.manifest().value(), ship.build());
                return shipping.ship(ship);
            });
        } finally {
            deleteQuietly(folder);
        }
    }

    private void requireTwoStores(PromoteRequest request) {
        if (request.source().location().equals(target.location())) {
            throw new IllegalArgumentException("the source and the target are both " + target.location()
                    + "; a release is promoted to another store. Within one, roll back to it.");
        }
    }

    /** Returns the revision that shipped the release in the source. */
    private Pointer release(PromoteRequest request) {
        BlobStore source = request.source();
        PointerReads reads = new PointerReads(source, request.sourceTrust(trust), callTimeout);
        ReleaseHistory releases = new ReleaseHistory(reads);
        StoredPointer current = releases.current(request.scope());
        reads.requireNotPutBack(current.pointer());
        PointerCodec.requireWritable("Pointer of " + request.scope() + " in " + source.location(), current.bytes());
        long id = request.release().orElse(current.pointer().release());
        Pointer release = releases.release(current.pointer(), id);
        requireNotAccused(request, current.pointer(), release);
        return release;
    }

    /** What was rolled back there is no better here. */
    private static void requireNotAccused(PromoteRequest request, Pointer current, Pointer release) {
        if (ReleaseHistory.isQuarantined(current, release) && !request.overrides(Gate.QUARANTINED)) {
            throw new RefusedException(
                    request.scope(),
                    List.of(new Refusal(
                            Gate.QUARANTINED.toString(),
                            "release " + release.release() + " was rolled back in "
                                    + request.source().location() + ". Promote another one.")));
        }
    }

    /** Returns the release as a build whose files are yet to come. */
    private static Build describe(PromoteRequest request, Pointer release, Path folder) {
        Manifest manifest = release.manifest().value();
        List<BuiltArtifact> artifacts = new ArrayList<>();
        manifest.artifacts().forEach((type, ref) -> {
            ArtifactLoader.readable(request.scope(), manifest, type);
            artifacts.add(built(type, ref, folder.resolve(type.name() + BuildFolder.EXTENSION)));
        });
        SortedMap<String, String> evidence = new TreeMap<>(manifest.evidence());
        evidence.remove(Shipping.PREVIEW); // it compared with what was current there
        evidence.put(
                ORIGIN,
                request.source().location() + ", revision " + release.epoch() + "/" + release.seq() + ", release "
                        + release.release());
        return new Build(request.scope(), manifest.compatibilityGroup(), artifacts, evidence);
    }

    private static BuiltArtifact built(ArtifactType type, ArtifactRef ref, Path file) {
        return new BuiltArtifact(
                type,
                file,
                ref.sha256(),
                ref.sizeBytes(),
                ref.format(),
                ref.rows(),
                ref.window(),
                ref.watermark(),
                ref.counts());
    }

    /** Copies each artifact, and compares its length and digest with the manifest's. */
    private void copy(PromoteRequest request, Manifest manifest, Build build) {
        ArtifactLoader loader = new ArtifactLoader(request.source(), artifactTimeout);
        for (BuiltArtifact artifact : build.artifacts().values()) {
            ArtifactRef ref = ArtifactLoader.readable(request.scope(), manifest, artifact.type());
            try (OutputStream out = Files.newOutputStream(artifact.file())) {
                loader.copyTo(ref, out);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Cannot keep a temporary copy of artifact " + ref.key() + " (" + ref.sizeBytes()
                                + " bytes); is the folder for temporary files writable, with room?",
                        e);
            }
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("recsys-promote-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder for the copies", e);
        }
    }

    private static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
