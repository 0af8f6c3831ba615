package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** A request as a JSON object; what it does not say is not written, and the seed is a text, for it may have 64 bits. */
final class RequestFields {
    private final Fields fields;

    private RequestFields(Fields fields) {
        this.fields = fields;
    }

    static void put(ObjectNode json, RecommendationRequest request) {
        json.put("tenant", request.scope().tenant());
        json.put("surface", request.scope().surface());
        request.user().ifPresent(user -> json.put("user", user));
        request.segment().ifPresent(segment -> json.put("segment", segment));
        request.recentItems().ifPresent(items -> putAll(json, "recent_items", items));
        putUnlessEmpty(json, "excludes", request.excludes());
        if (!request.recentItemsExcluded()) {
            json.put("recent_items_excluded", false);
        }
        request.similarTo().ifPresent(item -> json.put("similar_to", item));
        putUnlessEmpty(json, "required_tags", request.requiredTags());
        putUnlessEmpty(json, "required_categories", request.requiredCategories());
        request.minPrice().ifPresent(price -> json.put("min_price", price));
        request.maxPrice().ifPresent(price -> json.put("max_price", price));
        request.k().ifPresent(k -> json.put("k", k));
        request.seed().ifPresent(seed -> json.put("seed", Long.toString(seed)));
        request.requestId().ifPresent(id -> json.put("request_id", id));
        if (!request.context().isEmpty()) {
            ObjectNode context = json.putObject("context");
            request.context().forEach(context::put);
        }
    }

    static void putAll(ObjectNode json, String key, Collection<String> texts) {
        texts.forEach(json.putArray(key)::add);
    }

    private static void putUnlessEmpty(ObjectNode json, String key, Collection<String> texts) {
        if (!texts.isEmpty()) {
            putAll(json, key, new TreeSet<>(texts)); // a set of the JDK has another order in every process
        }
    }

    /** Returns the request, or adds problems. */
    static Optional<RecommendationRequest> read(Fields fields) {
        fields.allow(
                "tenant",
                "surface",
                "user",
                "segment",
                "recent_items",
                "excludes",
                "recent_items_excluded",
                "similar_to",
                "required_tags",
                "required_categories",
                "min_price",
                "max_price",
                "k",
                "seed",
                "context",
                "request_id");
        return scope(fields).map(scope -> new RequestFields(fields).read(scope));
    }

    /** Reads tenant and surface. */
    static Optional<Scope> scope(Fields fields) {
        Optional<String> tenant = fields.required("tenant", fields.text("tenant"));
        Optional<String> surface = fields.required("surface", fields.text("surface"));
        int before = fields.problems().count();
        fields.check("tenant", tenant, name -> new Scope(name, "any"));
        fields.check("surface", surface, name -> new Scope("any", name));
        boolean sound =
                tenant.isPresent() && surface.isPresent() && fields.problems().count() == before;
        return sound ? Optional.of(new Scope(tenant.get(), surface.get())) : Optional.empty();
    }

    private RecommendationRequest read(Scope scope) {
        RecommendationRequest.Builder request = RecommendationRequest.of(scope.tenant(), scope.surface());
        set(request, "user", fields.text("user"), RecommendationRequest.Builder::user);
        set(request, "segment", fields.text("segment"), RecommendationRequest.Builder::segment);
        set(request, "recent_items", fields.texts("recent_items"), RecommendationRequest.Builder::recentItems);
        set(request, "excludes", fields.texts("excludes").map(HashSet::new), RecommendationRequest.Builder::excludes);
        set(request, "similar_to", fields.text("similar_to"), RecommendationRequest.Builder::similarTo);
        set(
                request,
                "required_tags",
                fields.texts("required_tags").map(HashSet::new),
                RecommendationRequest.Builder::requiredTags);
        set(
                request,
                "required_categories",
                fields.texts("required_categories").map(HashSet::new),
                RecommendationRequest.Builder::requiredCategories);
        set(request, "min_price", fields.number("min_price"), RecommendationRequest.Builder::minPrice);
        set(request, "max_price", fields.number("max_price"), RecommendationRequest.Builder::maxPrice);
        set(request, "k", fields.whole("k"), RecommendationRequest.Builder::k);
        set(request, "seed", fields.text("seed"), (builder, seed) -> builder.seed(seed(seed)));
        set(
                request,
                "context",
                fields.object("context").map(RequestFields::context),
                RecommendationRequest.Builder::context);
        set(request, "request_id", fields.text("request_id"), RecommendationRequest.Builder::requestId);
        if (!fields.truth("recent_items_excluded").orElse(true)) {
            request.allowRecentItems();
        }
        RecommendationRequest none =
                RecommendationRequest.of(scope.tenant(), scope.surface()).build();
        return fields.with("max_price", none, Optional.of(request), (any, whole) -> whole.build());
    }

    private <V> void set(
            RecommendationRequest.Builder request,
            String key,
            Optional<V> part,
            BiFunction<RecommendationRequest.Builder, V, RecommendationRequest.Builder> setter) {
        fields.with(key, request, part, setter);
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "is '" + Problems.printable(text) + "'; expected a whole number of 64 bits in quotes", e);
        }
    }

    private static Map<String, String> context(Fields fields) {
        Map<String, String> context = new TreeMap<>();
        List<String> keys = fields.keys();
        keys.forEach(key -> fields.text(key).ifPresent(value -> context.put(key, value)));
        return context;
    }
}
