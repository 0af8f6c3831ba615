package dev.recsys.examples;

import dev.recsys.examples.ShopCatalogue.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes up visits: a user comes, mostly for a favourite category, looks at a few items that go together, and now and
 * then buys. Popular items and busy users are much more frequent than others.
 */
final class ShopVisits {
    private static final List<String> SEGMENTS = List.of("tea-drinkers", "garden-lovers", "families"); // [category]
    private static final Comparator<ShopEvent> BY_TIME =
            Comparator.comparing(ShopEvent::at).thenComparing(ShopEvent::session);

    private final Dice dice;
    private final int users;
    private final Instant end;
    private final Duration span;
    private final List<Item> items = ShopCatalogue.items();
    private final Zipf userRanks;
    private final Zipf categoryRanks = new Zipf(ShopCatalogue.categories(), 0.5);
    private final Zipf itemRanks = new Zipf(ShopCatalogue.ITEMS_PER_CATEGORY, 0.9);
    private final int[] favourites; // [user] category
    private final List<ShopEvent> events = new ArrayList<>();
    private int visits;

    private ShopVisits(long seed, int users, Instant end, Duration span) {
        this.dice = new Dice(seed);
        this.users = users;
        this.end = end;
        this.span = span;
        this.userRanks = new Zipf(users, 0.6);
        this.favourites = new int[users];
    }

    /** Returns so many events of so many users in the time before {@code end}, oldest first. */
    static List<ShopEvent> make(long seed, int events, int users, Instant end, Duration span) {
        ShopVisits visits = new ShopVisits(seed, users, end, span);
        return visits.make(events);
    }

    private List<ShopEvent> make(int count) {
        for (int user = 0; user < users; user++) {
            favourites[user] = categoryRanks.pick(dice);
        }
        while (events.size() < count) {
            visit(visits < users ? visits : userRanks.pick(dice));
        }
        List<ShopEvent> inOrder = new ArrayList<>(events.subList(0, count));
        inOrder.sort(BY_TIME);
        return numbered(inOrder);
    }

    private void visit(int user) {
        visits++;
        int category = dice.oneIn(5) ? categoryRanks.pick(dice) : favourites[user];
        Instant at = end.minusSeconds(1800 + dice.below((int) span.toSeconds() - 1800));
        int rank = itemRanks.pick(dice);
        for (int looks = 2 + dice.below(4); looks > 0; looks--) {
            Item item = items.get(category * ShopCatalogue.ITEMS_PER_CATEGORY + rank);
            at = look(user, item, at);
            // every other time what stands beside the last item, else anything of the category
            rank = dice.oneIn(2) ? (rank + 1) % ShopCatalogue.ITEMS_PER_CATEGORY : itemRanks.pick(dice);
        }
    }

    private Instant look(int user, Item item, Instant at) {
        Instant last = at;
        add(user, item, last, "view");
        if (dice.oneIn(3)) {
            last = last.plusSeconds(5 + dice.below(30));
            add(user, item, last, "click");
        }
        if (dice.oneIn(8)) {
            last = last.plusSeconds(5 + dice.below(60));
            add(user, item, last, "add_to_cart");
            if (dice.oneIn(2)) {
                last = last.plusSeconds(10 + dice.below(60));
                add(user, item, last, "purchase");
            }
        }
        return last.plusSeconds(10 + dice.below(50));
    }

    private void add(int user, Item item, Instant at, String type) {
        events.add(new ShopEvent(
                "",
                at,
                String.format(Locale.ROOT, "user-%04d", user + 1),
                String.format(Locale.ROOT, "visit-%05d", visits),
                item.id(),
                type,
                type.equals("purchase") ? OptionalInt.of(item.cents()) : OptionalInt.empty(),
                favourites[user] < SEGMENTS.size() ? Optional.of(SEGMENTS.get(favourites[user])) : Optional.empty()));
    }

    private static List<ShopEvent> numbered(List<ShopEvent> inOrder) {
        List<ShopEvent> numbered = new ArrayList<>(inOrder.size());
        for (ShopEvent event : inOrder) {
            numbered.add(new ShopEvent(
                    String.format(Locale.ROOT, "e-%06d", numbered.size() + 1),
                    event.at(),
                    event.user(),
                    event.session(),
                    event.item(),
                    event.type(),
                    event.cents(),
                    event.segment()));
        }
        return List.copyOf(numbered);
    }
}
