package dev.recsys.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.recsys.testkit.StoreHarness;
import dev.recsys.testserver.gcs.GcsServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A service that looks first and writes later fails the contract: that the fake's lock is what passes it. */
class RacyServerTest {
    /** The contract over a server without a lock; by its name no test of its own. */
    static final class OverARacyServer extends GcsBlobStoreTest {
        @Override
        protected StoreHarness newHarness() throws IOException {
            return GcsHarness.over(
                    GcsServer.withBucket(GcsHarness.BUCKET).racy().start(), 20);
        }
    }

    @Test
    void aServerWithoutALockFailsTheContractWhereSeveralWrite() {
        List<String> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OverARacyServer.class))
                .configurationParameter("junit.jupiter.execution.timeout.testable.method.default", "60 s")
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(RacyServerTest::nameOf)
                .toList();

        assertThat(failed)
                .contains("ofManySwapsOfAnAbsentRegisterOneIsApplied", "ofManySwapsFromOneVersionOneIsApplied")
                .isSubsetOf(
                        "ofManySwapsOfAnAbsentRegisterOneIsApplied",
                        "ofManySwapsFromOneVersionOneIsApplied",
                        "concurrentIncrementsLoseNone",
                        "ofManyCreatesOfOneKeyOneIsCreated");
    }

    private static String nameOf(Event failed) {
        return failed.getTestDescriptor().getDisplayName().replace("()", "");
    }
}
