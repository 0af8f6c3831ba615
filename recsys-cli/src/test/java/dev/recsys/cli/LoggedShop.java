package dev.recsys.cli;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Recommendations.Versions;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A surface of forty items, i0 the most popular, and the log of requests for ten of them: of each user one. */
final class LoggedShop {
    static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    final Path store;
    final Path log;
    private final Path root;
    private final Shell shell = new Shell();

    LoggedShop(Path root) throws IOException {
        this.root = root;
        this.store = root.resolve("store");
        this.log = Files.createDirectories(root.resolve("log"));
    }

    /** Writes a build of every so manieth item, from a day; returns its folder. */
    Path build(int every, int day) throws IOException {
        Path folder = root.resolve("build-" + every + "-" + day);
        Instant newest = START.plusSeconds(86_400L * day);
        List<ScoredItem> row = new ArrayList<>();
        for (int i = every - 1; i < 40; i += every) {
            row.add(new ScoredItem("i" + i, 100 + day - i));
        }
        try (BuildWriter writer = BuildWriter.into(folder, new Scope("acme", "home"), "default")) {
            try (TableWriter table = writer.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", row);
                table.finish();
            }
            writer.finish(new Window(newest, newest), newest, Map.of());
        }
        return folder;
    }

    /** Writes a file of the log that begins at a second, with so many requests, one a second; it was last written at its end. */
    void log(int second, int requests) throws IOException {
        String name = String.format("exposures-20260201T00%02d%02d000Z-7.jsonl.gz", second / 60, second % 60);
        StringBuilder lines = new StringBuilder();
        for (int i = second; i < second + requests; i++) {
            RecommendationRequest request = RecommendationRequest.of("acme", "home")
                    .user("p" + i)
                    .requestId("r" + i)
                    .k(10)
                    .build();
            Recommendations answer = new Recommendations(request.scope(), 1, 1, 1, Versions.NONE, List.of(), List.of());
            lines.append(ExposureDocument.write(new Exposure(
                            START.plusSeconds(i), request, List.of("i" + i % 40), new TreeMap<>(), List.of(), answer)))
                    .append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log.resolve(name)))) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(log.resolve(name), FileTime.from(START.plusSeconds(second + requests)));
    }

    /** Writes to the log of outcomes that each of so many users took an item within the hour. */
    void outcomes(int users, String item) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            lines.add(OutcomeDocument.write(
                    new Outcome(new Scope("acme", "home"), "p" + i, item, "click", START.plusSeconds(i + 1_800))));
        }
        Files.write(log.resolve("outcomes-20260201T000000000Z-7.jsonl"), lines);
    }

    /** Runs a command on the surface. */
    int on(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of(command, "--store", store.toString(), "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return shell.run(args.toArray(String[]::new));
    }

    Shell shell() {
        return shell;
    }
}
