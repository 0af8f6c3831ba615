package dev.recsys.log;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Records that were shown, and what is in a folder of files. */
final class Shown {
    static final String USER = "ann@example.com";
    static final PseudonymKeys KEYS = PseudonymKeys.of("k1", new byte[32]);

    private Shown() {}

    static Exposure to(String user, int number) {
        return of(user, number, 1.5);
    }

    static Exposure of(String user, int number, double score) {
        return new Exposure(
                Instant.parse("2026-02-01T00:00:00Z").plusMillis(number),
                RecommendationRequest.of("acme", "home")
                        .user(user)
                        .seed(number)
                        .context(Map.of("experiment", "e1", "mail", user))
                        .build(),
                List.of("tea"),
                new TreeMap<>(),
                List.of(),
                new Recommendations(
                        new Scope("acme", "home"),
                        1,
                        1,
                        1,
                        new Recommendations.Versions("none", "none", "none"),
                        List.of(new RecommendedItem("mug", score, List.of("cooc"), List.of(), 1)),
                        List.of()));
    }

    /** Returns the names of the files, sorted, without the process. */
    static List<String> names(Path folder) {
        String pid = "-" + ProcessHandle.current().pid();
        return files(folder).stream()
                .map(file -> file.getFileName().toString().replace(pid, ""))
                .toList();
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().matches(".*[.](tally|lock)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the logs of a folder have let go of it. */
    static void awaitLetGo(Path folder) {
        while (isHeld(folder)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isHeld(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".tally"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the lines of all files of a folder. */
    static List<String> lines(Path folder) {
        return files(folder).stream().flatMap(file -> text(file).lines()).toList();
    }
}
