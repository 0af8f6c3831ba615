package dev.recsys.store.fs;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The simulated disk of the store's own tests with a store on it, for programs outside this package. */
public final class CrashingDisk {
    private static final Path ROOT = Path.of("/data/store");

    private final SimulatedDisk disk;

    private CrashingDisk(Set<SimulatedDisk.Lie> lies) {
        this.disk = new SimulatedDisk(lies);
    }

    /** What a disk makes durable. */
    public enum Kind {
        /** What was synced. */
        HONEST,
        /** Names, but no content of files. */
        WITHOUT_FILE_SYNC,
        /** Content of files, but no names. */
        WITHOUT_FOLDER_SYNC
    }

    /** Returns an empty disk. */
    public static CrashingDisk of(Kind kind) {
        return new CrashingDisk(
                switch (kind) {
                    case HONEST -> EnumSet.noneOf(SimulatedDisk.Lie.class);
                    case WITHOUT_FILE_SYNC -> EnumSet.of(SimulatedDisk.Lie.FILE_SYNC);
                    case WITHOUT_FOLDER_SYNC -> EnumSet.of(SimulatedDisk.Lie.FOLDER_SYNC);
                });
    }

    /** Opens the store as a process of its own would, which knows nothing of what others saw; makes it if need be. */
    public FileBlobStore open() {
        return FileBlobStore.create(ROOT, disk, System::nanoTime);
    }

    /** Lets the process that makes the k-th operation from now die before it. */
    public void dieAfter(int operations) {
        disk.dieAfter(operations);
    }

    /** Nobody dies any more. */
    public void live() {
        disk.dieAfter(Integer.MAX_VALUE);
    }

    /** Cuts the power and starts again; {@code keeps} is asked for everything that was not synced. */
    public void losePower(BooleanSupplier keeps) {
        disk.losePower(keeps);
    }

    /** Does what a process does, and returns whether it died. */
    public boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (SimulatedDisk.Died e) {
            return true;
        }
    }
}
