package dev.recsys.serve;

import dev.recsys.Assignment;
import dev.recsys.DamagedException;
import dev.recsys.Degradation;
import dev.recsys.NotFoundException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Recommendations.Versions;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Candidate;
import dev.recsys.control.Controls;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Variant;
import dev.recsys.control.Versioned;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.internal.rank.Ranker;
import dev.recsys.internal.rank.RankingInput;
import dev.recsys.internal.rank.RankingInput.Rescorer;
import dev.recsys.internal.rank.RankingPlan;
import dev.recsys.store.BlobStore;
import dev.recsys.table.Table;
import dev.recsys.trust.TrustList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers again that were given before: the same items in the same order with the same scores, bit for bit, in
 * another process and days later, as long as the release is retained and the versions of configuration, rules and item
 * attributes are kept. What the host gave, history, candidates and scores of its model, is taken from the record. Reads
 * only. One thread at a time; keeps the last release that it loaded.
 */
public final class Replayer {
    private final BlobStore store;
    private final TrustList trust;
    private final Duration timeout;
    private final PointerReads pointers;
    private final ArtifactLoader artifacts;
    private final ControlPlane controls;
    private final Ranker ranker = new Ranker();
    private @Nullable Snapshot loaded;
    private @Nullable Versioned<ItemIndex> index;

    private Replayer(BlobStore store, TrustList trust, Duration timeout, ControlPlane controls) {
        this.store = store;
        this.timeout = timeout;
        this.trust = trust;
        this.pointers = new PointerReads(store, trust, timeout);
        this.artifacts = new ArtifactLoader(store, timeout.multipliedBy(60));
        this.controls = controls;
    }

    /**
     * Replays over a store.
     *
     * @param trust who may have signed what is read
     * @param timeout the longest time for one read of a pointer; an artifact may take 60 times as long
     */
    public static Replayer over(BlobStore store, TrustList trust, Duration timeout) {
        return new Replayer(store, trust, timeout, ControlPlane.none());
    }

    /** Returns a replayer that finds configurations, rules and item attributes in a control plane. */
    public Replayer with(Controls controls) {
        return new Replayer(store, trust, timeout, ControlPlane.of(controls));
    }

    /**
     * Makes an answer again.
     *
     * @return the answer; its degradations are those of the ranking alone
     * @throws NotFoundException if something that the answer was made of is not there any more; the message says what
     * @throws DamagedException if an artifact is not what was shipped
     * @throws dev.recsys.StoreUnavailableException if the store cannot be read; may be tried again
     */
    public Recommendations replay(Exposure exposure) {
        Recommendations shown = exposure.answer();
        if (shown.release() == 0) {
            return shown; // nothing was loaded, and nothing was shown
        }
        Snapshot snapshot = snapshot(shown);
        RankingPlan plan = plan(exposure, snapshot);
        RecommendationRequest request = exposure.request();
        List<Degradation> degradations = new ArrayList<>();
        RankingInput input = new RankingInput(
                request,
                exposure.recentItems(),
                exposure.candidates(),
                plan.config().exploration().share() == 0 ? 0 : request.seed().orElse(0),
                new Recorded(exposure.rescored()));
        List<RecommendedItem> items = ranker.rank(plan, input, degradations);
        degradations.sort(Answers.WORST_FIRST);
        Revision revision = snapshot.revision();
        return new Recommendations(
                revision.scope(),
                revision.release(),
                revision.epoch(),
                revision.seq(),
                plan.versions(),
                shown.assignment(),
                items,
                degradations);
    }

    private Snapshot snapshot(Recommendations shown) {
        Snapshot current = loaded;
        if (current != null && isOf(current.revision(), shown)) {
            return current;
        }
        Revision revision = revision(shown);
        Map<ArtifactType, Table> tables = new TreeMap<>();
        for (ArtifactType type : revision.manifest().artifacts().keySet()) {
            tables.put(type, table(revision, type));
        }
        Snapshot snapshot = Snapshot.of(revision, tables);
        loaded = snapshot;
        index = null;
        return snapshot;
    }

    /** The current revision enters the history when another one takes its place. */
    private Revision revision(Recommendations shown) {
        Scope scope = shown.scope();
        return pointers.current(scope)
                .filter(stored -> isOf(stored.pointer().toRevision(true), shown))
                .or(() -> pointers.history(scope, shown.epoch(), shown.seq()))
                .map(stored -> stored.pointer().toRevision(false))
                .orElseThrow(() -> new NotFoundException("Revision " + shown.epoch() + "/" + shown.seq() + " of "
                        + scope + " is not in the history of the store. Is it the store that the answer came from?"));
    }

    private Table table(Revision revision, ArtifactType type) {
        ArtifactRef ref = ArtifactLoader.readable(revision.scope(), revision.manifest(), type);
        if (store.stat(ref.key(), timeout).isEmpty()) {
            throw new NotFoundException("Release " + revision.release() + " of " + revision.scope()
                    + " is not retained any more: its artifact " + type + " (" + ref.key()
                    + ") is gone. Pin a release whose answers are to be made again later.");
        }
        return artifacts.load(revision.scope(), revision.manifest(), type);
    }

    private static boolean isOf(Revision revision, Recommendations shown) {
        return revision.scope().equals(shown.scope())
                && revision.epoch() == shown.epoch()
                && revision.seq() == shown.seq();
    }

    private RankingPlan plan(Exposure exposure, Snapshot snapshot) {
        Scope scope = exposure.answer().scope();
        Versions versions = exposure.answer().versions();
        RankingConfig surface = known(versions.config(), ControlPlane.NOTHING.config())
                .or(() -> controls.configs().version(scope, versions.config()))
                .orElseThrow(() -> missing("configuration", versions.config(), scope));
        RuleSet surfaceRules = known(versions.rules(), ControlPlane.NOTHING.rules())
                .or(() -> controls.rules().version(scope, versions.rules()))
                .orElseThrow(() -> missing("set of rules", versions.rules(), scope));
        Optional<Variant> variant = exposure.answer().assignment().map(given -> variant(surface, given, scope));
        RankingConfig config = variant.flatMap(Variant::config).orElse(surface);
        RuleSet rules = variant.map(own -> own.over(surfaceRules)).orElse(surfaceRules);
        return new RankingPlan(
                snapshot.tables(),
                index(snapshot, scope, versions.items()),
                new Versioned<>(versions.config(), config),
                new Versioned<>(versions.rules(), rules),
                exposure.at());
    }

    private static Variant variant(RankingConfig config, Assignment given, Scope scope) {
        return config.experiment()
                .filter(experiment -> experiment.name().equals(given.experiment()))
                .flatMap(experiment -> experiment.variant(given.variant()))
                .orElseThrow(() -> new NotFoundException("The configuration of " + scope + " has no variant "
                        + given.variant() + " of an experiment " + given.experiment()
                        + ", which the record names; was the record changed?"));
    }

    private Versioned<ItemIndex> index(Snapshot snapshot, Scope scope, String version) {
        Versioned<ItemIndex> current = index;
        if (current != null && current.version().equals(version)) {
            return current;
        }
        Optional<? extends Iterable<ItemAttributes>> items =
                version.equals(ControlPlane.NOTHING.items().version())
                        ? Optional.of(List.of())
                        : controls.items().version(scope, version);
        if (items.isEmpty()) {
            throw missing("set of item attributes", version, scope);
        }
        Versioned<ItemIndex> made = new Versioned<>(version, ItemIndex.of(snapshot.tables(), items.get()));
        index = made;
        return made;
    }

    private static <T> Optional<T> known(String version, Versioned<T> one) {
        return Optional.of(one).filter(own -> own.version().equals(version)).map(Versioned::value);
    }

    private static NotFoundException missing(String what, String version, Scope scope) {
        return new NotFoundException("The " + what + " of version " + version + " of " + scope
                + " is not kept by the control plane any more; without it the answer cannot be made again.");
    }

    /**
     * The scores that the host's model gave then.
     *
     * @param scores the items and their scores, best first before they were scored
     */
    private record Recorded(List<Candidate> scores) implements Rescorer {
        @Override
        public int pool() {
            return scores.size();
        }

        @Override
        public Optional<double[]> rescore(List<Candidate> candidates) {
            boolean isSame = candidates.size() == scores.size();
            for (int i = 0; i < scores.size() && isSame; i++) {
                isSame = candidates.get(i).itemId().equals(scores.get(i).itemId());
            }
            if (!isSame) {
                throw new DamagedException(
                        "The items that the host's model scored are not those that the record says; was the record changed?");
            }
            return Optional.of(scores.stream().mapToDouble(Candidate::score).toArray());
        }
    }
}
