package dev.recsys.pipelines.tables;

import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import dev.recsys.pipelines.events.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests of every kind that the events of a surface suggest: the popular items of everybody and of segments, what is like
 * an item, and what goes with a few recent ones. Items and events are taken at even distances, so that the same events give
 * the same requests, whatever order they were read in.
 */
public final class RequestSample {
    private static final int MOST_SEGMENTS = 50;
    private static final int RECENT = 3;

    private RequestSample() {}

    /**
     * Returns requests.
     *
     * @param each how many with an item, and how many with recent items, at least 1
     * @param k how many items each asks for
     */
    public static List<RecommendationRequest> of(Events events, Scope scope, int each, int k) {
        List<RecommendationRequest> requests = new ArrayList<>();
        requests.add(request(scope, k).build());
        for (int segment = 0; segment < Math.min(MOST_SEGMENTS, events.segmentCount()); segment++) {
            requests.add(request(scope, k).segment(events.segment(segment)).build());
        }
        for (int item : evenly(each, events.itemCount())) {
            requests.add(request(scope, k).similarTo(events.itemId(item)).build());
        }
        for (int event : evenly(each, events.size())) {
            List<String> recent = IntStream.range(event, Math.min(events.size(), event + RECENT))
                    .mapToObj(next -> events.itemId(events.itemOf(next)))
                    .distinct()
                    .toList();
            requests.add(request(scope, k).recentItems(recent).build());
        }
        return requests;
    }

    private static RecommendationRequest.Builder request(Scope scope, int k) {
        return RecommendationRequest.of(scope.tenant(), scope.surface()).k(k);
    }

    private static int[] evenly(int wanted, int of) {
        int[] numbers = new int[Math.min(wanted, of)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) ((long) i * of / numbers.length);
        }
        return numbers;
    }
}
