package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The formulas once more, from sets of strings, as their sources write them; slow and on purpose nothing alike. */
final class SlowCooc {
    private final Map<String, TreeSet<String>> sessions = new TreeMap<>();
    private final Map<String, Integer> frequency = new HashMap<>();
    private final CoocSettings settings;

    SlowCooc(List<Event> events, CoocSettings settings) {
        this.settings = settings;
        events.forEach(event -> sessions.computeIfAbsent(event.session(), key -> new TreeSet<>())
                .add(event.item()));
        sessions.values().forEach(items -> items.forEach(item -> frequency.merge(item, 1, Integer::sum)));
    }

    Set<String> items() {
        return new TreeSet<>(frequency.keySet());
    }

    /** Returns neighbours and scores, best first. */
    List<Map.Entry<String, Double>> row(String item) {
        List<Map.Entry<String, Double>> row = new ArrayList<>();
        for (String other : items()) {
            double score = other.equals(item) ? 0 : score(item, other);
            if (score > 0) {
                row.add(Map.entry(other, score));
            }
        }
        row.sort(Comparator.comparing((Map.Entry<String, Double> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey));
        List<Map.Entry<String, Double>> best = row.subList(0, Math.min(settings.neighbours(), row.size()));
        if (settings.similarity() != Similarity.RP3BETA) {
            return best;
        }
        double sum = best.stream().mapToDouble(Map.Entry::getValue).sum();
        return best.stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() / sum))
                .toList();
    }

    private double score(String i, String j) {
        List<TreeSet<String>> common = sessions.values().stream()
                .filter(items -> items.contains(i) && items.contains(j))
                .toList();
        int c = common.size();
        if (c < settings.minSupport()) {
            return 0;
        }
        double ni = frequency.getOrDefault(i, 0);
        double nj = frequency.getOrDefault(j, 0);
        double similarity = switch (settings.similarity()) {
            case COUNT -> c;
            case COSINE -> c / (Math.sqrt(ni) * Math.sqrt(nj));
            case JACCARD ->
                c
                        / (double) sessions.values().stream()
                                .filter(items -> items.contains(i) || items.contains(j))
                                .count();
            case LLR -> ratio(c, ni, nj, sessions.size());
            case CONDITIONAL -> c / ni / Math.pow(nj, settings.alpha());
            case RP3BETA ->
                common.stream()
                                .mapToDouble(items -> 1 / ni * Math.pow(1.0 / items.size(), settings.alpha()))
                                .sum()
                        / Math.pow(nj, settings.beta());
        };
        return similarity * (c / (c + settings.shrinkage()));
    }

    /** Dunning 1993, section 4, by likelihoods of two binomials. */
    private static double ratio(double c, double ni, double nj, double n) {
        double with = c / ni;
        double without = n == ni ? 0 : (nj - c) / (n - ni);
        double both = nj / n;
        if (with <= both) {
            return 0;
        }
        return 2
                * (logLikelihood(with, c, ni)
                        + logLikelihood(without, nj - c, n - ni)
                        - logLikelihood(both, c, ni)
                        - logLikelihood(both, nj - c, n - ni));
    }

    private static double logLikelihood(double p, double k, double n) {
        return (k == 0 ? 0 : k * Math.log(p)) + (n == k ? 0 : (n - k) * Math.log(1 - p));
    }
}
