package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.serve.Arms.Beside;
import dev.recsys.serve.ControlPlane.Said;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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
    private volatile VariantReleases.Found others = VariantReleases.Found.NOTHING;
    private volatile boolean controlsWereAsked; // in the background, with or without success

    /**
     * What requests rank by, and what it was made of.
     *
     * @param current the current release
     * @param beside the releases that variants name
     * @param said what the control plane said
     * @param arms what requests rank by
     * @param lacks what could not be had
     */
    private record Prepared(Indexed current, Beside beside, Said said, Arms arms, List<Degradation> lacks) {
        boolean has(VariantReleases.Found found) {
            Map<Long, Indexed> releases = beside.releases();
            return beside.failures().equals(found.failures())
                    && releases.keySet().equals(found.loaded().keySet())
                    && releases.values().stream()
                            .allMatch(one -> one.snapshot() == found.loaded().get(one.release()));
        }

        /** The same releases and items. */
        Prepared with(Said newSaid, Instant now) {
            return new Prepared(current, beside, newSaid, Arms.of(current, beside, newSaid, now), lacks);
        }
    }

    Planner(Scope scope, ControlPlane controls, InstantSource clock, Executor background) {
        this.scope = scope;
        this.controls = controls;
        this.preparation = new Preparation(controls);
        this.clock = clock;
        this.background = background;
    }

    /** Forgets the plan, and with it the releases. */
    void leave() {
        prepared = null;
        others = VariantReleases.Found.NOTHING;
    }

    /** Lets the control plane get what is configured for the surface. Never throws; may wait, and so not for requests. */
    void prepareControls() {
        preparation.of(scope);
        controlsWereAsked = true;
    }

    /** Returns the releases that variants of the experiment name, unless it is over. */
    Set<Long> namedReleases() {
        Prepared known = prepared;
        Said before = known == null ? ControlPlane.NOTHING : known.said();
        return controls.config(scope, before, new ArrayList<>()).value().experiment().stream()
                .filter(experiment ->
                        experiment.until().map(clock.instant()::isBefore).orElse(true))
                .flatMap(experiment -> experiment.variants().stream())
                .flatMapToLong(variant -> variant.release().stream())
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes the releases that variants name beside the current one; {@link #refresh} prepares them, or a load does. */
    void take(VariantReleases.Found found) {
        others = found;
    }

    /** Returns what the releases beside the current one take of the heap. */
    long othersHeapBytes() {
        return others.loaded().values().stream().mapToLong(Snapshot::heapBytes).sum();
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

    /** Goes through the items again if their attributes have changed, or there are other releases. */
    void refresh() {
        preparing.lock();
        try {
            Prepared current = prepared;
            if (current == null) {
                return; // nothing is loaded, or the surface has left
            }
            Said said = controls.ask(scope, current.said(), new ArrayList<>());
            boolean isUpToDate = current.said().hasItemsOf(said.items().version())
                    && current.lacks().isEmpty()
                    && current.has(others);
            if (!isUpToDate) {
                prepared = prepare(current.current().snapshot(), said);
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
    Arm arm(RecommendationRequest request, Snapshot snapshot, List<Degradation> degradations) {
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
        Arms arms = current.arms().areOf(config, rules, now)
                ? current.arms()
                : with(current, new Said(config, rules, before.items()), now).arms();
        return arms.of(request, now, degradations);
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
            if (latest == null || latest.arms().areOf(said.config(), said.rules(), now)) {
                return latest == null ? current : latest;
            }
            Prepared next = latest.with(
                    new Said(said.config(), said.rules(), latest.said().items()), now);
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
        Indexed current = indexed(snapshot, said, lacks);
        VariantReleases.Found found = others;
        Map<Long, Indexed> named = new HashMap<>();
        found.loaded().forEach((release, other) -> named.put(release, indexed(other, said, lacks)));
        Beside beside = new Beside(named, found.failures());
        return new Prepared(
                current,
                beside,
                said,
                Arms.of(current, beside, said, clock.instant()),
                lacks.stream().distinct().toList());
    }

    /** What was gone through for the plan before is taken over if it is the same. */
    private Indexed indexed(Snapshot snapshot, Said said, List<Degradation> lacks) {
        Prepared before = prepared;
        if (before != null
                && before.lacks().isEmpty()
                && before.said().hasItemsOf(said.items().version())) {
            Indexed same = before.beside().releases().get(snapshot.revision().release());
            for (Indexed known : same == null ? List.of(before.current()) : List.of(before.current(), same)) {
                if (known.snapshot() == snapshot) {
                    return known;
                }
            }
        }
        return new Indexed(snapshot, index(snapshot, said.items(), lacks));
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
