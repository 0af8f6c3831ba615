package dev.recsys;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known when recommendations are asked for. Immutable; build one with {@link #of(String, String)}.
 */
public final class RecommendationRequest {
    /** The number of items returned when neither the request nor the configuration says. */
    public static final int DEFAULT_K = 20;

    /** The largest number of items one request may ask for. */
    public static final int MAX_K = 1_000;

    /** The largest number of recent or excluded items, and of context entries, that one request may name. */
    public static final int MAX_LIST = 10_000;

    private static final int MAX_ID_LENGTH = 512;

    private final Scope scope;
    private final @Nullable String user;
    private final @Nullable String segment;
    private final @Nullable List<String> recentItems;
    private final Set<String> excludes;
    private final boolean recentItemsExcluded;
    private final @Nullable String similarTo;
    private final Set<String> requiredTags;
    private final Set<String> requiredCategories;
    private final OptionalDouble minPrice;
    private final OptionalDouble maxPrice;
    private final OptionalInt k;
    private final OptionalLong seed;
    private final Map<String, String> context;
    private final @Nullable String requestId;

    private RecommendationRequest(Builder builder) {
        this.scope = builder.scope;
        this.user = builder.user;
        this.segment = builder.segment;
        this.recentItems = builder.recentItems;
        this.excludes = builder.excludes;
        this.recentItemsExcluded = builder.recentItemsExcluded;
        this.similarTo = builder.similarTo;
        this.requiredTags = builder.requiredTags;
        this.requiredCategories = builder.requiredCategories;
        this.minPrice = builder.minPrice;
        this.maxPrice = builder.maxPrice;
        this.k = builder.k;
        this.seed = builder.seed;
        this.context = builder.context;
        this.requestId = builder.requestId;
    }

    /**
     * Starts a request.
     *
     * @param tenant whose
     * @param surface where the items are shown
     * @throws IllegalArgumentException if a name is not valid, see {@link Scope}
     */
    public static Builder of(String tenant, String surface) {
        return new Builder(new Scope(tenant, surface));
    }

    /** Returns whose surface is asked. */
    public Scope scope() {
        return scope;
    }

    /** Returns the user's id, if the user is known. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the segment whose popular items are wanted, if any. */
    public Optional<String> segment() {
        return Optional.ofNullable(segment);
    }

    /** Returns the items the user dealt with, most recent first; absent when the history source is to be asked. */
    public Optional<List<String>> recentItems() {
        return Optional.ofNullable(recentItems);
    }

    /** Returns the items that must not be in the answer. */
    public Set<String> excludes() {
        return excludes;
    }

    /** Returns whether the user's recent items are kept out of the answer, as they are by default. */
    public boolean recentItemsExcluded() {
        return recentItemsExcluded;
    }

    /** Returns the item to which similar ones are wanted, if that is what is asked for. */
    public Optional<String> similarTo() {
        return Optional.ofNullable(similarTo);
    }

    /** Returns the tags that every item of the answer has. */
    public Set<String> requiredTags() {
        return requiredTags;
    }

    /** Returns the categories in which every item of the answer is. */
    public Set<String> requiredCategories() {
        return requiredCategories;
    }

    /** Returns what an item costs at least, if that matters; an item without a price is out then. */
    public OptionalDouble minPrice() {
        return minPrice;
    }

    /** Returns what an item costs at most, if that matters; an item without a price is out then. */
    public OptionalDouble maxPrice() {
        return maxPrice;
    }

    /** Returns how many items are wanted, 1 to {@value #MAX_K}; if absent, as many as is configured. */
    public OptionalInt k() {
        return k;
    }

    /** Returns what exploration draws from; if absent, it follows from the user and the release. */
    public OptionalLong seed() {
        return seed;
    }

    /** Returns what the host wants to have beside the request in its listeners; the ranking does not read it. */
    public Map<String, String> context() {
        return context;
    }

    /** Returns the host's name of this request, if it has one: outcomes may refer to it. The ranking does not read it. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecommendationRequest request && parts().equals(request.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(
                scope,
                user(),
                segment(),
                recentItems(),
                excludes,
                recentItemsExcluded,
                similarTo(),
                requiredTags,
                requiredCategories,
                minPrice,
                maxPrice,
                k,
                seed,
                context,
                requestId());
    }

    /** Starts from what this request says. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects a request; not safe for concurrent use. */
    public static final class Builder {
        private final Scope scope;
        private @Nullable String user;
        private @Nullable String segment;
        private @Nullable List<String> recentItems;
        private Set<String> excludes = Set.of();
        private boolean recentItemsExcluded = true;
        private @Nullable String similarTo;
        private Set<String> requiredTags = Set.of();
        private Set<String> requiredCategories = Set.of();
        private OptionalDouble minPrice = OptionalDouble.empty();
        private OptionalDouble maxPrice = OptionalDouble.empty();
        private OptionalInt k = OptionalInt.empty();
        private OptionalLong seed = OptionalLong.empty();
        private Map<String, String> context = Map.of();
        private @Nullable String requestId;

        private Builder(Scope scope) {
            this.scope = scope;
        }

        private Builder(RecommendationRequest request) {
            this.scope = request.scope;
            this.user = request.user;
            this.segment = request.segment;
            this.recentItems = request.recentItems;
            this.excludes = request.excludes;
            this.recentItemsExcluded = request.recentItemsExcluded;
            this.similarTo = request.similarTo;
            this.requiredTags = request.requiredTags;
            this.requiredCategories = request.requiredCategories;
            this.minPrice = request.minPrice;
            this.maxPrice = request.maxPrice;
            this.k = request.k;
            this.seed = request.seed;
            this.context = request.context;
            this.requestId = request.requestId;
        }

        /**
         * Names the user.
         *
         * @throws IllegalArgumentException if the id is blank or longer than 512 characters
         */
        public Builder user(String user) {
            this.user = requireId("user", user);
            return this;
        }

        /**
         * Names the segment whose popular items are wanted.
         *
         * @throws IllegalArgumentException if it is blank or longer than 512 characters
         */
        public Builder segment(String segment) {
            this.segment = requireId("segment", segment);
            return this;
        }

        /**
         * Gives the user's recent items, most recent first; the history source is then not asked.
         *
         * @throws IllegalArgumentException if there are more than {@value #MAX_LIST}, or an id is not valid
         */
        public Builder recentItems(List<String> itemIds) {
            requireSize("recent items", itemIds.size());
            List<String> copy = new ArrayList<>(itemIds.size());
            itemIds.forEach(id -> copy.add(requireId("recent item", id)));
            this.recentItems = List.copyOf(copy);
            return this;
        }

        /**
         * Keeps items out of the answer.
         *
         * @throws IllegalArgumentException if there are more than {@value #MAX_LIST}, or an id is not valid
         */
        public Builder excludes(Set<String> itemIds) {
            requireSize("excludes", itemIds.size());
            itemIds.forEach(id -> requireId("excluded item", id));
            this.excludes = Set.copyOf(itemIds);
            return this;
        }

        /** Lets the user's recent items be recommended again; by default they are kept out. */
        public Builder allowRecentItems() {
            this.recentItemsExcluded = false;
            return this;
        }

        /**
         * Asks for what is like an item rather than for what a user may like. The item itself is not in the answer, nor
         * are the user's recent items unless {@link #allowRecentItems} says so.
         *
         * @throws IllegalArgumentException if the id is blank or longer than 512 characters
         */
        public Builder similarTo(String itemId) {
            this.similarTo = requireId("item", itemId);
            return this;
        }

        /**
         * Lets only items into the answer that have all these tags.
         *
         * @throws IllegalArgumentException if there are more than {@value #MAX_LIST}, or a tag is not valid
         */
        public Builder requiredTags(Set<String> tags) {
            requireSize("required tags", tags.size());
            tags.forEach(tag -> requireId("required tag", tag));
            this.requiredTags = Set.copyOf(tags);
            return this;
        }

        /**
         * Lets only items into the answer that are in all these categories.
         *
         * @throws IllegalArgumentException if there are more than {@value #MAX_LIST}, or a category is not valid
         */
        public Builder requiredCategories(Set<String> categories) {
            requireSize("required categories", categories.size());
            categories.forEach(category -> requireId("required category", category));
            this.requiredCategories = Set.copyOf(categories);
            return this;
        }

        /**
         * Lets only items into the answer that have a price, at least this.
         *
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder minPrice(double price) {
            this.minPrice = OptionalDouble.of(requirePrice("minPrice", price));
            return this;
        }

        /**
         * Lets only items into the answer that have a price, at most this.
         *
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public Builder maxPrice(double price) {
            this.maxPrice = OptionalDouble.of(requirePrice("maxPrice", price));
            return this;
        }

        /** Sets what exploration draws from; requests that are alike but for the seed explore differently. */
        public Builder seed(long seed) {
            this.seed = OptionalLong.of(seed);
            return this;
        }

        /**
         * Says how many items are wanted; by default as many as is configured.
         *
         * @throws IllegalArgumentException unless it is 1 to {@value #MAX_K}
         */
        public Builder k(int k) {
            if (k < 1 || k > MAX_K) {
                throw new IllegalArgumentException("k is " + k + "; expected 1 to " + MAX_K);
            }
            this.k = OptionalInt.of(k);
            return this;
        }

        /**
         * Adds what the host's listeners want to see beside the request.
         *
         * @throws IllegalArgumentException if there are more than {@value #MAX_LIST} entries
         */
        public Builder context(Map<String, String> context) {
            requireSize("context", context.size());
            this.context = Collections.unmodifiableMap(new TreeMap<>(context));
            return this;
        }

        /**
         * Names this request, so that outcomes can refer to its list.
         *
         * @throws IllegalArgumentException if the id is blank or longer than 512 characters
         */
        public Builder requestId(String id) {
            this.requestId = requireId("requestId", id);
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalArgumentException if the largest price is less than the smallest
         */
        public RecommendationRequest build() {
            if (minPrice.isPresent() && maxPrice.isPresent() && minPrice.getAsDouble() > maxPrice.getAsDouble()) {
                throw new IllegalArgumentException("maxPrice is " + maxPrice.getAsDouble()
                        + "; expected at least minPrice, " + minPrice.getAsDouble() + ", or no item has such a price");
            }
            return new RecommendationRequest(this);
        }

        private static void requireSize(String what, int size) {
            if (size > MAX_LIST) {
                throw new IllegalArgumentException(
                        what + " has " + size + " entries; at most " + MAX_LIST + " are allowed");
            }
        }

        private static double requirePrice(String what, double price) {
            if (!(price >= 0 && price <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        what + " is " + price + "; expected a finite number that is not negative");
            }
            return price;
        }

        private static String requireId(String what, String id) {
            Objects.requireNonNull(id, () -> what + " is null; leave it out if it is not known");
            if (id.isBlank()) {
                throw new IllegalArgumentException(what + " is blank; leave it out if it is not known");
            }
            if (id.length() > MAX_ID_LENGTH) {
                throw new IllegalArgumentException(
                        what + " has " + id.length() + " characters; at most " + MAX_ID_LENGTH + " are allowed");
            }
            return id;
        }
    }
}
