package dev.recsys.preview;

import dev.recsys.preview.PreviewChange.User;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The users with the least overlap, each with one request: as many as a report lists, however many there are. */
final class MostChanged {
    private static final Comparator<User> LEAST_OVERLAP_FIRST = Comparator.comparingDouble(User::overlap)
            .thenComparing(User::requestId)
            .thenComparing(User::user)
            .thenComparingInt(User::current)
            .thenComparingInt(User::candidate);

    private final TreeSet<User> best = new TreeSet<>(LEAST_OVERLAP_FIRST);
    private final Map<String, User> byUser = new HashMap<>();

    /** A user that was driven out comes back only with a request that is before one of those that drove it out. */
    void add(User user) {
        if (user.overlap() == 1 && user.current() == user.candidate()) {
            return;
        }
        Optional<User> before = Optional.ofNullable(byUser.get(user.user()));
        if (before.isPresent() && LEAST_OVERLAP_FIRST.compare(before.get(), user) <= 0) {
            return;
        }
        before.ifPresent(best::remove);
        best.add(user);
        byUser.put(user.user(), user);
        if (best.size() > PreviewChange.MOST) {
            byUser.remove(best.pollLast().user());
        }
    }

    List<User> list() {
        return List.copyOf(best);
    }
}
