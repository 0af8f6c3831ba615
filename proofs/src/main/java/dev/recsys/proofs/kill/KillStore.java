package dev.recsys.proofs.kill;

import dev.recsys.proofs.wire.Cloud;
import java.nio.file.Path;
import java.util.Locale;

/** What the processes publish to, and how long it is worth to let one live. */
enum KillStore {
    /** A folder on this machine. */
    FOLDER(12, "64m") {
        @Override
        Ground create(Path folder) {
            return FolderGround.createAt(folder);
        }
    },
    /** A server of S3; a JVM with an SDK takes seconds to start, and so lives for longer. */
    S3(24, "128m") {
        @Override
        Ground create(Path folder) {
            return new CloudGround(Cloud.Kind.S3.start());
        }
    },
    /** A server of Google Cloud Storage. */
    GCS(24, "128m") {
        @Override
        Ground create(Path folder) {
            return new CloudGround(Cloud.Kind.GCS.start());
        }
    };

    private final int longestLife;
    private final String heap;

    KillStore(int longestLife, String heap) {
        this.longestLife = longestLife;
        this.heap = heap;
    }

    /** Reads back what {@link #toString} wrote. */
    static KillStore parse(String name) {
        for (KillStore store : values()) {
            if (store.toString().equals(name)) {
                return store;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no store to kill over; expected folder, s3 or gcs");
    }

    /** Makes an empty store. */
    abstract Ground create(Path folder);

    /** Returns how many operations a process brings to an end at most before it may be killed. */
    int longestLife() {
        return longestLife;
    }

    /** Returns the largest heap of a process, as the JVM's option has it. */
    String heap() {
        return heap;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
