package dev.recsys.log;

import dev.recsys.Scope;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose lines are looked for, and the keys that were met meanwhile under which nobody says a name. */
final class Person {
    private final String tenant;
    private final Set<String> names;
    private final Set<String> keys;
    private final NavigableSet<String> unknownKeys = new TreeSet<>();

    Person(String tenant, Set<String> names) {
        this.tenant = tenant;
        this.names = names;
        this.keys = names.stream()
                .map(PseudonymKeys::keyOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a line's user is the person. */
    boolean is(Scope scope, String user) {
        if (!scope.tenant().equals(tenant)) {
            return false;
        }
        PseudonymKeys.keyOf(user).filter(key -> !keys.contains(key)).ifPresent(unknownKeys::add);
        return names.contains(user);
    }

    SortedSet<String> unknownKeys() {
        return unknownKeys;
    }
}
