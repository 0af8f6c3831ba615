package dev.recsys.store.s3;

import dev.recsys.testkit.BlobStoreContract;
import dev.recsys.testkit.StoreHarness;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** The contract, through the SDK over HTTP. */
final class S3BlobStoreTest extends BlobStoreContract {
    private static final String DURABILITY = "S3 promises durability; a server in memory has none to test";

    @Override
    protected StoreHarness newHarness() {
        return new S3Harness();
    }

    @Test
    @Override
    @Disabled(DURABILITY)
    public void anAppliedSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled(DURABILITY)
    public void theVeryFirstSwapSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled(DURABILITY)
    public void aCreatedBlobSurvivesALossOfPower() {}

    @Test
    @Override
    @Disabled(DURABILITY)
    public void aDeletedBlobStaysDeletedOrIsWholeAfterALossOfPower() {}

    @Test
    @Override
    @Disabled(DURABILITY)
    public void theNextSwapGoesOnFromTheLastOneAfterALossOfPower() {}
}
