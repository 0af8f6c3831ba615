package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.ConflictException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.control.PublishListener;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishListenerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final Recording heard = new Recording();
    private final Recording heardByOther = new Recording();
    private final ManifestPublisher publisher =
            publishers.builder(faulty, "mine").listener(heard).build();
    private final ManifestPublisher other =
            publishers.builder(store, "other").listener(heardByOther).build();

    @TempDir
    private Path directory;

    private Builds builds;

    /** Remembers what it was asked and told, and refuses or fails where a test says so. */
    private static final class Recording implements PublishListener {
        private final List<String> asked = new ArrayList<>();
        private final List<Revision> told = new ArrayList<>();
        private final List<Optional<Revision>> before = new ArrayList<>();
        private boolean refuses;
        private boolean fails;

        @Override
        public void permit(Scope scope, String action, String by) {
            asked.add(action + " of " + scope + " by " + by);
            if (refuses) {
                throw new RefusedException(scope, List.of(new Refusal("mood", "not today")));
            }
        }

        @Override
        public void published(Revision revision, Optional<Revision> previous) {
            told.add(revision);
            before.add(previous);
            if (fails) {
                throw new StackOverflowError("as deep as it gets");
            }
        }

        private List<String> kinds() {
            return told.stream().map(revision -> revision.operation().kind()).toList();
        }

        private void forget() {
            asked.clear();
            told.clear();
            before.clear();
        }
    }

    @BeforeEach
    void shipOnce() {
        builds = new Builds(directory);
        ship(1);
    }

    private Release ship(int salt) {
        return publisher.ship(
                ShipRequest.of(SCOPE, builds.both(10, salt), "ship " + salt).createSurface());
    }

    private OutcomeUnknownException unknownShip(Fault fault) {
        faulty.always(StoreCall.SWAP, fault);
        faulty.beforeNext(StoreCall.SWAP, () -> faulty.always(StoreCall.READ, Fault.UNAVAILABLE)); // or it is found out
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> ship(2));
        faulty.heal();
        return unknown;
    }

    @Test
    void aFirstShipIsToldWithNothingBeforeItAndTheNextWithTheFirst() {
        ship(2);

        assertThat(heard.told).extracting(Revision::seq).containsExactly(1L, 2L);
        assertThat(heard.before.get(0)).isEmpty();
        assertThat(heard.before.get(1))
                .get()
                .extracting(Revision::tx)
                .isEqualTo(heard.told.get(0).tx());
    }

    @Test
    void everyOperationThatWritesIsAskedByItsNameAndToldOnce() {
        heard.forget();
        publisher.createSurface("acme", "cart", "new");
        ship(2);
        publisher.hold("acme", "home", "look", Optional.empty());
        publisher.unhold("acme", "home", "looked");
        publisher.pin("acme", "home", 1, "good");
        publisher.unpin("acme", "home", 1, "not so good");
        publisher.rollback("acme", "home", "bad");
        publisher.newEpoch("acme", "home", "restored");
        publisher.collect(CollectRequest.of(SCOPE, "tidy").keepReleases(1).keepFor(Duration.ZERO));

        List<String> actions =
                List.of("create", "ship", "hold", "unhold", "pin", "unpin", "rollback", "new-epoch", "collect");
        assertThat(heard.asked)
                .containsExactlyElementsOf(actions.stream()
                        .map(action -> action + " of acme/" + (action.equals("create") ? "cart" : "home") + " by mine")
                        .toList());
        assertThat(heard.kinds()).containsExactlyElementsOf(actions);
        assertThat(heard.before.subList(1, actions.size()))
                .allSatisfy(before -> assertThat(before).isPresent());
    }

    @Test
    void aPromotionIsAskedAndToldAsOne() {
        ManifestPublisher target = publishers
                .builder(MemoryBlobStore.open(), "release-manager")
                .listener(heardByOther)
                .build();

        target.promote(PromoteRequest.from(store, SCOPE, "tested").createSurface());

        assertThat(heardByOther.asked).containsExactly("promote of acme/home by release-manager");
        assertThat(heardByOther.kinds()).containsExactly("promote");
    }

    @Test
    void whatIsRefusedDoesNotTouchTheStore() {
        heard.forget();
        heard.refuses = true;
        int before = calls();

        List<Runnable> operations = List.of(
                () -> publisher.createSurface("acme", "cart", "new"),
                () -> ship(2),
                () -> publisher.promote(PromoteRequest.from(MemoryBlobStore.open(), SCOPE, "tested")),
                () -> publisher.rollback("acme", "home", "bad"),
                () -> publisher.hold("acme", "home", "look", Optional.empty()),
                () -> publisher.unhold("acme", "home", "looked"),
                () -> publisher.pin("acme", "home", 1, "good"),
                () -> publisher.unpin("acme", "home", 1, "bad"),
                () -> publisher.newEpoch("acme", "home", "restored"),
                () -> publisher.newEpoch("acme", "home", 1, "restored"),
                () -> publisher.collect(CollectRequest.of(SCOPE, "tidy")));

        assertThat(operations)
                .allSatisfy(operation -> assertThatThrownBy(operation::run)
                        .isInstanceOf(RefusedException.class)
                        .hasMessage("Refused for " + (operation == operations.get(0) ? "acme/cart" : "acme/home")
                                + ": [mood] not today"));
        assertThat(calls()).isEqualTo(before);
        assertThat(heard.told).isEmpty();
    }

    private int calls() {
        int calls = 0;
        for (StoreCall call : StoreCall.values()) {
            calls += faulty.count(call);
        }
        return calls;
    }

    @Test
    void listenersAreAskedInTheirOrderAndTheFirstRefusalIsTheLastQuestion() {
        heardByOther.refuses = true;
        Recording third = new Recording();
        heard.forget();
        ManifestPublisher watched = publishers
                .builder(store, "watched")
                .listener(heard)
                .listener(heardByOther)
                .listener(third)
                .build();

        assertThatThrownBy(() -> watched.rollback("acme", "home", "bad")).isInstanceOf(RefusedException.class);

        assertThat(heard.asked).hasSize(1);
        assertThat(third.asked).isEmpty();
    }

    @Test
    void whatReadsAndADryRunAreNotAsked() {
        heard.forget();
        publisher.current("acme", "home");
        publisher.history("acme", "home", 10);
        publisher.verify("acme", "home");
        publisher.collect(CollectRequest.of(SCOPE, "look").dryRun());

        assertThat(heard.asked).isEmpty();
    }

    @Test
    void whatChangesNothingTellsNothing() {
        heard.forget();
        ship(1);
        publisher.unhold("acme", "home", "none stands");
        publisher.unpin("acme", "home", 1, "not pinned");
        publisher.collect(CollectRequest.of(SCOPE, "nothing to do"));

        assertThat(heard.asked).hasSize(4);
        assertThat(heard.told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REPLY_LOST", "REQUEST_LOST", "UNAVAILABLE"})
    void aSwapThatIsTriedAgainIsToldOnce(Fault fault) {
        heard.forget();
        faulty.next(StoreCall.SWAP, fault);

        ship(2);

        assertThat(heard.kinds()).containsExactly("ship");
        assertThat(heard.asked).hasSize(1);
    }

    @Test
    void anOperationThatStartsAgainIsAskedOnceAndToldOfWhatItReplaced() {
        heard.forget();
        faulty.beforeNext(StoreCall.SWAP, () -> other.pin("acme", "home", 1, "good"));

        ship(2);

        assertThat(heard.asked).hasSize(1);
        assertThat(heard.kinds()).containsExactly("ship");
        assertThat(heard.before.get(0).orElseThrow().operation().kind()).isEqualTo("pin");
        assertThat(heardByOther.kinds()).containsExactly("pin");
    }

    @Test
    void whatIsLostIsNotTold() {
        heard.forget();
        faulty.beforeNext(StoreCall.SWAP, () -> other.hold("acme", "home", "wait", Optional.empty()));

        assertThatThrownBy(() -> ship(2)).isInstanceOf(ConflictException.class);

        assertThat(heard.told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REPLY_LOST", "REQUEST_LOST"})
    void anUnknownShipIsToldByWhoeverResumesItAndOnceHoweverOftenThatIs(Fault fault) {
        String first = heard.told.get(0).tx();
        heard.forget();
        OutcomeUnknownException unknown = unknownShip(fault);
        assertThat(heard.told).isEmpty();

        other.resume(unknown.handle());
        other.resume(unknown.handle());
        other.abort(unknown.handle(), "too late");

        assertThat(heardByOther.told).hasSize(1);
        assertThat(heardByOther.told.get(0).operation().reason()).isEqualTo("ship 2");
        assertThat(heardByOther.before.get(0).orElseThrow().tx()).isEqualTo(first);
        assertThat(heard.told).isEmpty();
        assertThat(heardByOther.asked).isEmpty();
    }

    @Test
    void anAbortThatFencesTellsOfTheFenceAndNotOfWhatItFencedOff() {
        OutcomeUnknownException unknown = unknownShip(Fault.LATE);

        other.abort(unknown.handle(), "give up");
        faulty.landLate();
        other.resume(unknown.handle());

        assertThat(heardByOther.kinds()).containsExactly("fence");
    }

    @Test
    void aListenerThatFailsChangesNothingAndKeepsNothingFromTheNext() {
        heard.fails = true;
        ManifestPublisher watched = publishers
                .builder(store, "watched")
                .listener(heard)
                .listener(heardByOther)
                .build();

        Release release = watched.ship("acme", "home", builds.both(10, 2), "ship 2");

        assertThat(release.id()).isEqualTo(2);
        assertThat(heardByOther.kinds()).containsExactly("ship");
    }

    @Test
    void anEpochThatBeginsFromTheHistoryReplacesWhatCannotBeRead() {
        ship(2);
        heard.forget();
        var register = ScopeKeys.current(SCOPE);
        var spoiled = (ReadResult.Found) store.read(register, BlobVersion.ABSENT, 1 << 20, TIMEOUT);
        store.compareAndSet(register, spoiled.blob().version(), new byte[10], TIMEOUT);

        publisher.newEpoch("acme", "home", "spoiled");

        assertThat(heard.kinds()).containsExactly("new-epoch");
        assertThat(heard.before.get(0)).isEmpty();
    }
}
