package dev.recsys.store.fs;

import dev.recsys.testkit.BlobStoreContract;
import dev.recsys.testkit.StoreHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the disk of this machine. */
final class FileBlobStoreTest extends BlobStoreContract {
    @TempDir
    private Path root;

    @Override
    protected StoreHarness newHarness() {
        return new FileHarness(root, new RealDisk());
    }

    @Test
    @Override
    @Disabled("a test cannot cut this machine's power; SimulatedDiskContractTest runs it")
    public void anAppliedSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("a test cannot cut this machine's power; SimulatedDiskContractTest runs it")
    public void theVeryFirstSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("a test cannot cut this machine's power; SimulatedDiskContractTest runs it")
    public void aCreatedBlobSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("a test cannot cut this machine's power; SimulatedDiskContractTest runs it")
    public void aDeletedBlobStaysDeletedOrIsWholeAfterALossOfPower() {}

    @Test
    @Override
    @Disabled("a test cannot cut this machine's power; SimulatedDiskContractTest runs it")
    public void theNextSwapGoesOnFromTheLastOneAfterALossOfPower() {}
}
