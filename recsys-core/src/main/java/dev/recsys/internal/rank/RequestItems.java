package dev.recsys.internal.rank;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.ItemAttribute;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which items one request leaves out, as far as that follows from the item alone: by the request's filter, by rules, or
 * because they are not available.
 */
final class RequestItems {
    private static final int UNKNOWN_FEATURE = -1;
    private static final int[] NOTHING = new int[0];

    private final ItemIndex index;
    private final ActiveRules rules;
    private final Set<String> excludes;
    private final Optional<String> anchor;
    private final Collection<String> recents;
    private final int[] required; // features that an item has to have
    private final OptionalDouble minPrice;
    private final OptionalDouble maxPrice;
    private final boolean isFiltered;
    private final boolean mayDrop; // false for most requests: then no item is looked at

    /**
     * Looks the request's filter up.
     *
     * @param recents the recent items that are left out
     */
    RequestItems(RankingPlan plan, RecommendationRequest request, Collection<String> recents) {
        this.index = plan.index();
        this.rules = plan.rules(request.segment());
        this.excludes = request.excludes();
        this.anchor = request.similarTo();
        this.recents = recents;
        this.required = required(plan.index(), request);
        this.minPrice = request.minPrice();
        this.maxPrice = request.maxPrice();
        this.isFiltered = required.length > 0 || minPrice.isPresent() || maxPrice.isPresent();
        this.mayDrop = isFiltered || rules.hasBlocks() || index.hasUnavailable();
    }

    ItemIndex index() {
        return index;
    }

    ActiveRules rules() {
        return rules;
    }

    boolean isFiltered() {
        return isFiltered;
    }

    /** Returns why an item is left out, as bits of {@link Scratch}; 0 if it is not. */
    int drops(int item) {
        if (!mayDrop) {
            return 0;
        }
        int drops = 0;
        if (rules.isOut(item)) {
            drops = rules.isBlocked(item) ? Scratch.BLOCKED : 0;
            drops |= index.isUnavailable(item) ? Scratch.UNAVAILABLE : 0;
        }
        return drops | (isFiltered && !passes(item) ? Scratch.FILTERED : 0);
    }

    /** Returns why an item without a number is left out. */
    int drops(String itemId) {
        int drops = rules.isBlocked(itemId) ? Scratch.BLOCKED : 0;
        drops |= excludes.contains(itemId) || anchor.filter(itemId::equals).isPresent() ? Scratch.EXCLUDED : 0;
        drops |= recents.contains(itemId) ? Scratch.RECENT : 0;
        return drops | (isFiltered ? Scratch.FILTERED : 0);
    }

    private boolean passes(int item) {
        for (int feature : required) {
            if (feature == UNKNOWN_FEATURE || !index.hasFeature(item, feature)) {
                return false;
            }
        }
        double price = index.price(item); // of NaN every comparison is false
        return (minPrice.isEmpty() || price >= minPrice.getAsDouble())
                && (maxPrice.isEmpty() || price <= maxPrice.getAsDouble());
    }

    private static int[] required(ItemIndex index, RecommendationRequest request) {
        int size = request.requiredTags().size() + request.requiredCategories().size();
        if (size == 0) {
            return NOTHING;
        }
        int[] features = new int[size];
        int count = 0;
        for (String tag : request.requiredTags()) {
            features[count++] = index.feature(ItemAttribute.TAG, tag);
        }
        for (String category : request.requiredCategories()) {
            features[count++] = index.feature(ItemAttribute.CATEGORY, category);
        }
        return features;
    }
}
