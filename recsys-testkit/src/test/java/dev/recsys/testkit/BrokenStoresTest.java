package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A contract that cannot fail proves nothing: each broken store fails it, on the lines that it breaks and no other. */
final class BrokenStoresTest {
    /**
     * A broken store.
     *
     * @param contract the contract, run on it
     * @param lines the lines that it breaks
     * @param test the test that is made for what it does wrong
     */
    record Broken(Class<? extends BlobStoreContract> contract, Set<Integer> lines, String test) {
        @Override
        public String toString() {
            return contract.getSimpleName();
        }
    }

    static Stream<Broken> brokenStores() {
        return Stream.of(
                new Broken(
                        BrokenStores.CachesAbsence.class,
                        Set.of(1, 2),
                        "aCreatedBlobIsSeenByAnEndpointThatHadFoundItAbsent"),
                // what is absent for a moment is less than what was applied
                new Broken(
                        BrokenStores.UnlinksBeforeItRenames.class,
                        Set.of(1, 2),
                        "readersRacingWithSwapsSeeWholeBodiesAndAlwaysOne"),
                new Broken(BrokenStores.ChecksThenActs.class, Set.of(3), "ofManySwapsFromOneVersionOneIsApplied"),
                new Broken(
                        BrokenStores.IgnoresTheCondition.class,
                        Set.of(3, 4),
                        "aSwapFromAStaleVersionIsAMismatchAndChangesNothing"),
                // bodies of one length look unmodified, and what was swapped away looks current
                new Broken(
                        BrokenStores.NamesVersionsWeakly.class, Set.of(2, 3, 4, 9), "differentBytesNeverShareAVersion"),
                new Broken(
                        BrokenStores.RetriesSwaps.class, Set.of(5), "aSwapWhoseReplyIsLostIsUnknownThoughItTookEffect"),
                new Broken(
                        BrokenStores.RoundsNotSentToMismatch.class,
                        Set.of(6),
                        "aSwapThatDoesNotReachTheStorageIsNoMismatch"),
                // a timeout is an outage as well
                new Broken(BrokenStores.ReadsAnOutageAsAbsent.class, Set.of(7, 9), "anOutageIsNeverAbsent"),
                new Broken(
                        BrokenStores.OverwritesOnCreate.class,
                        Set.of(8),
                        "aSecondCreateAnswersTheLengthOfTheFirstAndTouchesNothing"),
                new Broken(BrokenStores.TruncatesReads.class, Set.of(9), "aBodyThatEndsEarlyIsDetectedByARead"),
                new Broken(BrokenStores.LiesAboutDurability.class, Set.of(10), "anAppliedSwapSurvivesALossOfPower"),
                new Broken(BrokenStores.ListsOnePageOnly.class, Set.of(11), "aListingIsCompleteAndOrdered"),
                new Broken(
                        BrokenStores.ForgetsTheInterrupt.class,
                        Set.of(12),
                        "aCreateOnAnInterruptedThreadLeavesAllOrNothingAndKeepsTheFlag"));
    }

    @ParameterizedTest
    @MethodSource("brokenStores")
    void aBrokenStoreFailsOnTheLinesThatItBreaks(Broken broken) {
        List<Method> failed = failedTests(broken.contract());

        assertThat(failed).extracting(Method::getName).contains(broken.test());
        Set<Integer> lines = failed.stream().map(BrokenStoresTest::lineOf).collect(Collectors.toSet());
        assertThat(lines).as("lines of %s", failed).containsExactlyInAnyOrderElementsOf(broken.lines());
    }

    @Test
    void everyLineIsBrokenByAStore() {
        Set<Integer> broken =
                brokenStores().flatMap(store -> store.lines().stream()).collect(Collectors.toSet());

        assertThat(broken)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
    }

    private static List<Method> failedTests(Class<? extends BlobStoreContract> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(BrokenStoresTest::methodOf)
                .toList();
    }

    private static Method methodOf(Event failed) {
        var source = (org.junit.platform.engine.support.descriptor.MethodSource)
                failed.getTestDescriptor().getSource().orElseThrow();
        return source.getJavaMethod();
    }

    private static int lineOf(Method test) {
        return Objects.requireNonNull(test.getDeclaringClass().getAnnotation(ContractLine.class))
                .value();
    }
}
