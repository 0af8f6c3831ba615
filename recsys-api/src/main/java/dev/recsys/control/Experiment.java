package dev.recsys.control;

import dev.recsys.Assignment;
import dev.recsys.RecommendationRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A comparison of ways to make lists, each for a part of the users. Who is in it, and in which variant, follows from the salt
 * and the unit's name alone, so that every process, and whoever evaluates, comes to the same; nothing is stored.
 *
 * <p>A unit stays in its variant while salt and weights stay. A larger share adds units and moves none; other weights move
 * some; another salt draws all anew. Units are drawn by {@link #bucket} as in Tang, Agarwal, O'Brien, Meyer: Overlapping
 * Experiment Infrastructure, KDD 2010, section 4 (hashed ids, salted by the experiment). Immutable; start from {@link #of}.
 *
 * @param name its name, 1 to 100 printable ASCII characters without blanks
 * @param salt what the draw is salted with, 1 to 100 such characters; the name unless said otherwise
 * @param unitKey the entry of the request's context that names the unit, such as a session; without one the unit is the user.
 *     A request without its unit is in no experiment
 * @param share the part of all units that is in the experiment, 0 to 1
 * @param from when it begins; has begun if there is none
 * @param until when it is over; never if there is none
 * @param variants 2 to 20, with distinct names, in the order in which the draw goes through them
 */
public record Experiment(
        String name,
        String salt,
        Optional<String> unitKey,
        double share,
        Optional<Instant> from,
        Optional<Instant> until,
        List<Variant> variants) {
    /** The most variants. */
    public static final int MAX_VARIANTS = 20;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final char SEPARATOR = '\n'; // in no salt

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if something is out of its range, or two variants have one name; the message names it
     */
    public Experiment {
        Texts.requireName("name", name);
        Texts.requireName("salt", salt);
        unitKey.filter(String::isBlank).ifPresent(blank -> {
            throw new IllegalArgumentException("unit_key is blank; leave it out for users");
        });
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + "; expected 0 to 1");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("until is " + until.get() + ", not after from, " + from.get()
                    + "; the experiment would never begin. Give it a later until, or none");
        }
        variants = List.copyOf(variants);
        if (variants.size() < 2 || variants.size() > MAX_VARIANTS) {
            throw new IllegalArgumentException("variants has " + variants.size() + "; expected 2 to " + MAX_VARIANTS);
        }
        Set<String> names = new HashSet<>();
        for (Variant variant : variants) {
            if (!names.add(variant.name())) {
                throw new IllegalArgumentException(
                        "variants has two named '" + variant.name() + "'; expected each once");
            }
        }
    }

    /** Returns an experiment with all users, from now on, salted with its name. */
    public static Experiment of(String name, List<Variant> variants) {
        return new Experiment(name, name, Optional.empty(), 1, Optional.empty(), Optional.empty(), variants);
    }

    /** Returns this experiment with another salt, which draws all units anew. */
    public Experiment withSalt(String other) {
        return new Experiment(name, other, unitKey, share, from, until, variants);
    }

    /** Returns this experiment with another unit: what an entry of the request's context names. */
    public Experiment withUnitKey(String contextKey) {
        return new Experiment(name, salt, Optional.of(contextKey), share, from, until, variants);
    }

    /** Returns this experiment with another part of all units. */
    public Experiment withShare(double other) {
        return new Experiment(name, salt, unitKey, other, from, until, variants);
    }

    /** Returns this experiment with another beginning; its end stays. */
    public Experiment withFrom(Instant first) {
        return new Experiment(name, salt, unitKey, share, Optional.of(first), until, variants);
    }

    /** Returns this experiment with another end, the first instant at which it is over; its beginning stays. */
    public Experiment withUntil(Instant end) {
        return new Experiment(name, salt, unitKey, share, from, Optional.of(end), variants);
    }

    /** Returns a variant by its name. */
    public Optional<Variant> variant(String called) {
        return variants.stream()
                .filter(variant -> variant.name().equals(called))
                .findFirst();
    }

    /** Returns whether it is under way at a time. */
    public boolean holdsAt(Instant now) {
        return !from.map(now::isBefore).orElse(false)
                && until.map(now::isBefore).orElse(true);
    }

    /** Returns the name of the unit that a request belongs to, if it has one. */
    public Optional<String> unit(RecommendationRequest request) {
        return unitKey.isEmpty()
                ? request.user()
                : Optional.ofNullable(request.context().get(unitKey.get()));
    }

    /** Returns the number of the variant of a request at a time, from 0, or -1 if the request is in none. */
    public int variantOf(RecommendationRequest request, Instant now) {
        Optional<String> unit = unit(request);
        return unit.isEmpty() || !holdsAt(now) ? -1 : variantOf(unit.get());
    }

    /** Returns the number of the variant of a unit, from 0, or -1 if it is in none. */
    public int variantOf(String unit) {
        if (bucket(salt, "share", unit) >= share) {
            return -1;
        }
        double place = bucket(salt, "variant", unit) * totalWeight();
        int chosen = 0;
        for (double end = variants.get(0).weight(); place >= end && chosen < variants.size() - 1; ) {
            end += variants.get(++chosen).weight();
        }
        return chosen;
    }

    /** Returns the variant with a number. */
    public Assignment assignment(int variant) {
        return new Assignment(name, variants.get(variant).name());
    }

    private double totalWeight() {
        double total = 0;
        for (int i = 0; i < variants.size(); i++) {
            total += variants.get(i).weight();
        }
        return total;
    }

    /**
     * Returns where a unit lies: 0 or more and below 1, uniform over units, and independent for different salts or draws. The
     * UTF-16 characters of salt, draw and unit, a line feed after each of the first two, are taken in one by one by
     * {@code h = mix(h + c + g)}, from h = 0, where g is the golden gamma and mix the finaliser of SplitMix64 (Steele, Lea,
     * Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, figure 14); the upper 53 bits are the place.
     *
     * @param draw what is drawn: {@code share} for being in the experiment, {@code variant} for the variant
     */
    public static double bucket(String salt, String draw, String unit) {
        long hash = taken(taken(0, salt), SEPARATOR);
        hash = taken(taken(hash, draw), SEPARATOR);
        return (taken(hash, unit) >>> 11) * 0x1p-53;
    }

    private static long taken(long hash, String text) {
        long taken = hash;
        for (int i = 0; i < text.length(); i++) {
            taken = taken(taken, text.charAt(i));
        }
        return taken;
    }

    private static long taken(long hash, char next) {
        long mixed = hash + next + GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
