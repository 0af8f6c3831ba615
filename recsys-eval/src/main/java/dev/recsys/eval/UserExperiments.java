package dev.recsys.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Adds up by experiment and user what came of lists, and compares the variants. An experiment is one of a surface: of those of
 * one name on several surfaces nobody knows here whether a user has the same variant on all. The figure of a user is clicked items by shown
 * items, 0 for who was shown none. Intervals are of users, for their lists are not independent: Deng, Knoblich, Lu, "Applying
 * the delta method in metric analytics", KDD 2018, section 3. The mean of users differs from the click rate of all items, to
 * which busy users add more. What CUPED knows from before is how often a user clicked before the first list of the
 * experiment, on any surface of the tenant. Takes some 200 bytes a user and experiment, and 30 a click. Not safe for concurrent use.
 */
public final class UserExperiments {
    /** With fewer users in an arm there is no verdict: a convention. */
    public static final long LEAST_USERS = 100;

    /** The variant of this name is what the others are compared with; where there is none, the first by name. */
    public static final String CONTROL = "control";

    private final Set<String> clicks;
    private final SortedMap<Place, Lists> experiments = new TreeMap<>();
    private final Map<Named, Instant> starts = new HashMap<>();
    private final Map<User, List<Instant>> clickTimes = new HashMap<>();

    /**
     * Starts without lists.
     *
     * @param kinds says which outcomes are clicks
     */
    public UserExperiments(OutcomeKinds kinds) {
        this.clicks = kinds.clicks();
    }

    /** A user of a tenant; in order, so that sums do not depend on that in which they came. */
    record User(String tenant, String id) implements Comparable<User> {
        @Override
        public int compareTo(User other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : id.compareTo(other.id);
        }
    }

    /** An experiment of a surface; in order of name, tenant and surface. */
    private record Place(String name, String tenant, String surface) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::name).thenComparing(Place::tenant).thenComparing(Place::surface);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** The experiments of one name of a tenant. */
    private record Named(String name, String tenant) {}

    /** The lists of one experiment. */
    private static final class Lists {
        private final SortedMap<User, Shown> users = new TreeMap<>();
        private final SortedSet<String> variants = new TreeSet<>();
        private long withoutUser;
    }

    /** What one user was shown. */
    private static final class Shown {
        private final String variant;
        private boolean isMixed;
        private long items;
        private long clicked;

        Shown(String variant) {
            this.variant = variant;
        }
    }

    /** Adds a list; one that is in no experiment changes nothing. */
    public void add(JoinedList joined) {
        LoggedList list = joined.list();
        if (list.variant().isEmpty()) {
            return;
        }
        LoggedList.Variant variant = list.variant().get();
        Lists lists = experiments.computeIfAbsent(
                new Place(variant.experiment(), list.tenant(), list.surface()), unused -> new Lists());
        lists.variants.add(variant.name());
        began(list);
        if (list.user().isEmpty()) {
            lists.withoutUser++;
            return;
        }
        User user = new User(list.tenant(), list.user().get());
        Shown shown = lists.users.computeIfAbsent(user, unused -> new Shown(variant.name()));
        shown.isMixed |= !shown.variant.equals(variant.name());
        shown.items += list.items().size();
        shown.clicked += joined.outcomes().values().stream()
                .filter(outcomes -> outcomes.stream().anyMatch(outcome -> clicks.contains(outcome.type())))
                .count();
    }

    /**
     * Takes a list that need not count itself: what a user did after the first list of an experiment, wherever it was shown, is
     * not from before.
     */
    public void began(LoggedList list) {
        list.variant()
                .ifPresent(variant -> starts.merge(
                        new Named(variant.experiment(), list.tenant()),
                        list.at(),
                        (one, other) -> one.isBefore(other) ? one : other));
    }

    /** Takes an outcome, joined or not: it may be one from before. */
    public void happened(LoggedOutcome outcome) {
        if (clicks.contains(outcome.type()) && outcome.user().isPresent()) {
            User user = new User(outcome.tenant(), outcome.user().get());
            clickTimes.computeIfAbsent(user, unused -> new ArrayList<>()).add(outcome.at());
        }
    }

    /** Returns the names of the experiments, in order. */
    public SortedSet<String> names() {
        return experiments.keySet().stream().map(Place::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns what each experiment has shown, by name, tenant and surface.
     *
     * @param shares the planned shares of users, for all experiments of a name; where one has none, its variants are planned
     *     alike
     * @throws IllegalArgumentException if a share is not above 0, an experiment is not in the log, or one of its variants has
     *     a share and another one has none
     */
    public List<ExperimentResult> results(Map<LoggedList.Variant, Double> shares) {
        for (LoggedList.Variant variant : shares.keySet()) {
            if (!names().contains(variant.experiment())) {
                throw new IllegalArgumentException("a share is given for the experiment '" + variant.experiment()
                        + "', which is not in the log; it has " + names());
            }
        }
        List<ExperimentResult> results = new ArrayList<>();
        experiments.forEach((place, lists) -> {
            SortedMap<String, Double> planned = new TreeMap<>();
            shares.forEach((variant, share) -> {
                if (variant.experiment().equals(place.name())) {
                    planned.put(variant.name(), share);
                }
            });
            results.add(result(place, lists, planned));
        });
        return results;
    }

    private ExperimentResult result(Place place, Lists lists, SortedMap<String, Double> planned) {
        VariantArms arms = new VariantArms(place.name(), planned);
        lists.variants.forEach(arms::see);
        Instant start = starts.getOrDefault(new Named(place.name(), place.tenant()), Instant.MIN);
        long mixed = 0;
        for (Map.Entry<User, Shown> entry : lists.users.entrySet()) {
            Shown shown = entry.getValue();
            if (shown.isMixed) {
                mixed++;
            } else {
                double rate = shown.items == 0 ? 0 : (double) shown.clicked / shown.items;
                arms.add(shown.variant, rate, (double) clicksBefore(entry.getKey(), start));
            }
        }
        return new ExperimentResult(
                place.tenant(),
                place.surface(),
                place.name(),
                arms.users(),
                mixed,
                lists.withoutUser,
                arms.sampleRatio(),
                arms.control(),
                arms.compare());
    }

    private long clicksBefore(User user, Instant start) {
        return clickTimes.getOrDefault(user, List.of()).stream()
                .filter(at -> at.isBefore(start))
                .count();
    }
}
