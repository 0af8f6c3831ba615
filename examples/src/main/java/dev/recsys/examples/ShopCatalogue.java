package dev.recsys.examples;

import java.util.ArrayList;
import java.util.List;

/** What the shop sells: ten categories of thirty items, the most wanted first. */
final class ShopCatalogue {
    static final int ITEMS_PER_CATEGORY = 30;

    private static final List<String> CATEGORIES =
            List.of("tea", "garden", "kids", "kitchen", "coffee", "bath", "books", "pets", "bike", "paper");

    private static final List<List<String>> THINGS = List.of(
            List.of("darjeeling", "assam", "sencha", "earl-grey", "mint", "rooibos", "oolong", "chai", "pot", "cup"),
            List.of("hose", "rake", "seeds", "gloves", "pot", "lantern", "trowel", "can", "bench", "twine"),
            List.of("blocks", "puzzle", "kite", "crayons", "lunchbox", "ball", "train", "bear", "drum", "apron"),
            List.of("whisk", "board", "knife", "pan", "bowl", "scale", "jar", "towel", "tin", "timer"),
            List.of("espresso", "filter", "grinder", "mug", "decaf", "press", "beans", "scoop", "kettle", "flask"),
            List.of("soap", "towel", "mat", "brush", "salt", "candle", "sponge", "robe", "basket", "mirror"),
            List.of("cookery", "garden", "atlas", "poems", "mystery", "tales", "birds", "stars", "history", "diary"),
            List.of("bowl", "leash", "bed", "brush", "ball", "treats", "feeder", "collar", "perch", "blanket"),
            List.of("bell", "lamp", "lock", "pump", "basket", "helmet", "saddle", "gloves", "bottle", "patch"),
            List.of("notebook", "cards", "wrap", "ribbon", "pencils", "stickers", "album", "calendar", "ink", "tape"));

    private static final List<String> KINDS = List.of("classic", "small", "gift");

    private ShopCatalogue() {}

    /**
     * One thing the shop sells.
     *
     * @param id such as {@code tea-darjeeling-classic}
     * @param category its number
     * @param cents its price
     */
    record Item(String id, int category, int cents) {}

    static int categories() {
        return CATEGORIES.size();
    }

    /** Returns all items, category by category, each category's most wanted item first. */
    static List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int category = 0; category < CATEGORIES.size(); category++) {
            for (int kind = 0; kind < KINDS.size(); kind++) {
                for (int thing = 0; thing < THINGS.get(category).size(); thing++) {
                    String id = String.join(
                            "-", CATEGORIES.get(category), THINGS.get(category).get(thing), KINDS.get(kind));
                    items.add(new Item(id, category, 195 + 100 * ((7 * thing + 13 * kind + 3 * category) % 40)));
                }
            }
        }
        return List.copyOf(items);
    }
}
