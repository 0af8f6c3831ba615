package dev.recsys.proofs;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a proof: pairs of a name and a value. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one has no value, or a name that is not among the known ones
     */
    public static Arguments parse(String[] args, String... known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!List.of(known).contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException("cannot use '" + args[i]
                        + "'; expected pairs of an option and a value, options " + List.of(known));
            }
            values.put(name, args[i + 1]);
        }
        return new Arguments(values);
    }

    /** Returns a value, or what to use without it. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** Returns a whole number, or what to use without it. */
    public int number(String name, int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    /** Returns the seed, or without one a random one. */
    public long seed() {
        return values.containsKey("seed") ? Long.parseLong(values.get("seed")) : new SecureRandom().nextInt(1_000_000);
    }
}
