package dev.recsys.preview;

import static dev.recsys.publish.Builds.SCOPE;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Recommendations.Versions;
import dev.recsys.control.Candidate;
import dev.recsys.control.Exposure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes records of requests up. What was shown then is left out: a preview does not look at it. */
final class Log {
    static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    private Log() {}

    static RecommendationRequest.Builder request() {
        return RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface()).k(5);
    }

    static Exposure exposure(RecommendationRequest request, String... recentItems) {
        return exposure(START, request, recentItems);
    }

    static Exposure exposure(Instant at, RecommendationRequest request, String... recentItems) {
        return new Exposure(
                at,
                request,
                List.of(recentItems),
                new TreeMap<>(),
                List.of(),
                new Recommendations(request.scope(), 1, 1, 1, Versions.NONE, List.of(), List.of()));
    }

    static Exposure modelled(RecommendationRequest request, String item) {
        return new Exposure(
                START,
                request,
                List.of(),
                new TreeMap<>(),
                List.of(new Candidate(item, 1)),
                new Recommendations(request.scope(), 1, 1, 1, Versions.NONE, List.of(), List.of()));
    }

    /** Requests of users who looked at one of so many items, one after the other. */
    static List<Exposure> oneEach(int requests, int items) {
        List<Exposure> log = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            log.add(exposure(request().user("u" + i).requestId("r" + i).build(), "i" + i % items));
        }
        return log;
    }

    /** Requests of every kind. */
    static List<Exposure> random(long seed, int requests, int items) {
        Random random = new Random(seed);
        List<Exposure> log = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            RecommendationRequest.Builder request = request().k(1 + random.nextInt(12));
            if (random.nextInt(5) > 0) {
                request.user("u" + random.nextInt(requests / 3 + 1));
            }
            if (random.nextBoolean()) {
                request.requestId("r" + random.nextInt(requests));
            }
            if (random.nextInt(3) == 0) {
                request.segment("s" + random.nextInt(30));
            }
            if (random.nextInt(4) == 0) {
                request.excludes(Set.of("i" + (2 + random.nextInt(items - 2)), "i0", "i1"));
            }
            log.add(exposure(
                    START.plusSeconds(random.nextInt(1_000)),
                    request.build(),
                    "i" + random.nextInt(items),
                    "i" + random.nextInt(items)));
        }
        return log;
    }
}
