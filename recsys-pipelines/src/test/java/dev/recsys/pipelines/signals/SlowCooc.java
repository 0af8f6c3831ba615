package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The formulas once more, from sets of strings, as their sources write them; slow and on purpose nothing alike. */
final class SlowCooc {
    private final Map<String, TreeSet<String>> sessions = new TreeMap<>();
    private final Map<String, List<Event>> visits = new TreeMap<>();
    private final Map<String, Integer> frequency = new HashMap<>();
    private final CoocSettings settings;
    private final long newest;

    SlowCooc(List<Event> events, CoocSettings settings) {
        this.settings = settings;
        events.forEach(event -> sessions.computeIfAbsent(event.session(), key -> new TreeSet<>())
                .add(event.item()));
        events.stream()
                .sorted(Comparator.comparing(Event::at))
                .forEach(event -> visits.computeIfAbsent(event.session(), key -> new ArrayList<>())
                        .add(event));
        this.newest = visits.values().stream()
                .mapToLong(visit -> visit.get(0).at().toEpochMilli())
                .max()
                .orElseThrow();
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
        List<String> common = sessions.keySet().stream()
                .filter(session -> itemsOf(session).containsAll(List.of(i, j)))
                .filter(session -> decay(session, i, j) > 0)
                .toList();
        int c = common.size();
        if (c < settings.minSupport() || common.isEmpty()) {
            return 0;
        }
        double ni = weightOf(List.of(i));
        double nj = weightOf(List.of(j));
        double all = weightOf(List.of());
        double cw = visits.keySet().stream()
                .filter(session -> itemsOf(session).containsAll(List.of(i, j)))
                .mapToDouble(session -> age(session) * decay(session, i, j))
                .sum();
        double similarity = switch (settings.similarity()) {
            case COUNT -> cw;
            case COSINE -> cw / (Math.sqrt(ni) * Math.sqrt(nj));
            case JACCARD -> cw / (ni + nj - cw);
            case LLR -> ratio(cw, ni, nj, all);
            case CONDITIONAL -> cw / ni / Math.pow(nj, settings.alpha());
            case RP3BETA ->
                visits.keySet().stream()
                                .filter(session -> itemsOf(session).containsAll(List.of(i, j)))
                                .mapToDouble(session -> age(session)
                                        * decay(session, i, j)
                                        / ni
                                        * Math.pow(1.0 / itemsOf(session).size(), settings.alpha()))
                                .sum()
                        / Math.pow(nj, settings.beta());
            case BM25_COSINE -> cosine(bm25(i), bm25(j));
        };
        return similarity * (c / (c + settings.shrinkage()));
    }

    private Set<String> itemsOf(String session) {
        return Objects.requireNonNull(sessions.get(session));
    }

    private List<Event> eventsOf(String session) {
        return Objects.requireNonNull(visits.get(session));
    }

    private double weightOf(List<String> items) {
        return visits.keySet().stream()
                .filter(session -> itemsOf(session).containsAll(items))
                .mapToDouble(this::age)
                .sum();
    }

    private double age(String session) {
        double age = newest - eventsOf(session).get(0).at().toEpochMilli();
        return settings.weights()
                .halfLife()
                .map(half -> Math.pow(0.5, age / half.toMillis()))
                .orElse(1.0);
    }

    private double decay(String session, String i, String j) {
        if (settings.isUnweighted()) {
            return 1;
        }
        List<String> order = new ArrayList<>();
        for (Event event : eventsOf(session)) {
            order.remove(event.item());
            order.add(event.item());
        }
        int distance = Math.abs(order.indexOf(i) - order.indexOf(j));
        return distance > settings.weights().maxSteps()
                ? 0
                : Math.pow(settings.weights().stepDecay(), distance - 1);
    }

    /** The matrix of items and sessions, weighted as the library implicit does it, one row of it. */
    private Map<String, Double> bm25(String item) {
        double mean = visits.values().stream().mapToInt(List::size).sum() / (double) frequency.size();
        double rowSum = visits.values().stream()
                .flatMap(List::stream)
                .filter(event -> event.item().equals(item))
                .count();
        double norm = (1 - settings.bm25().b()) + settings.bm25().b() * rowSum / mean;
        Map<String, Double> row = new TreeMap<>();
        visits.forEach((session, events) -> {
            double x =
                    events.stream().filter(event -> event.item().equals(item)).count();
            double idf =
                    Math.log(frequency.size()) - Math.log1p(itemsOf(session).size());
            row.put(session, x * (settings.bm25().k1() + 1) / (settings.bm25().k1() * norm + x) * idf);
        });
        return row;
    }

    private static double cosine(Map<String, Double> left, Map<String, Double> right) {
        double product = left.keySet().stream()
                .mapToDouble(key -> left.getOrDefault(key, 0.0) * right.getOrDefault(key, 0.0))
                .sum();
        return product / Math.sqrt(sumOfSquares(left)) / Math.sqrt(sumOfSquares(right));
    }

    private static double sumOfSquares(Map<String, Double> vector) {
        return vector.values().stream().mapToDouble(value -> value * value).sum();
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
