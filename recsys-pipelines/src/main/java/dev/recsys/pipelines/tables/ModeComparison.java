package dev.recsys.pipelines.tables;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Recommender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How alike the answers of two recommenders are.
 *
 * @param requests how many requests both were asked
 * @param equalLists how many of the answers have the same items in the same order
 * @param meanOverlap the mean share of the items of an answer that are in the other one, of the longer one's
 * @param minOverlap the least such share
 * @param maxScoreDifference the greatest difference between the scores of an item that is in both answers
 * @param differing some of the requests whose lists differ, at most 10
 */
public record ModeComparison(
        int requests,
        int equalLists,
        double meanOverlap,
        double minOverlap,
        double maxScoreDifference,
        List<RecommendationRequest> differing) {
    private static final int MOST_DIFFERING = 10;

    /** Copies the list. */
    public ModeComparison {
        differing = List.copyOf(differing);
    }

    /** Asks two recommenders the same; both should have loaded what they serve. */
    public static ModeComparison of(Recommender one, Recommender other, List<RecommendationRequest> requests) {
        int equal = 0;
        double overlaps = 0;
        double least = 1;
        double difference = 0;
        List<RecommendationRequest> differing = new ArrayList<>();
        for (RecommendationRequest request : requests) {
            Answers answers = new Answers(one.recommend(request), other.recommend(request));
            if (answers.areEqual()) {
                equal++;
            } else if (differing.size() < MOST_DIFFERING) {
                differing.add(request);
            }
            overlaps += answers.overlap();
            least = Math.min(least, answers.overlap());
            difference = Math.max(difference, answers.scoreDifference());
        }
        double mean = requests.isEmpty() ? 1 : overlaps / requests.size();
        return new ModeComparison(requests.size(), equal, mean, least, difference, differing);
    }

    /** Returns whether every answer had the same items in the same order. */
    public boolean isSame() {
        return equalLists == requests;
    }

    /** Returns the figures as lines of text, for people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "requests              %d%nequal lists           %d%nmean overlap          %.6f%n"
                        + "least overlap         %.6f%nscore difference max  %.3g%n",
                requests,
                equalLists,
                meanOverlap,
                minOverlap,
                maxScoreDifference);
    }

    /** Two answers to one request. */
    private record Answers(Recommendations one, Recommendations other) {
        boolean areEqual() {
            return ids(one).equals(ids(other));
        }

        double overlap() {
            Set<String> both = new HashSet<>(ids(one));
            both.retainAll(ids(other));
            int longer = Math.max(one.items().size(), other.items().size());
            return longer == 0 ? 1 : (double) both.size() / longer;
        }

        double scoreDifference() {
            Map<String, Double> scores = new HashMap<>();
            one.items().forEach(item -> scores.put(item.itemId(), item.score()));
            double most = 0;
            for (RecommendedItem item : other.items()) {
                double same = scores.getOrDefault(item.itemId(), item.score());
                most = Math.max(most, Math.abs(item.score() - same));
            }
            return most;
        }

        private static List<String> ids(Recommendations answer) {
            return answer.items().stream().map(RecommendedItem::itemId).toList();
        }
    }
}
