package dev.recsys.store.fs;

import java.nio.file.Path;

/** A store on a simulated disk that, when the power goes, loses everything that was not synced. */
class SimulatedDiskHarness extends FileHarness {
    private final SimulatedDisk disk;

    SimulatedDiskHarness(SimulatedDisk disk) {
        super(Path.of("/store"), disk);
        this.disk = disk;
    }

    @Override
    public void losePower() {
        disk.losePower(() -> false);
    }
}
