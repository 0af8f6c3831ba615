package dev.recsys.controls;

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

    static void put(LineJson json, RecommendationRequest request) {
        json.beginObject();
        if (!request.context().isEmpty()) {
            json.key("context").beginObject();
            new TreeMap<>(request.context())
                    .forEach((key, value) -> json.key(key).string(value));
            json.endObject();
        }
        putUnlessEmpty(json, "excludes", request.excludes());
        request.k().ifPresent(k -> json.key("k").number(k));
        request.maxPrice().ifPresent(price -> json.key("max_price").number(price));
        request.minPrice().ifPresent(price -> json.key("min_price").number(price));
        request.recentItems().ifPresent(items -> json.key("recent_items").strings(items));
        if (!request.recentItemsExcluded()) {
            json.key("recent_items_excluded").truth(false);
        }
        request.requestId().ifPresent(id -> json.key("request_id").string(id));
        putUnlessEmpty(json, "required_categories", request.requiredCategories());
        putUnlessEmpty(json, "required_tags", request.requiredTags());
        request.seed().ifPresent(seed -> json.key("seed").string(Long.toString(seed)));
        request.segment().ifPresent(segment -> json.key("segment").string(segment));
        request.similarTo().ifPresent(item -> json.key("similar_to").string(item));
        json.key("surface").string(request.scope().surface());
        json.key("tenant").string(request.scope().tenant());
        request.user().ifPresent(user -> json.key("user").string(user));
        json.endObject();
    }

    private static void putUnlessEmpty(LineJson json, String key, Collection<String> texts) {
        if (!texts.isEmpty()) {
            json.key(key).strings(new TreeSet<>(texts)); // a set of the JDK has another order in every process
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
