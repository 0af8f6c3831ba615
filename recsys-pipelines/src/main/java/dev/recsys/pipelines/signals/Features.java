package dev.recsys.pipelines.signals;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.signals.ContentSettings.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * The features of an item: its brand, categories and tags, and its price as one or two steps of a logarithmic scale, each
 * step counting the more the nearer the price is to it, so that no edge parts two prices that are close.
 */
final class Features {
    private final ContentSettings settings;

    Features(ContentSettings settings) {
        this.settings = settings;
    }

    /**
     * A feature of an item.
     *
     * @param field where it comes from
     * @param name which one
     * @param degree how much the item has of it, more than 0, at most 1
     */
    record Feature(Field field, String name, double degree) {}

    List<Feature> of(ItemAttributes item) {
        List<Feature> features = new ArrayList<>();
        item.brand().ifPresent(brand -> features.add(new Feature(Field.BRAND, brand, 1)));
        item.categories().forEach(category -> features.add(new Feature(Field.CATEGORY, category, 1)));
        item.tags().forEach(tag -> features.add(new Feature(Field.TAG, tag, 1)));
        item.price().ifPresent(price -> addPrice(features, price));
        features.removeIf(feature -> settings.weightOf(feature.field()) == 0);
        return features;
    }

    private void addPrice(List<Feature> features, double price) {
        if (price == 0) {
            features.add(new Feature(Field.PRICE, "free", 1));
            return;
        }
        double at = StrictMath.log(price) / StrictMath.log(settings.priceStep());
        double step = Math.floor(at);
        if (at > step) {
            features.add(new Feature(Field.PRICE, String.valueOf((long) step + 1), at - step));
        }
        features.add(new Feature(Field.PRICE, String.valueOf((long) step), 1 - (at - step)));
    }
}
