package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Explanation;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Candidate;
import dev.recsys.control.CandidateSource;
import dev.recsys.control.EventSink;
import dev.recsys.control.Exposure;
import dev.recsys.control.UserHistory;
import dev.recsys.internal.rank.Draw;
import dev.recsys.internal.rank.Explainer;
import dev.recsys.internal.rank.Ranker;
import dev.recsys.internal.rank.RankingInput;
import dev.recsys.internal.rank.RankingInput.Rescorer;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes answers: gathers what the host knows of the user, ranks by the surface's plan, and hands what was shown to the
 * sinks.
 *
 * @param ranker ranks
 * @param history knows recent items
 * @param candidates the host's own signals, by name
 * @param model the host's model, if there is one
 * @param sinks take exposures
 * @param clock dates exposures
 * @param nanoTime measures how long an answer took
 */
record Answers(
        Ranker ranker,
        UserHistory history,
        SortedMap<String, CandidateSource> candidates,
        Optional<HostModel> model,
        List<EventSink> sinks,
        InstantSource clock,
        LongSupplier nanoTime) {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);
    static final Comparator<Degradation> WORST_FIRST = Comparator.comparing(Degradation::kind);

    /** Answers a request by what is prepared; {@code degradations} has what is known to be less than it could be. */
    Recommendations answer(RecommendationRequest request, Arm arm, List<Degradation> degradations) {
        long startNanos = nanoTime.getAsLong();
        HostModel.@Nullable Call call = model.isPresent() ? model.get().call(request, degradations) : null;
        RankingInput input = input(request, arm, call == null ? Rescorer.NONE : call, degradations);
        List<RecommendedItem> items = ranker.rank(arm.plan(), input, degradations);
        Recommendations answer = answer(request, arm, items, degradations);
        if (!sinks.isEmpty()) {
            expose(input, call == null ? List.of() : call.rescored(), answer, startNanos);
        }
        return answer;
    }

    /** Explains the answer to a request, without exposing it. */
    Explanation explain(RecommendationRequest request, Set<String> asked, Arm arm, List<Degradation> degradations) {
        Rescorer rescorer =
                model.<Rescorer>map(host -> host.call(request, degradations)).orElse(Rescorer.NONE);
        RankingInput input = input(request, arm, rescorer, degradations);
        Explainer explainer = new Explainer(ranker, arm.plan(), input);
        List<RecommendedItem> items = explainer.rank(degradations);
        return new Explanation(answer(request, arm, items, degradations), explainer.explain(items, asked));
    }

    private static Recommendations answer(
            RecommendationRequest request, Arm arm, List<RecommendedItem> items, List<Degradation> degradations) {
        Revision revision = arm.snapshot().revision();
        degradations.sort(WORST_FIRST);
        return new Recommendations(
                request.scope(),
                revision.release(),
                revision.epoch(),
                revision.seq(),
                arm.plan().versions(),
                arm.assignment(),
                items,
                degradations);
    }

    private RankingInput input(
            RecommendationRequest request, Arm arm, Rescorer rescorer, List<Degradation> degradations) {
        Optional<List<String>> given = request.recentItems();
        List<String> recent = given.isPresent()
                ? given.get()
                : recentItems(request, arm.plan().config().maxRecentItems(), degradations);
        long seed = arm.plan().config().exploration().share() == 0
                ? 0
                : request.seed()
                        .orElseGet(() ->
                                Draw.seedOf(request, arm.snapshot().revision().release()));
        return new RankingInput(request, recent, supplied(request, recent, degradations), seed, rescorer);
    }

    private List<String> recentItems(RecommendationRequest request, int limit, List<Degradation> degradations) {
        if (request.user().isEmpty()) {
            return List.of();
        }
        try {
            return history.recentItems(request.scope(), request.user().get(), limit);
        } catch (RuntimeException e) {
            String failure = e.getClass().getSimpleName();
            degradations.add(
                    new Degradation(Kind.HISTORY_UNAVAILABLE, "the source of user history failed: " + failure));
            return List.of();
        }
    }

    private SortedMap<String, List<Candidate>> supplied(
            RecommendationRequest request, List<String> recent, List<Degradation> degradations) {
        if (candidates.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, List<Candidate>> supplied = new TreeMap<>();
        candidates.forEach((signal, source) -> {
            try {
                supplied.put(signal, List.copyOf(source.candidates(request, recent)));
            } catch (RuntimeException e) {
                degradations.add(new Degradation(
                        Kind.SIGNAL_MISSING,
                        "the host's signal " + signal + " failed: "
                                + e.getClass().getSimpleName()));
                supplied.put(signal, List.of());
            }
        });
        return supplied;
    }

    private void expose(RankingInput input, List<Candidate> rescored, Recommendations answer, long startNanos) {
        RecommendationRequest request = input.request();
        boolean needsSeed = input.seed() != 0 && request.seed().equals(OptionalLong.empty());
        Exposure exposure = new Exposure(
                clock.instant(),
                needsSeed ? request.toBuilder().seed(input.seed()).build() : request,
                input.recentItems(),
                input.candidates(),
                rescored,
                answer,
                OptionalLong.of(nanoTime.getAsLong() - startNanos));
        for (EventSink sink : sinks) {
            try {
                sink.exposed(exposure);
            } catch (Throwable e) { // an Error too: nothing of a sink's may cost an answer
                log.error("a sink of exposures failed: {}", e.toString());
            }
        }
    }
}
