package dev.recsys.store.gcs;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through an exception and what caused it. */
final class Causes {
    private static final int DEEPEST = 20; // a chain may be a ring

    private Causes() {}

    static boolean any(@Nullable Throwable thrown, Predicate<Throwable> which) {
        return chain(thrown).anyMatch(which);
    }

    static <T> Optional<T> first(@Nullable Throwable thrown, Class<T> type) {
        return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(@Nullable Throwable thrown) {
        return Stream.iterate(Optional.ofNullable(thrown), cause -> cause.map(Throwable::getCause))
                .limit(DEEPEST)
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream);
    }
}
