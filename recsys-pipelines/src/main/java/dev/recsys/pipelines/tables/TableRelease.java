package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A build in a folder as a reader of a store sees a release: a pointer, and the blobs that its manifest names.
 *
 * @param version that of the pointer
 * @param pointer its bytes
 * @param blobs the files by key
 */
@SuppressWarnings("ArrayRecordComponent") // stays within this package, compared by nobody
record TableRelease(BlobVersion version, byte[] pointer, Map<BlobKey, Path> blobs) {
    /**
     * What it is called by.
     *
     * @param number that of the revision and of the release
     * @param id its identity
     * @param at when it was made
     */
    record Name(long number, String id, Instant at) {
        BlobVersion version() {
            return new BlobVersion(number + "-" + id);
        }
    }

    static TableRelease of(Build build, Name name, String by) {
        Scope scope = build.scope();
        Map<BlobKey, Path> blobs = new TreeMap<>();
        SortedMap<ArtifactType, ArtifactRef> refs = new TreeMap<>();
        for (BuiltArtifact artifact : build.artifacts().values()) {
            BlobKey key = ScopeKeys.artifact(scope, artifact.type(), artifact.sha256(), name.id());
            blobs.put(key, artifact.file());
            refs.put(
                    artifact.type(),
                    new ArtifactRef(
                            key,
                            artifact.sha256(),
                            artifact.sizeBytes(),
                            artifact.format(),
                            artifact.rows(),
                            artifact.window(),
                            artifact.watermark(),
                            artifact.counts()));
        }
        Manifest manifest = new Manifest(name.at(), refs, build.compatibilityGroup(), build.evidence());
        byte[] pointer = PointerCodec.encode(Pointer.ofTables(scope, name.number(), name.id(), manifest, by));
        return new TableRelease(name.version(), pointer, blobs);
    }
}
