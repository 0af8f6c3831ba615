package dev.recsys.preview;

import dev.recsys.DamagedException;
import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Controls;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.control.Variant;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.internal.Durations;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.internal.rank.Draw;
import dev.recsys.internal.rank.Ranker;
import dev.recsys.internal.rank.RankingInput;
import dev.recsys.internal.rank.RankingInput.Rescorer;
import dev.recsys.internal.rank.RankingPlan;
import dev.recsys.preview.PreviewReport.Subject;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobStore;
import dev.recsys.store.Sha256;
import dev.recsys.table.Table;
import dev.recsys.trust.TrustList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Ranks logged requests by the current release and by a build, as serving would if it were shipped now: by the ranker that
 * serves, and by the configuration, rules and items in force now, whatever they were then. Of the log come the request, the
 * user's recent items and what the host's own signals gave. A model of the host scored other items, so that both lists are
 * without it. What the request drew from for exploration is drawn from again, by both sides. Who was given a variant
 * of the experiment that is in force is ranked by that variant; where it has a release of its own, which stays, the request is
 * left out.
 *
 * <p>Reads only. Holds both releases in memory, and counts in proportion to their items; requests pass through. The same
 * requests give the same report, in any order and with any number of threads.
 */
public final class Preview {
    private static final String ELSEWHERE = "of another tenant or surface";
    private static final String ITS_OWN_RELEASE = "of a variant with a release of its own";
    private static final int BATCH = 256;

    private final Subject subject;
    private final Setting setting;
    private final List<Variant> variants;
    private final Optional<Side> current;
    private final Side candidate;
    private final Optional<Following> following;
    private final Executor executor;
    private final Ranker ranker = new Ranker();

    private Preview(Subject subject, Setting setting, Optional<Side> current, Side candidate, Builder builder) {
        this.subject = subject;
        this.setting = setting;
        this.variants = setting.variants();
        this.current = current;
        this.candidate = candidate;
        this.following = builder.following;
        this.executor = builder.executor;
    }

    /** Starts with the store that has the current release, and what is to take its place. */
    public static Builder builder(BlobStore store, Build build) {
        return new Builder(store, build);
    }

    /** Collects how to look; not safe for concurrent use. */
    public static final class Builder {
        private final BlobStore store;
        private final Build build;
        private TrustList trust = TrustList.ANYONE;
        private Duration timeout = Duration.ofSeconds(10);
        private Controls controls = InMemoryControls.create();
        private boolean merges;
        private Optional<Following> following = Optional.empty();
        private Executor executor = Runnable::run;
        private InstantSource clock = InstantSource.system();

        private Builder(BlobStore store, Build build) {
            this.store = store;
            this.build = build;
        }

        /** Says who may have signed the current release, anyone by default. */
        public Builder trust(TrustList list) {
            this.trust = list;
            return this;
        }

        /** Sets the longest time for one read of a pointer, 10 seconds by default; an artifact may take 60 times as long. */
        public Builder timeout(Duration longest) {
            this.timeout = Durations.requirePositive("timeout", longest);
            return this;
        }

        /** Says where configuration, rules and items are; by default the defaults hold. */
        public Builder controls(Controls other) {
            this.controls = other;
            return this;
        }

        /** Keeps the current artifacts of the types that the build does not have, as a ship that merges does. */
        public Builder merge() {
            this.merges = true;
            return this;
        }

        /**
         * Measures hits against what users did, which is held in memory. Users are named as in the log of requests.
         *
         * @param within how long after a request an outcome counts
         */
        public Builder outcomes(Iterable<Outcome> outcomes, Duration within) {
            this.following =
                    Optional.of(new Following(build.scope(), outcomes, Durations.requirePositive("within", within)));
            return this;
        }

        /** Ranks on these threads; by default on the caller's. */
        public Builder executor(Executor threads) {
            this.executor = threads;
            return this;
        }

        /** Takes the time from elsewhere: rules hold by it. */
        public Builder clock(InstantSource other) {
            this.clock = other;
            return this;
        }

        /**
         * Loads both sides.
         *
         * @throws DamagedException if an artifact of the current release or of the build is not what it should be
         * @throws dev.recsys.StoreUnavailableException if the store cannot be read; may be tried again
         */
        public Preview build() {
            Scope scope = build.scope();
            Setting setting = Setting.of(controls, scope, clock.instant());
            Optional<Pointer> base = new PointerReads(store, trust, timeout)
                    .currentOrNever(scope)
                    .map(StoredPointer::pointer)
                    .filter(pointer -> pointer.release() > 0);
            SortedMap<ArtifactType, Table> before = new TreeMap<>();
            base.ifPresent(pointer -> load(pointer, before));
            SortedMap<ArtifactType, Table> after = merges ? new TreeMap<>(before) : new TreeMap<>();
            build.artifacts().keySet().forEach(type -> after.put(type, build.open(type)));
            return new Preview(
                    subject(base, setting),
                    setting,
                    base.map(pointer -> setting.side(before)),
                    setting.side(after),
                    this);
        }

        private void load(Pointer pointer, SortedMap<ArtifactType, Table> tables) {
            ArtifactLoader loader = new ArtifactLoader(store, timeout.multipliedBy(60));
            Revision current = pointer.toRevision(true);
            tables.putAll(loader.load(current, current.manifest().artifacts().keySet()));
        }

        private Subject subject(Optional<Pointer> base, Setting setting) {
            SortedMap<ArtifactType, Sha256> digests = new TreeMap<>();
            if (merges) {
                base.ifPresent(
                        pointer -> digests.putAll(pointer.manifest().value().digests()));
            }
            build.artifacts().forEach((type, artifact) -> digests.put(type, artifact.sha256()));
            return new Subject(
                    build.scope(),
                    base.map(Pointer::epoch).orElse(0L),
                    base.map(Pointer::release).orElse(0L),
                    digests,
                    setting.versions(),
                    setting.now());
        }
    }

    /** Ranks all requests that are of the build's surface. One call at a time. */
    public PreviewReport compare(Iterable<Exposure> exposures) {
        Tally tally = new Tally(current.isPresent(), following.map(HitTally::new));
        Iterator<Exposure> rest = exposures.iterator();
        while (rest.hasNext()) {
            List<CompletableFuture<Compared>> batch = new ArrayList<>(BATCH);
            while (rest.hasNext() && batch.size() < BATCH) {
                Exposure exposure = rest.next();
                int variant = setting.variantOf(exposure, variants);
                if (!exposure.request().scope().equals(subject.scope())) {
                    tally.skip(ELSEWHERE);
                } else if (variant >= 0 && variants.get(variant).release().isPresent()) {
                    tally.skip(ITS_OWN_RELEASE);
                } else {
                    batch.add(CompletableFuture.supplyAsync(() -> compared(exposure, variant), executor));
                }
            }
            batch.forEach(ranked -> tally.add(ranked.join()));
        }
        return tally.report(subject);
    }

    private Compared compared(Exposure exposure, int variant) {
        RankingPlan after = candidate.plan(variant);
        return new Compared(
                exposure,
                exposure.request().k().orElse(after.config().k()),
                current.map(side -> ranked(side.plan(variant), exposure)).orElse(List.of()),
                ranked(after, exposure));
    }

    private List<RecommendedItem> ranked(RankingPlan plan, Exposure exposure) {
        RecommendationRequest request = exposure.request();
        long seed = plan.config().exploration().share() == 0
                ? 0
                : request.seed().orElseGet(() -> Draw.seedOf(request, subject.release()));
        RankingInput input =
                new RankingInput(request, exposure.recentItems(), exposure.candidates(), seed, Rescorer.NONE);
        return ranker.rank(plan, input, new ArrayList<>());
    }
}
