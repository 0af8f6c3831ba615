package dev.recsys.cli;

import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked for, beside the surface. */
final class RequestOptions {
    @Option(names = "--user", paramLabel = "U", description = "The user's id.")
    private @Nullable String user;

    @Option(
            names = "--recent",
            split = ",",
            paramLabel = "ITEM",
            description = "The user's recent items, most recent first.")
    private List<String> recent = List.of();

    @Option(names = "--segment", paramLabel = "SEGMENT", description = "The segment whose popular items to prefer.")
    private @Nullable String segment;

    @Option(
            names = "--similar-to",
            paramLabel = "ITEM",
            description = "Ask for what is like this item rather than for what the user may like.")
    private @Nullable String similarTo;

    @Option(names = "--exclude", split = ",", paramLabel = "ITEM", description = "Items to leave out.")
    private List<String> excludes = List.of();

    @Option(
            names = "--require-tag",
            split = ",",
            paramLabel = "TAG",
            description = "Only items that have all these tags.")
    private List<String> requiredTags = List.of();

    @Option(
            names = "--require-category",
            split = ",",
            paramLabel = "CATEGORY",
            description = "Only items that are in all these categories.")
    private List<String> requiredCategories = List.of();

    @Option(names = "--min-price", paramLabel = "PRICE", description = "Only items that cost at least this.")
    private @Nullable Double minPrice;

    @Option(names = "--max-price", paramLabel = "PRICE", description = "Only items that cost at most this.")
    private @Nullable Double maxPrice;

    @Option(names = "--k", paramLabel = "N", description = "How many items (default: as configured, else 20).")
    private @Nullable Integer k;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What exploration draws from (default: follows from the user and the release).")
    private @Nullable Long seed;

    RecommendationRequest request(Scope scope) {
        RecommendationRequest.Builder request = RecommendationRequest.of(scope.tenant(), scope.surface());
        aboutTheUser(request);
        aboutTheItems(request);
        if (k != null) {
            request.k(k);
        }
        if (seed != null) {
            request.seed(seed);
        }
        return request.build();
    }

    private void aboutTheUser(RecommendationRequest.Builder request) {
        if (user != null) {
            request.user(user);
        }
        if (!recent.isEmpty()) {
            request.recentItems(recent);
        }
        if (segment != null) {
            request.segment(segment);
        }
    }

    private void aboutTheItems(RecommendationRequest.Builder request) {
        if (similarTo != null) {
            request.similarTo(similarTo);
        }
        request.excludes(distinct(excludes));
        request.requiredTags(distinct(requiredTags));
        request.requiredCategories(distinct(requiredCategories));
        if (minPrice != null) {
            request.minPrice(minPrice);
        }
        if (maxPrice != null) {
            request.maxPrice(maxPrice);
        }
    }

    private static Set<String> distinct(List<String> names) {
        return new LinkedHashSet<>(names);
    }
}
