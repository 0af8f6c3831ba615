package dev.recsys.internal.artifact;

import dev.recsys.DamagedException;
import dev.recsys.artifact.ArtifactRef;
import java.io.IOException;
import java.io.OutputStream;

/** Takes no more bytes than an artifact has, so that a store that keeps to no limit fills no disk. */
final class BoundedOutput extends OutputStream {
    private final ArtifactRef ref;
    private final OutputStream out;
    private long room;

    BoundedOutput(ArtifactRef ref, OutputStream out) {
        this.ref = ref;
        this.out = out;
        this.room = ref.sizeBytes();
    }

    @Override
    public void write(int b) throws IOException {
        take(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int count) {
        room -= count;
        if (room < 0) {
            throw new DamagedException("Artifact " + ref.key() + " is longer than the " + ref.sizeBytes()
                    + " bytes that the manifest expects. Roll back to another release, or ship the build again.");
        }
    }
}
