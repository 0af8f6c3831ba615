package dev.recsys.pipelines;

import dev.recsys.artifact.Release;
import dev.recsys.internal.Digests;
import dev.recsys.pipelines.days.Checkpoint;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayReader;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.DayWriter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.publish.Build;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Does the daily work of a range of days, in their order: keeps each day's events, builds the window that ends with it,
 * ships that build, and records how far it has come.
 *
 * <p>The record never moves backwards, and is written last: whatever ends a run, the next one goes on with the first day
 * whose work is not done. If that day was shipped already, the same bytes are shipped again, which changes nothing. Days
 * that are kept already are not read from the raw files again; the others are read in one go. One backfill of a surface
 * runs at a time. Immutable.
 */
public final class Backfill {
    private final DayFolder days;
    private final DayReader reader;
    private final Path out;
    private final Function<DayWindow, SignalBuild> builds;
    private final Optional<Shipper> shipper;
    private final boolean again;
    private final Consumer<BackfilledDay> listener;

    /** Makes a build current. */
    @FunctionalInterface
    public interface Shipper {
        /** Ships the build of a day. */
        Release ship(LocalDate day, Build build) throws IOException;
    }

    private Backfill(
            DayFolder days,
            DayReader reader,
            Path out,
            Function<DayWindow, SignalBuild> builds,
            Optional<Shipper> shipper,
            boolean again,
            Consumer<BackfilledDay> listener) {
        this.days = days;
        this.reader = reader;
        this.out = out;
        this.builds = builds;
        this.shipper = shipper;
        this.again = again;
        this.listener = listener;
    }

    /**
     * Starts with one that builds and does not ship.
     *
     * @param days where the days are kept, and whose they are
     * @param reader reads the days that are not kept yet
     * @param out the folder of the build; that of each day replaces the one before
     * @param builds how a window is built: {@link SignalBuild#ofDays} of the same folder, with settings
     */
    public static Backfill of(DayFolder days, DayReader reader, Path out, Function<DayWindow, SignalBuild> builds) {
        return new Backfill(days, reader, out, builds, Optional.empty(), false, day -> {});
    }

    /** Ships the build of every day. */
    public Backfill shipping(Shipper by) {
        return new Backfill(days, reader, out, builds, Optional.of(by), again, listener);
    }

    /** Does days again that are recorded as done; the record stays where it is until there is a newer day. */
    public Backfill again() {
        return new Backfill(days, reader, out, builds, shipper, true, listener);
    }

    /** Sets who hears of every day that is done. */
    public Backfill listener(Consumer<BackfilledDay> heard) {
        return new Backfill(days, reader, out, builds, shipper, again, heard);
    }

    /**
     * Does the work of the days that are not done.
     *
     * @param range the days whose windows are built
     * @param windowDays how many days a window has
     * @return the days that were done now
     * @throws IllegalArgumentException if all days are before the one that is recorded as done, the raw files end too early,
     *     or as {@link SignalBuild#into}
     * @throws dev.recsys.ConflictException if another one writes these days, or another ship was first
     * @throws dev.recsys.RefusedException if a gate refuses a build, as one of an older window than the current release's
     * @throws IOException if a folder cannot be read or written
     */
    public List<BackfilledDay> run(DayWindow range, int windowDays) throws IOException {
        try (DayWriter writer = days.write()) {
            LocalDate start = start(range);
            if (start.isAfter(range.until())) {
                return List.of();
            }
            keep(writer, DayWindow.between(start, range.until()), windowDays);
            List<BackfilledDay> done = new ArrayList<>();
            for (LocalDate day = start; !day.isAfter(range.until()); day = day.plusDays(1)) {
                BackfilledDay finished = work(new DayWindow(day, windowDays));
                writer.advance(new Checkpoint(
                        day,
                        finished.digest(),
                        finished.release().map(Release::id).orElse(0L)));
                listener.accept(finished);
                done.add(finished);
            }
            return done;
        }
    }

    private LocalDate start(DayWindow range) throws IOException {
        Optional<LocalDate> done = days.checkpoint().map(Checkpoint::day);
        if (again || done.isEmpty() || range.from().isAfter(done.get())) {
            return range.from();
        }
        if (range.until().isBefore(done.get())) {
            throw new IllegalArgumentException("the backfill of " + days.scope() + " has come to " + done.get()
                    + ", and all days to " + range.until() + " are before that; to do them again say so with --again");
        }
        return done.get().plusDays(1);
    }

    private BackfilledDay work(DayWindow window) throws IOException {
        SignalBuildReport report = builds.apply(window).into(out);
        Sha256 digest = Digests.of(out.resolve("build.json"));
        Optional<Release> release = Optional.empty();
        if (shipper.isPresent()) {
            release = Optional.of(shipper.get().ship(window.until(), report.build()));
        }
        return new BackfilledDay(window.until(), report, digest, release);
    }

    /** Reads the days that are not kept yet, if there are any, and keeps them. */
    private void keep(DayWriter writer, DayWindow range, int windowDays) throws IOException {
        NavigableSet<LocalDate> kept = days.days();
        LocalDate from = new DayWindow(range.from(), windowDays).from();
        if (!kept.isEmpty()
                && !kept.first().isAfter(range.from())
                && kept.first().isAfter(from)) {
            from = kept.first(); // what was before is not asked for every day anew
        }
        NavigableSet<LocalDate> missing = from.datesUntil(range.until().plusDays(1))
                .filter(day -> !kept.contains(day))
                .collect(Collectors.toCollection(TreeSet::new));
        if (missing.isEmpty()) {
            return;
        }
        EventReader.Days read = reader.read(
                        days.scope(), Optional.of(DayWindow.between(missing.first(), missing.last())))
                .only(missing);
        requireEnd(missing, read);
        writer.put(read, asked(missing, kept, read, range.from()), false);
    }

    /** Refuses to take days behind the end of the files for days on which nothing happened. */
    private static void requireEnd(NavigableSet<LocalDate> missing, EventReader.Days read) {
        LocalDate last = missing.last();
        if (!read.days().containsKey(last)) {
            throw new IllegalArgumentException("the files have no event of " + last
                    + ", the last day that is wanted and not kept yet. Name the files of that day; or if nothing happened"
                    + " on it, write it with: recsys day --from " + last + " --to " + last + " --events ..");
        }
    }

    /** Returns the days that are written even if nothing happened: all from the first of which anything is known. */
    private static Set<LocalDate> asked(
            NavigableSet<LocalDate> missing, NavigableSet<LocalDate> kept, EventReader.Days read, LocalDate start) {
        LocalDate first = read.days().firstKey();
        if (!kept.isEmpty() && kept.first().isBefore(first)) {
            first = kept.first();
        }
        return missing.tailSet(first.isBefore(start) ? first : start);
    }
}
