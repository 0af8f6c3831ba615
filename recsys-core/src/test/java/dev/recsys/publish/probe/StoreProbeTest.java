package dev.recsys.publish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.UnsafeStoreException;
import dev.recsys.publish.probe.StoreVerdict.Finding;
import dev.recsys.publish.probe.StoreVerdict.Outcome;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class StoreProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Set<StoreRule> NOT_TRIED =
            EnumSet.of(StoreRule.ONE_ATTEMPT, StoreRule.DURABLE, StoreRule.LIFECYCLE);

    private final MemoryBlobStore memory = MemoryBlobStore.open();

    private List<String> paths() {
        return memory.list("", "", 1000, TIMEOUT).stream().map(BlobKey::path).toList();
    }

    @Test
    void aSoundStoreKeepsEveryRuleThatCanBeTried() {
        StoreVerdict verdict = StoreProbe.thorough().run(memory::anotherEndpoint);

        assertThat(verdict.isSound()).isTrue();
        assertThat(verdict.recorded()).isTrue();
        assertThat(verdict.findings()).extracting(Finding::rule).containsExactly(StoreRule.values());
        assertThat(verdict.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.NOT_TRIED)
                .extracting(Finding::rule)
                .containsExactlyElementsOf(NOT_TRIED);
        assertThatCode(verdict::requireSound).doesNotThrowAnyException();
    }

    @Test
    void oneEndpointIsEnough() {
        assertThat(StoreProbe.quick().run(memory).isSound()).isTrue();
        assertThat(memory.list("", "", 1, TIMEOUT))
                .as("the store is still open")
                .isNotEmpty();
    }

    @Test
    void theLinesOfTheRulesAreThoseOfTheContract() {
        assertThat(Arrays.stream(StoreRule.values()).map(StoreRule::line))
                .isSorted()
                .contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    /**
     * A store that breaks rules.
     *
     * @param name what it does wrong
     * @param store how it is made of a sound one
     * @param rules what it is refused for, at least
     */
    record Unsafe(String name, UnaryOperator<BlobStore> store, Set<StoreRule> rules) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Unsafe> unsafeStores() {
        return Stream.of(
                new Unsafe(
                        "ignores the condition",
                        UnsafeStores.IgnoresTheCondition::new,
                        EnumSet.of(
                                StoreRule.ONE_WINNER, StoreRule.STALE_SWAP, StoreRule.ABSENT_ONCE, StoreRule.ABSENT)),
                new Unsafe(
                        "overwrites where nothing is expected",
                        UnsafeStores.OverwritesWhereNothingIsExpected::new,
                        EnumSet.of(StoreRule.ABSENT_ONCE)),
                new Unsafe(
                        "now and then lets two write what was not there",
                        UnsafeStores.LetsTwoWriteNowAndThen::new,
                        EnumSet.of(StoreRule.ONE_WINNER)),
                new Unsafe("checks, then acts", UnsafeStores.ChecksThenActs::new, EnumSet.of(StoreRule.ONE_WINNER)),
                new Unsafe("loses swaps", UnsafeStores.LosesSwaps::new, EnumSet.of(StoreRule.NO_LOST_SWAP)),
                new Unsafe(
                        "names versions weakly",
                        UnsafeStores.NamesVersionsWeakly::new,
                        EnumSet.of(StoreRule.DISTINCT_VERSIONS, StoreRule.STALE_SWAP, StoreRule.NOT_MODIFIED)),
                new Unsafe(
                        "answers another version",
                        UnsafeStores.AnswersAnotherVersion::new,
                        EnumSet.of(StoreRule.APPLIED_SWAP)),
                new Unsafe(
                        "unlinks before it renames",
                        UnsafeStores.UnlinksBeforeItRenames::new,
                        EnumSet.of(StoreRule.WHOLE_READS)),
                new Unsafe("never says absent", UnsafeStores.NeverSaysAbsent::new, EnumSet.of(StoreRule.ABSENT)),
                new Unsafe("caches absence", UnsafeStores.CachesAbsence::new, EnumSet.of(StoreRule.SEEN_EVERYWHERE)),
                new Unsafe(
                        "reads through a cache",
                        UnsafeStores.ReadsThroughACache::new,
                        EnumSet.of(StoreRule.SEEN_EVERYWHERE)),
                new Unsafe(
                        "overwrites on create",
                        UnsafeStores.OverwritesOnCreate::new,
                        EnumSet.of(StoreRule.CREATE_ONCE, StoreRule.ONE_CREATOR)),
                new Unsafe("cuts long blobs", UnsafeStores.CutsLongBlobs::new, EnumSet.of(StoreRule.BYTE_EXACT)),
                new Unsafe(
                        "always sends the body",
                        UnsafeStores.AlwaysSendsTheBody::new,
                        EnumSet.of(StoreRule.NOT_MODIFIED)),
                new Unsafe("ignores the limit", UnsafeStores.IgnoresTheLimit::new, EnumSet.of(StoreRule.BYTE_LIMIT)),
                new Unsafe("lists one page only", UnsafeStores.ListsOnePageOnly::new, EnumSet.of(StoreRule.LISTING)),
                new Unsafe("lists in any order", UnsafeStores.ListsInAnyOrder::new, EnumSet.of(StoreRule.LISTING)),
                new Unsafe("deletes later", UnsafeStores.DeletesLater::new, EnumSet.of(StoreRule.DELETE)));
    }

    @ParameterizedTest
    @MethodSource("unsafeStores")
    void anUnsafeStoreIsRefusedByTheNameOfTheRuleThatItBreaks(Unsafe unsafe) {
        StoreProbe probe = StoreProbe.quick().patience(Duration.ofSeconds(10));

        StoreVerdict verdict = probe.run(() -> unsafe.store().apply(memory.anotherEndpoint()));

        assertThat(verdict.broken())
                .as("%s", verdict.findings())
                .extracting(Finding::rule)
                .containsAll(unsafe.rules());
        unsafe.rules()
                .forEach(rule -> assertThatThrownBy(verdict::requireSound)
                        .isInstanceOf(UnsafeStoreException.class)
                        .hasMessageContaining(rule + " (line " + rule.line() + ": " + rule.sentence() + "). Found: "));
    }

    @Test
    void everyRuleThatIsTriedIsBrokenByAStore() {
        Set<StoreRule> broken =
                unsafeStores().flatMap(unsafe -> unsafe.rules().stream()).collect(Collectors.toSet());

        assertThat(broken).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(NOT_TRIED)));
    }

    @Test
    void aStoreThatIsUsedByOneWriterAtATimeOnlyLooksSoundUntilItIsRaced() {
        StoreVerdict verdict = StoreProbe.quick().run(() -> new UnsafeStores.ChecksThenActs(memory.anotherEndpoint()));

        assertThat(verdict.findings())
                .filteredOn(finding -> finding.rule() == StoreRule.STALE_SWAP)
                .extracting(Finding::outcome)
                .containsExactly(Outcome.KEPT);
        assertThat(verdict.isSound()).isFalse();
    }

    @Test
    void whatAProbeLeavesLiesWhereNoTenantCanBe() {
        StoreProbe.quick().run(memory::anotherEndpoint);

        assertThat(paths())
                .hasSize(1 + 1 + 10) // the verdict, the run's register, one for each round
                .allMatch(path -> path.matches("_recsys/probe/(verdict|run)/[^/]+/(round-[0-9]+/)?current"));
    }

    @Test
    void aSoundVerdictIsTakenFromTheStoreWithoutAnotherProbe() {
        StoreProbe.quick().run(memory::anotherEndpoint);
        List<String> before = paths();

        StoreProbe.quick().requireSound(memory, () -> {
            throw new AssertionError("probed again");
        });

        assertThat(paths()).isEqualTo(before);
    }

    @Test
    void withoutAVerdictTheStoreIsProbedOnce() {
        AtomicInteger opened = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            StoreProbe.quick().requireSound(memory, () -> {
                opened.incrementAndGet();
                return memory.anotherEndpoint();
            });
        }

        assertThat(opened).hasValue(3); // the endpoints of the first call
    }

    @Test
    void aBrokenVerdictStandsUntilAProbeFindsTheStoreSound() {
        BlobStore broken = new UnsafeStores.ChecksThenActs(memory);
        assertThatThrownBy(() -> StoreProbe.quick().requireSound(broken))
                .isInstanceOf(UnsafeStoreException.class)
                .hasMessageContaining("one-winner (line 3");

        assertThatThrownBy(() -> StoreProbe.quick().requireSound(memory))
                .isInstanceOf(UnsafeStoreException.class)
                .hasMessageContaining("one-winner (line 3")
                .hasMessageContaining("swaps from one version were applied");

        assertThat(StoreProbe.quick().run(memory).isSound()).isTrue();
        assertThatCode(() -> StoreProbe.quick().requireSound(memory)).doesNotThrowAnyException();
    }

    @Test
    void aVerdictOnAnotherPlaceDoesNotCount() {
        StoreProbe.quick().run(memory);
        BlobStore copied = new ForwardingStore(memory) {
            @Override
            public String location() {
                return "elsewhere";
            }
        };
        int before = paths().size();

        StoreProbe.quick().requireSound(copied);

        assertThat(paths()).as("probed again, with a verdict of its own").hasSize(before + 12);
    }

    @Test
    void theRecordSaysHowThoroughTheRunWas() {
        StoreProbe.quick().rounds(3).writers(4).run(memory::anotherEndpoint);

        ReadResult record = memory.read(ProbeKeys.verdict(memory.location()), BlobVersion.ABSENT, 1 << 16, TIMEOUT);
        assertThat(new String(((ReadResult.Found) record).blob().bytes(), StandardCharsets.UTF_8))
                .contains("\"rounds\":3,\"writers\":4")
                .contains("{\"rule\":\"one-winner\",\"tried\":\"the first swap of a register;"
                        + " 3 rounds of 4 writers through 3 endpoints, ");
    }

    @Test
    void aVerdictThatCannotBeReadIsNone() {
        BlobKey key = ProbeKeys.verdict(memory.location());
        memory.compareAndSet(key, BlobVersion.ABSENT, "junk".getBytes(StandardCharsets.UTF_8), TIMEOUT);

        StoreProbe.quick().requireSound(memory);

        assertThat(ProbeRecord.read(memory, TIMEOUT)).contains(new ProbeRecord(List.of()));
    }

    @Test
    void aStoreWithoutAnswerIsNeitherSoundNorBroken() {
        BlobStore silent = new ForwardingStore(memory) {
            @Override
            public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                return new SwapResult.Unknown(new IllegalStateException("no answer"));
            }
        };

        assertThatThrownBy(
                        () -> StoreProbe.quick().patience(Duration.ofMillis(1)).run(silent))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(memory.location());
        assertThat(paths()).isEmpty();
    }

    @Test
    void aStoreThatRefusesForGoodIsNotWaitedFor() {
        AtomicInteger calls = new AtomicInteger();
        for (int taken : new int[] {0, 5, 100, 200}) { // alone, in the first race, in a later one, in the increments
            calls.set(0);
            BlobStore full = new ForwardingStore(memory) {
                @Override
                public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                    return calls.incrementAndGet() <= taken
                            ? super.compareAndSet(register, expected, body, timeout)
                            : new SwapResult.NotSent(new StoreDeniedException("the disk is full"));
                }
            };

            assertThatThrownBy(() -> StoreProbe.quick().run(full))
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining(memory.location())
                    .hasMessageContaining("the disk is full");
            assertThat(calls.get()).isLessThanOrEqualTo(taken + 2 * 8);
        }
    }

    @Test
    void answersThatAreLostOnTheWireDoNotMakeAStoreUnsafe() {
        AtomicInteger calls = new AtomicInteger();
        BlobStore lossy = new ForwardingStore(memory) {
            @Override
            public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
                SwapResult result = super.compareAndSet(register, expected, body, timeout);
                return calls.incrementAndGet() % 5 == 0
                        ? new SwapResult.Unknown(new IllegalStateException("lost"))
                        : result;
            }
        };

        StoreVerdict verdict = StoreProbe.quick().run(lossy);

        assertThat(verdict.broken()).isEmpty();
    }

    @Test
    void settingsThatTryNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreProbe.quick().rounds(0))
                .withMessageContaining("rounds is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> StoreProbe.quick().writers(2));
        assertThatIllegalArgumentException().isThrownBy(() -> StoreProbe.quick().largestBlobBytes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> StoreProbe.quick().listedBlobs(0));
        assertThatIllegalArgumentException().isThrownBy(() -> StoreProbe.quick().patience(Duration.ZERO));
    }
}
