package dev.recsys.store.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.recsys.testkit.BlobStoreContract;
import dev.recsys.testkit.StoreHarness;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The control of the durability tests: on a disk whose sync does nothing they fail, and only they. */
final class LyingDiskTest {
    @Test
    void withoutSyncOfFilesOnlyTheDurabilityLineFails() {
        assertThat(failingLines(WithoutFileSync.class)).containsExactly("DurabilityLine");
    }

    @Test
    void withoutSyncOfFoldersOnlyTheDurabilityLineFails() {
        assertThat(failingLines(WithoutFolderSync.class)).containsExactly("DurabilityLine");
    }

    private static Set<String> failingLines(Class<? extends BlobStoreContract> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(LyingDiskTest::lineOf)
                .collect(Collectors.toSet());
    }

    private static String lineOf(Event failed) {
        MethodSource source =
                (MethodSource) failed.getTestDescriptor().getSource().orElseThrow();
        return source.getJavaMethod().getDeclaringClass().getSimpleName();
    }

    static final class WithoutFileSync extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return new LyingHarness(SimulatedDisk.Lie.FILE_SYNC);
        }
    }

    static final class WithoutFolderSync extends BlobStoreContract {
        @Override
        protected StoreHarness newHarness() {
            return new LyingHarness(SimulatedDisk.Lie.FOLDER_SYNC);
        }
    }

    /** The store is made on an honest disk's terms first: only what comes after is lost. */
    private static final class LyingHarness extends SimulatedDiskHarness {
        LyingHarness(SimulatedDisk.Lie lie) {
            super(new SimulatedDisk(EnumSet.of(lie)));
        }

        @Override
        public int rounds() {
            return 3;
        }
    }
}
