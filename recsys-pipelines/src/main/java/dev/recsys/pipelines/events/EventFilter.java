package dev.recsys.pipelines.events;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of the files are wanted.
 *
 * @param scope whose; an event that names no tenant or surface belongs to every scope; empty takes all
 * @param window from when; empty takes all
 * @param ignoredTypes the types of events that are no interactions
 */
public record EventFilter(Optional<Scope> scope, Optional<Window> window, Set<String> ignoredTypes) {
    /** Takes every event. */
    public static final EventFilter ALL = new EventFilter(Optional.empty(), Optional.empty(), Set.of());

    /** Copies the set. */
    public EventFilter {
        ignoredTypes = Set.copyOf(ignoredTypes);
    }
}
