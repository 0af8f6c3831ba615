package dev.recsys.micrometer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression of PromQL, as far as it names metrics and labels. */
record PromExpression(String text) {
    private static final Pattern SELECTOR = Pattern.compile("\\b(recsys_[a-z0-9_]+)\\b(?:\\s*\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|group_left)\\s*\\(([^)]*)\\)");
    private static final Set<String> OF_EVERY_METRIC = Set.of("instance", "job");

    /** Returns what the expression asks for and a scrape does not have; empty if it is all there. */
    List<String> problems(Scrape scrape) {
        List<String> problems = new ArrayList<>();
        Set<String> metrics = new TreeSet<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            metrics.add(selector.group(1));
            problems.addAll(selectorProblems(scrape, selector.group(1), selector.group(2)));
        }
        if (metrics.isEmpty()) {
            problems.add("no metric of recsys in: " + text);
        }
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            words(grouping.group(1)).stream()
                    .filter(label -> metrics.stream().allMatch(metric -> isMissing(scrape, metric, label)))
                    .forEach(label -> problems.add("no metric has the label " + label + " in: " + text));
        }
        return problems;
    }

    private static List<String> selectorProblems(Scrape scrape, String metric, String matchers) {
        List<String> problems = new ArrayList<>();
        if (!scrape.names().contains(metric)) {
            problems.add("there is no metric " + metric);
        }
        Matcher matcher = MATCHER.matcher(matchers == null ? "" : matchers);
        while (matcher.find()) {
            String label = matcher.group(1);
            if (isMissing(scrape, metric, label)) {
                problems.add(metric + " has no label " + label);
            }
            words(matcher.group(3)).stream()
                    .filter(value -> !value.startsWith("$"))
                    .filter(value -> !scrape.values(metric, label).contains(value))
                    .forEach(value -> problems.add(metric + " has no " + label + " " + value));
        }
        return problems;
    }

    private static boolean isMissing(Scrape scrape, String metric, String label) {
        return !OF_EVERY_METRIC.contains(label) && scrape.values(metric, label).isEmpty();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[|,\\s]+"))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
