package dev.recsys.testkit;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** The store in memory, its outages and losses played by {@link FaultyBlobStore}, which thereby passes the contract too. */
final class MemoryBlobStoreTest extends BlobStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new FaultyHarness((wire, server) -> wire, Integer.getInteger("recsys.contract.rounds", 200));
    }

    @Test
    @Override
    @Disabled("memory has no wire or disk whose bytes could end early")
    public void aBodyThatEndsEarlyIsDetectedByARead() {}

    @Test
    @Override
    @Disabled("memory has no wire or disk whose bytes could end early")
    public void aBodyThatEndsEarlyIsDetectedByACopy() {}

    @Test
    @Override
    @Disabled("memory forgets everything when the power goes")
    public void anAppliedSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("memory forgets everything when the power goes")
    public void theVeryFirstSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("memory forgets everything when the power goes")
    public void aCreatedBlobSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled("memory forgets everything when the power goes")
    public void aDeletedBlobStaysDeletedOrIsWholeAfterALossOfPower() {}

    @Test
    @Override
    @Disabled("memory forgets everything when the power goes")
    public void theNextSwapGoesOnFromTheLastOneAfterALossOfPower() {}
}
