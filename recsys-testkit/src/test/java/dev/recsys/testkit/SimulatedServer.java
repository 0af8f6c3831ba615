package dev.recsys.testkit;

/** Objects in memory with a disk below: what was not synced when the power goes is gone. */
final class SimulatedServer {
    private MemoryBlobStore memory = MemoryBlobStore.open();
    private MemoryBlobStore disk = memory.copy();

    synchronized MemoryBlobStore connect() {
        return memory.anotherEndpoint();
    }

    synchronized void sync() {
        disk = memory.copy();
    }

    synchronized void losePower() {
        memory = disk.copy();
    }
}
