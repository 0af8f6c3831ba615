package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.internal.rank.RankingPlan;
import dev.recsys.serve.ControlPlane.Said;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares what the requests of one surface rank by, and keeps it until something changes: the release, which brings its
 * own plan along; the configuration, the rules or the time, for which the first request that sees it pays; the items'
 * attributes, which are gone through in the background. One thread prepares at a time; others go on with what is there.
 */
final class Planner {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final Scope scope;
    private final ControlPlane controls;
    private final Preparation preparation;
    private final InstantSource clock;
    private final Executor background;
    private final ReentrantLock preparing = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean(); // asked for and not begun
    private volatile @Nullable Prepared prepared;
    private volatile boolean controlsWereAsked; // in the background, with or without success

    /**
     * A plan and what it was made of.
     *
     * @param snapshot the release
     * @param said what the control plane said
     * @param plan the plan
     * @param lacks what could not be had of it
     */
    record Prepared(Snapshot snapshot, Said said, RankingPlan plan, List<Degradation> lacks) {}

    Planner(Scope scope, ControlPlane controls, InstantSource clock, Executor background) {
        this.scope = scope;
        this.controls = controls;
        this.preparation = new Preparation(controls);
        this.clock = clock;
        this.background = background;
    }

    /** Forgets the plan, and with it the release. */
    void leave() {
        prepared = null;
    }

    /** Lets the control plane get what is configured for the surface. Never throws; may wait, and so not for requests. */
    void prepareControls() {
        preparation.of(scope);
        controlsWereAsked = true;
    }

    /**
     * Prepares the plan of a release before it serves, on the thread that loaded it; once the control plane was let get what
     * is configured for it.
     *
     * @param serve puts the release into service, and returns whether it serves now
     */
    boolean load(Snapshot snapshot, BooleanSupplier serve) {
        if (!controlsWereAsked) {
            prepareControls();
        }
        preparing.lock();
        try {
            Prepared before = prepared;
            Said said = controls.ask(scope, before == null ? null : before.said(), new ArrayList<>());
            Prepared next = prepare(snapshot, said);
            boolean serves = serve.getAsBoolean();
            if (serves) {
                prepared = next;
            }
            return serves;
        } finally {
            preparing.unlock();
        }
    }

    /** Goes through the items again if their attributes have changed, for the release that is loaded by then. */
    void refresh() {
        preparing.lock();
        try {
            Prepared current = prepared;
            if (current == null) {
                return; // nothing is loaded, or the surface has left
            }
            Said said = controls.ask(scope, current.said(), new ArrayList<>());
            boolean isUpToDate = current.said().hasItemsOf(said.items().version())
                    && current.lacks().isEmpty();
            if (!isUpToDate) {
                prepared = prepare(current.snapshot(), said);
            }
        } finally {
            preparing.unlock();
        }
    }

    /**
     * Returns what a request ranks by.
     *
     * @param snapshot what serves; the answer may for a moment be by the one before
     */
    Prepared plan(Snapshot snapshot, List<Degradation> degradations) {
        Prepared known = prepared;
        Prepared current = known == null ? first(snapshot) : known;
        Said before = current.said();
        if (!before.hasItemsOf(controls.items(scope, before, degradations).version())) {
            refreshLater();
        }
        degradations.addAll(current.lacks());
        controls.addProblemTo(scope, degradations);
        Versioned<RankingConfig> config = controls.config(scope, before, degradations);
        Versioned<RuleSet> rules = controls.rules(scope, before, degradations);
        Instant now = clock.instant();
        return current.plan().isOf(config, rules, now)
                ? current
                : with(current, new Said(config, rules, before.items()), now);
    }

    /** The release is being put into service by the thread that loaded it, or the surface has left meanwhile. */
    private Prepared first(Snapshot snapshot) {
        preparing.lock();
        try {
            Prepared current = prepared;
            return current == null ? prepare(snapshot, controls.ask(scope, null, new ArrayList<>())) : current;
        } finally {
            preparing.unlock();
        }
    }

    private Prepared with(Prepared current, Said said, Instant now) {
        if (!preparing.tryLock()) {
            return current;
        }
        try {
            Prepared latest = prepared;
            if (latest == null || latest.plan().isOf(said.config(), said.rules(), now)) {
                return latest == null ? current : latest;
            }
            Said known = new Said(said.config(), said.rules(), latest.said().items());
            Prepared next = new Prepared(
                    latest.snapshot(), known, latest.plan().with(said.config(), said.rules(), now), latest.lacks());
            prepared = next;
            return next;
        } finally {
            preparing.unlock();
        }
    }

    /** However many requests see that the items have changed, they are gone through once. */
    private void refreshLater() {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(() -> {
                refreshing.set(false); // what changes from now on is looked at again
                refresh();
            });
        } catch (RejectedExecutionException e) {
            refreshing.set(false); // closed meanwhile
        }
    }

    private Prepared prepare(Snapshot snapshot, Said said) {
        List<Degradation> lacks = new ArrayList<>();
        Versioned<ItemIndex> index = index(snapshot, said.items(), lacks);
        return new Prepared(
                snapshot,
                said,
                new RankingPlan(snapshot.tables(), index, said.config(), said.rules(), clock.instant()),
                List.copyOf(lacks));
    }

    private Versioned<ItemIndex> index(
            Snapshot snapshot, Versioned<? extends Iterable<ItemAttributes>> items, List<Degradation> lacks) {
        try {
            return new Versioned<>(items.version(), ItemIndex.of(snapshot.tables(), items.value()));
        } catch (RuntimeException e) {
            log.error("item attributes of {} could not be gone through: {}", scope, e.toString());
            lacks.add(new Degradation(
                    Kind.CONTROL_UNAVAILABLE,
                    "the item attributes could not be gone through: "
                            + e.getClass().getSimpleName()));
            return new Versioned<>(ControlPlane.NOTHING.items().version(), ItemIndex.of(snapshot.tables(), List.of()));
        }
    }
}
