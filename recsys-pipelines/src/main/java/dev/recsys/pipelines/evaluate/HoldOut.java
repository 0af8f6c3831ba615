package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.SessionSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is trained on and what is asked afterwards, by a {@link Protocol}. Immutable. */
public final class HoldOut {
    /** The last fifth of the events by time: what is held out inside training for a choice. */
    public static final Split INSIDE = Split.parse("80%");

    private final Protocol protocol;
    private final Events train;
    private final Optional<Instant> split;
    private final Function<KnownItems, Questions> questions;
    private final Supplier<HoldOut> inside;

    private HoldOut(
            Protocol protocol,
            Events train,
            Optional<Instant> split,
            Function<KnownItems, Questions> questions,
            Supplier<HoldOut> inside) {
        this.protocol = protocol;
        this.train = train;
        this.split = split;
        this.questions = questions;
        this.inside = inside;
    }

    /**
     * Splits events at an instant.
     *
     * @param protocol one of those that are temporal
     * @throws IllegalArgumentException if it is none of them, or there is no event to split
     */
    public static HoldOut at(Split split, Protocol protocol, Events events, SessionSettings sessions) {
        Instant instant = split.of(events);
        Events train = events.before(instant);
        return new HoldOut(
                protocol,
                train,
                Optional.of(instant),
                items -> switch (protocol) {
                    case BASKET -> new BasketQuestions(events, Baskets.of(events, sessions), instant, items);
                    case NEXT_ITEM -> new SessionQuestions(events, sessions, instant, items);
                    case NEXT_PERIOD -> UserQuestions.ordered(train, from(instant, events), items, true);
                    default -> throw new IllegalArgumentException(protocol.publicName() + " has no split by time");
                },
                () -> at(INSIDE, protocol, train, sessions));
    }

    /** Holds out each user's last item, see {@link Protocol#LEAVE_LAST_OUT}. */
    public static HoldOut lastItems(Events events) {
        LastItems last = new LastItems(events);
        Events train = last.train();
        return new HoldOut(
                Protocol.LEAVE_LAST_OUT,
                train,
                Optional.empty(),
                items -> UserQuestions.ordered(train, last.test(), items, false),
                () -> lastItems(train));
    }

    /**
     * Takes a split that was made elsewhere, see {@link Protocol#RANKING}. For a choice inside training, a fifth of each
     * user's items is held out: the last fifth of all events by time, or, where all events have one time, what a hash of
     * the user's and the item's ids says.
     *
     * @param test users have the numbers that they have in {@code train}
     */
    public static HoldOut given(Events train, Events test) {
        return new HoldOut(
                Protocol.RANKING,
                train,
                Optional.empty(),
                items -> UserQuestions.unordered(train, test, items),
                () -> insideGiven(train));
    }

    /** Returns the protocol. */
    public Protocol protocol() {
        return protocol;
    }

    /** Returns what is trained on. */
    public Events train() {
        return train;
    }

    /** Returns where test begins, if it begins at an instant. */
    public Optional<Instant> split() {
        return split;
    }

    /** Holds out the last part of training by the same protocol, for choices that must not see the test. */
    public HoldOut inside() {
        return inside.get();
    }

    Questions questions(KnownItems items) {
        return questions.apply(items);
    }

    private static Events from(Instant split, Events events) {
        long millis = split.toEpochMilli();
        return events.where(event -> events.millis(event) >= millis);
    }

    private static HoldOut insideGiven(Events train) {
        if (train.oldest().equals(train.newest())) {
            HashedShare share = new HashedShare(train);
            return given(train.where(event -> !share.has(event)), train.where(share::has));
        }
        Instant instant = INSIDE.of(train);
        return given(train.before(instant), from(instant, train));
    }
}
