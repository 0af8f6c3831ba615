package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemTags;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.Tenant;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import dev.recsys.controls.ControlFolder.Contents;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has in force what the files of a folder say, and follows them when they change. {@code TENANT/SURFACE/config.json} and
 * {@code rules.json} hold for a surface, {@code TENANT/config.json} and {@code rules.json} for the tenant's other surfaces,
 * {@code TENANT/items.jsonl} (or {@code items.jsonl.gz}) for all of the tenant's; where there is no file, the defaults of
 * {@link InMemoryControls} hold. All that is in the folder is in memory.
 *
 * <p>A file that becomes invalid or cannot be read changes nothing: what it said last stays in force, and {@link #problems()}
 * and one line of the log say so. Every version that was in force is kept in {@code _versions} below the folder, for
 * replay, by whichever process sees it first; if that cannot be written, none are kept, which the log says once. Nothing
 * deletes them. Safe for concurrent use, also by several processes; a reader never waits.
 */
public final class FileControls implements Controls, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileControls.class);
    private static final String VERSIONS = "_versions";

    private final Path folder;
    private final Supplier<String> newNames;
    private final Map<FileKind<?>, WatchedFiles<?>> files = new LinkedHashMap<>();
    private final TenantConfigs configs;
    private final Rules rules;
    private final ItemTags items;
    private volatile List<Problem> problems = List.of();
    private boolean toldNotKept; // guarded by this
    private @Nullable ScheduledFuture<?> polls; // guarded by this
    private @Nullable ScheduledExecutorService ownExecutor; // guarded by this

    private FileControls(Path folder, Supplier<String> newNames) {
        this.folder = folder;
        this.newNames = newNames;
        this.configs = Source.configs(watched(FileKind.config(), RankingConfig.DEFAULT));
        this.rules = Source.rules(watched(FileKind.rules(), RuleSet.NONE));
        this.items = Source.items(watched(FileKind.items(), List.of()));
    }

    private <T> Source<T> watched(FileKind<T> kind, T forAll) {
        Path versions = folder.resolve(VERSIONS).resolve(kind.name());
        WatchedFiles<T> watched = new WatchedFiles<>(kind, forAll, new KeptVersions<>(versions, kind, newNames));
        files.put(kind, watched);
        return watched;
    }

    /**
     * Loads a folder and follows it with a daemon thread of its own, which looks every 5 seconds.
     *
     * @throws InvalidDocumentException if the folder or a file cannot be read, or a file is not valid; it names them all
     */
    public static FileControls at(Path folder) {
        return builder(folder).open();
    }

    /**
     * Returns what is wrong with a folder, in the order of the paths; empty if {@link #at} takes it as it is. Puts nothing in
     * force, and writes nothing.
     */
    public static List<Problem> check(Path folder) {
        return FolderCheck.problems(folder);
    }

    /** Starts with what {@link #at} does. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /** Collects how a folder is followed; not safe for concurrent use. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofDays(1);

        private final Path folder;
        private Duration pollInterval = Duration.ofSeconds(5);
        private @Nullable ScheduledExecutorService executor;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /**
         * Says how long to wait after one look at the files before the next, 5 seconds by default.
         *
         * @throws IllegalArgumentException if it is less than 10 milliseconds or more than a day
         */
        public Builder pollInterval(Duration interval) {
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "pollInterval is " + interval + "; expected " + SHORTEST + " to " + LONGEST);
            }
            this.pollInterval = interval;
            return this;
        }

        /** Says who looks at the files, instead of a thread of its own; it is left running when this is closed. */
        public Builder executor(ScheduledExecutorService other) {
            this.executor = other;
            return this;
        }

        /**
         * Loads the folder and follows it.
         *
         * @throws InvalidDocumentException if the folder or a file cannot be read, or a file is not valid; it names them all
         */
        public FileControls open() {
            FileControls controls =
                    new FileControls(folder, () -> UUID.randomUUID().toString());
            List<Problem> found = controls.reload();
            if (!found.isEmpty()) {
                throw new InvalidDocumentException("the folder " + folder, found);
            }
            controls.keepDefaults();
            controls.follow(executor, pollInterval);
            return controls;
        }
    }

    private synchronized void keepDefaults() {
        files.values().forEach(watched -> watched.keepDefault(this::notKept));
    }

    private synchronized void follow(@Nullable ScheduledExecutorService given, Duration interval) {
        ScheduledExecutorService executor = given;
        if (executor == null) {
            executor = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "recsys-controls");
                thread.setDaemon(true);
                return thread;
            });
            ownExecutor = executor;
        }
        long nanos = interval.toNanos();
        polls = executor.scheduleWithFixedDelay(this::poll, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** What is scheduled may not throw, or it is never run again. */
    private void poll() {
        try {
            reload();
        } catch (RuntimeException e) {
            log.error(
                    "The controls in {} could not be looked at, which is a defect; they stay as they are.", folder, e);
        }
    }

    /** Looks at the files now, whatever the interval, and returns what {@link #problems()} does afterwards. */
    public synchronized List<Problem> reload() {
        List<Problem> found = new ArrayList<>();
        try {
            Contents contents = ControlFolder.list(folder, files.keySet());
            found.addAll(contents.problems());
            files.forEach((kind, watched) -> {
                watched.update(contents.ofKind(kind), this::notKept);
                found.addAll(watched.problems());
            });
        } catch (IOException e) {
            found.add(ControlFolder.unlisted(e));
        }
        found.sort(Comparator.comparing(Problem::path));
        tell(found);
        problems = List.copyOf(found);
        return problems;
    }

    private void tell(List<Problem> found) {
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problem -> log.warn("Controls in {}: {}. What was in force before stays.", folder, problem));
        if (found.isEmpty() && !problems.isEmpty()) {
            log.info("Controls in {}: all files are in force again.", folder);
        }
    }

    private synchronized void notKept(IOException failure) {
        if (!toldNotKept) {
            toldNotKept = true;
            log.warn(
                    "Versions of controls are not kept in {}: {}. Lists cannot be replayed once something changes; let this"
                            + " process write there.",
                    folder.resolve(VERSIONS),
                    failure.toString());
        }
    }

    /** Returns which files are not in force as they are, and why, as of the last look; empty if all is well. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public TenantConfigs configs() {
        return configs;
    }

    @Override
    public Rules rules() {
        return rules;
    }

    @Override
    public ItemTags items() {
        return items;
    }

    /** Returns what takes every tenant for active, for no file says otherwise. */
    @Override
    public Tenants tenants() {
        return scope -> Tenant.ACTIVE;
    }

    /** Does nothing: all that is in the folder is in memory. */
    @Override
    public void prepare(Scope scope) {}

    /** Returns nothing: a file that is not in force concerns those that it is for, see {@link #problems()}. */
    @Override
    public Optional<String> problem(Scope scope) {
        return Optional.empty();
    }

    /** Follows the folder no longer; what is in force stays, and {@link #reload()} still works. May be called again. */
    @Override
    public synchronized void close() {
        if (polls != null) {
            polls.cancel(false);
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }
}
