package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.evaluate.Split;
import dev.recsys.pipelines.events.BadEventsException;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalBuildTest {
    private static final Scope SCOPE = new Scope("acme", "home");
    private static final String HEADER = "event_id,ts,user,session,item,type,segment,value";

    @TempDir
    Path folder;

    private int outs;

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void orderSplitThreadsAndLocaleChangeNoByte(Similarity similarity) throws IOException {
        List<String> lines = randomLines(new Random(similarity.name().hashCode()));
        Path whole = EventFiles.lines(folder.resolve("whole.csv"), withHeader(lines));
        Collections.shuffle(lines, new Random(2));
        Path first = EventFiles.lines(folder.resolve("first.csv.gz"), withHeader(lines.subList(0, 700)));
        Path second = EventFiles.lines(folder.resolve("second.csv"), withHeader(lines.subList(700, lines.size())));

        Path one = build(
                SignalBuild.of(SCOPE, List.of(whole)).similarity(similarity).threads(1));
        Path two = inLocale(
                Locale.forLanguageTag("tr-TR"),
                () -> build(SignalBuild.of(SCOPE, List.of(second, first))
                        .similarity(similarity)
                        .threads(4)));
        Path three = inLocale(
                Locale.forLanguageTag("ar-EG-u-nu-arab"),
                () -> build(SignalBuild.of(SCOPE, List.of(first, second))
                        .similarity(similarity)
                        .threads(2)));

        assertSameFiles(one, two);
        assertSameFiles(one, three);
    }

    @ParameterizedTest
    @EnumSource(ImplicitModel.class)
    void orderSplitAndThreadsChangeNoByteOfAnySignal(ImplicitModel model) throws IOException {
        List<String> lines = randomLines(new Random(77));
        List<String> items = new ArrayList<>(List.of("ıtem1,a|b,9.5", "new,b,9", "ıtem2,a,100"));
        Path events = EventFiles.lines(folder.resolve("e.csv"), withHeader(lines));
        Collections.shuffle(lines, new Random(2));
        Path first = EventFiles.lines(folder.resolve("f.csv"), withHeader(lines.subList(0, 500)));
        Path second = EventFiles.lines(folder.resolve("g.csv"), withHeader(lines.subList(500, lines.size())));
        ItemFile known = itemFile("known.csv", items);
        Collections.reverse(items);
        ItemFile reversed = itemFile("reversed.csv", items);
        ImplicitSettings settings = ImplicitSettings.of(model);

        Path one = build(SignalBuild.of(SCOPE, List.of(events))
                .everySignal()
                .implicit(settings)
                .items(known)
                .threads(1));
        Path two = build(SignalBuild.of(SCOPE, List.of(second, first))
                .everySignal()
                .implicit(settings)
                .items(reversed)
                .threads(3));

        for (String name : List.of("popularity", "cooc", "implicit", "session_seq", "content_sim")) {
            assertThat(Files.mismatch(one.resolve(name + ".rst"), two.resolve(name + ".rst")))
                    .as(name)
                    .isEqualTo(-1);
        }
        assertThat(Files.mismatch(one.resolve("build.json"), two.resolve("build.json")))
                .isEqualTo(-1);
        assertThat(Table.open(one.resolve("content_sim.rst")).row("new"))
                .extracting(ScoredItem::itemId)
                .contains("ıtem1");
        assertThat(Table.open(one.resolve("implicit.rst")).filledRows()).isGreaterThan(10);
    }

    private ItemFile itemFile(String name, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("item_id,tags,price"));
        all.addAll(lines);
        return ItemFile.of(EventFiles.lines(folder.resolve(name), all));
    }

    @Test
    void everySignalLeavesOutThoseForWhichThereIsNothing() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,session", "5,a,s", "10,b,s");

        Build build =
                SignalBuild.of(SCOPE, List.of(file)).everySignal().into(out()).build();

        assertThat(build.artifacts())
                .containsOnlyKeys(ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.SESSION_SEQ);
    }

    @Test
    void contentNeedsItems() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,session", "5,a,s", "10,b,s");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBuild.of(SCOPE, List.of(file))
                        .signals(Set.of(ArtifactType.CONTENT_SIM))
                        .into(out()))
                .withMessageContaining("file of items");
    }

    @Test
    void memoryIsToldBeforeItIsTakenAndRefusedIfTheHeapDoesNotHoldIt() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), withHeader(randomLines(new Random(5))));
        List<Long> told = new ArrayList<>();
        SignalBuild build = SignalBuild.of(SCOPE, List.of(file))
                .everySignal()
                .implicit(ImplicitSettings.of(ImplicitModel.EASE))
                .threads(1)
                .listener(new ProgressListener() {
                    @Override
                    public void progress(Phase phase, long done, long total) {}

                    @Override
                    public void memory(long neededBytes, long heapBytes) {
                        told.add(neededBytes);
                        told.add(heapBytes);
                    }
                });

        MemoryNeed need = build.into(out()).memory();

        assertThat(told).startsWith(need.peakBytes());
        assertThat(need.signalBytes())
                .containsOnlyKeys(
                        ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.IMPLICIT, ArtifactType.SESSION_SEQ);
        Path refused = out();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.heapBytes(need.peakBytes() - 1).into(refused))
                .withMessageContaining("rp3beta")
                .withMessageContaining("-Xmx")
                .withMessageContaining("heap has room for");
        assertThat(refused).doesNotExist();
        assertThat(build.heapBytes(need.peakBytes()).into(out()).memory()).isEqualTo(need);
    }

    @Test
    void constantsOfSignalsAreSetByName() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,user", "5,a,u", "10,b,u");
        SignalBuild build = SignalBuild.of(SCOPE, List.of(file)).everySignal();

        Build built = build.set("cooc.step-decay", 0.8)
                .set("implicit.beta", 0.4)
                .set("session_seq.steps", 3)
                .set("content_sim.k1", 2)
                .set("popularity.trend-days", 2)
                .into(out())
                .build();

        assertThat(built.evidence().get("pair_weights")).contains("0.8");
        assertThat(built.evidence().get("implicit_constants")).contains("beta=0.4");
        assertThat(built.evidence().get("session_seq")).contains("maxSteps=3");
        assertThat(built.evidence().get("trend")).contains("PT48H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.set("beta", 1))
                .withMessageContaining("'beta'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.set("cooc.gamma", 1))
                .withMessageContaining("gamma");
    }

    @Test
    void csvAndJsonlOfTheSameEventsGiveTheSameBytes() throws IOException {
        Path csv =
                EventFiles.lines(folder.resolve("e.csv"), "ts,item,user", "2026-01-01 00:00:00,a,u", "1767225660,b,u");
        Path jsonl = EventFiles.lines(
                folder.resolve("e.jsonl"),
                "{\"ts\":1767225660000,\"item\":\"b\",\"user\":\"u\"}",
                "{\"ts\":\"2026-01-01T01:00:00+01:00\",\"item\":\"a\",\"user\":\"u\"}");

        assertSameFiles(build(SignalBuild.of(SCOPE, List.of(csv))), build(SignalBuild.of(SCOPE, List.of(jsonl))));
    }

    @Test
    void aBuildSaysWhatItIsMadeOf() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("e.csv"),
                HEADER,
                "1,2026-01-01T00:00:00Z,u,s,a,view,de,",
                "2,2026-01-02T00:00:00Z,u,s,b,purchase,de,3",
                "2,2026-01-02T00:00:00Z,u,s,b,purchase,de,3",
                "3,2026-01-03T00:00:00Z,v,,a,view,,-1",
                "4,never,v,,a,view,,");

        SignalBuildReport report =
                SignalBuild.of(SCOPE, List.of(file)).maxBad(0.5).into(out());

        Build build = report.build();
        assertThat(build.scope()).isEqualTo(SCOPE);
        assertThat(build.compatibilityGroup()).isEqualTo("default");
        assertThat(build.evidence())
                .containsEntry("lines", "5")
                .containsEntry("events", "2")
                .containsEntry("duplicates", "1")
                .containsEntry("malformed", "1")
                .containsEntry("set_aside", "1")
                .containsEntry("users", "1")
                .containsEntry("sessions", "1")
                .containsEntry("items", "2")
                .containsEntry("similarity", "jaccard")
                .containsEntry("half_life", "PT720H");
        assertThat(build.artifacts()).containsOnlyKeys(ArtifactType.COOC, ArtifactType.POPULARITY);
        for (BuiltArtifact artifact : build.artifacts().values()) {
            assertThat(artifact.watermark()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
            assertThat(artifact.window())
                    .isEqualTo(new Window(
                            Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00.001Z")));
        }
        assertThat(row(build, ArtifactType.COOC, "a")).containsExactly("b");
        assertThat(row(build, ArtifactType.POPULARITY, "")).containsExactly("b", "a");
        assertThat(row(build, ArtifactType.POPULARITY, "de")).containsExactly("b", "a");
        assertThat(Build.at(build.artifacts().values().iterator().next().file().resolveSibling(""))
                        .evidence())
                .isEqualTo(build.evidence());
    }

    @Test
    void withoutEventsAnEmptyBuildIsWritten() throws IOException {
        Build build = SignalBuild.of(SCOPE, List.of(EventFiles.bytes(folder.resolve("e.csv"), new byte[0])))
                .into(out())
                .build();

        assertThat(build.artifacts()).hasSize(2);
        for (BuiltArtifact artifact : build.artifacts().values()) {
            assertThat(artifact.rows()).isZero();
            assertThat(artifact.window()).isEqualTo(new Window(Instant.EPOCH, Instant.EPOCH));
            assertThat(Table.open(artifact.file()).itemCount()).isZero();
        }
    }

    @Test
    void aConfiguredWindowIsTheBuildsWindow() throws IOException {
        Window window = new Window(Instant.ofEpochSecond(0), Instant.ofEpochSecond(10));
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,user", "5,a,u", "10,b,u");

        SignalBuildReport report =
                SignalBuild.of(SCOPE, List.of(file)).window(window).into(out());

        assertThat(report.items()).isEqualTo(1);
        assertThat(report.read().outsideWindow()).isEqualTo(1);
        assertThat(report.build().artifacts().values())
                .allSatisfy(artifact -> assertThat(artifact.window()).isEqualTo(window));
    }

    @Test
    void signalsColumnsFormatWeightsAndGapAreObeyed() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("e.log"), "when,who,what,kind", "0,u,a,seen", "600,u,b,buy", "700,u,c,shown");

        SignalBuildReport report = SignalBuild.of(SCOPE, List.of(file))
                .format(EventFormat.CSV)
                .columns(EventColumns.parse("ts=when,user=who,item=what,type=kind"))
                .weights(Map.of("seen", 9.0, "shown", 0.0))
                .halfLife(Duration.ofDays(1))
                .sessionGap(Duration.ofMinutes(5))
                .signals(Set.of(ArtifactType.POPULARITY))
                .compatibilityGroup("sku")
                .into(out());

        assertThat(report.build().compatibilityGroup()).isEqualTo("sku");
        assertThat(report.build().artifacts()).containsOnlyKeys(ArtifactType.POPULARITY);
        assertThat(report.sessions()).isEqualTo(2);
        assertThat(report.read().ignored()).isEqualTo(1);
        assertThat(row(report.build(), ArtifactType.POPULARITY, "")).containsExactly("a", "b");
    }

    @Test
    void everyPhaseIsHeardOfAndEnds() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,user", "5,a,u", "10,b,u");
        Set<Phase> ended = EnumSet.noneOf(Phase.class);

        SignalBuild.of(SCOPE, List.of(file))
                .listener((phase, done, total) -> {
                    if (done == total) {
                        ended.add(phase);
                    }
                })
                .into(out());

        assertThat(ended).containsExactly(Phase.READ, Phase.POPULARITY, Phase.COOC);
    }

    @Test
    void tooManyMalformedLinesLeaveTheEarlierBuildAsItIs() throws IOException {
        Path good = EventFiles.lines(folder.resolve("good.csv"), "ts,item,user", "5,a,u", "10,b,u");
        Path bad = EventFiles.lines(folder.resolve("bad.csv"), "ts,item,user", "5,a,u", "x,b,u");
        Path out = build(SignalBuild.of(SCOPE, List.of(good)));
        byte[] before = Files.readAllBytes(out.resolve("build.json"));

        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> SignalBuild.of(SCOPE, List.of(bad)).into(out));
        assertThat(Files.readAllBytes(out.resolve("build.json"))).isEqualTo(before);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByName() {
        SignalBuild build = SignalBuild.of(SCOPE, List.of(folder.resolve("e.csv")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBuild.of(SCOPE, List.of()))
                .withMessageContaining("no file");
        assertThatIllegalArgumentException().isThrownBy(() -> build.threads(0)).withMessageContaining("threads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.maxBad(Double.NaN))
                .withMessageContaining("maxBad");
        assertThatIllegalArgumentException().isThrownBy(() -> build.maxBad(1.1)).withMessageContaining("maxBad");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.signals(Set.of()))
                .withMessageContaining("signal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.signals(Set.of(new ArtifactType("bestsellers"))))
                .withMessageContaining("bestsellers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.sessionGap(Duration.ZERO))
                .withMessageContaining("gap");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.compatibilityGroup(""))
                .withMessageContaining("group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.weights(Map.of("view", Double.NaN)))
                .withMessageContaining("'view'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"popularity", "cooc", "both"})
    void anEvaluationTrainsBeforeTheSplitAndTestsAfterIt(String signals) throws IOException {
        List<String> lines = new ArrayList<>(List.of("ts,session,item"));
        for (int i = 0; i < 20; i++) {
            lines.add(i + ",s" + i + ",a");
            lines.add(i + ",s" + i + ",b");
            lines.add(i + ",s" + i + ",x" + i);
        }
        lines.addAll(List.of("100,t,a", "100,t,b", "100,lone,a"));
        Path file = EventFiles.lines(folder.resolve("e.csv"), lines);
        Set<ArtifactType> types = signals.equals("both")
                ? Set.of(ArtifactType.COOC, ArtifactType.POPULARITY)
                : Set.of(new ArtifactType(signals));

        EvaluationReport report = SignalBuild.of(SCOPE, List.of(file))
                .everyScope()
                .signals(types)
                .evaluate(EvaluationPlan.of(Protocol.BASKET).splitAt(Split.at(Instant.ofEpochSecond(100))));

        assertThat(report.trainEvents()).isEqualTo(60);
        assertThat(report.figures().groups()).isEqualTo(1);
        assertThat(report.figures().questions()).isEqualTo(2);
        assertThat(report.figures().value("hit_rate@10")).isEqualTo(1);
        assertThat(report.figures().value("ndcg@10")).isEqualTo(1);
    }

    private interface Work {
        Path run() throws IOException;
    }

    private static Path inLocale(Locale locale, Work work) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return work.run();
        } finally {
            Locale.setDefault(before);
        }
    }

    private Path out() {
        return folder.resolve("out" + outs++);
    }

    private Path build(SignalBuild build) throws IOException {
        Path out = out();
        build.into(out);
        return out;
    }

    private static void assertSameFiles(Path one, Path two) throws IOException {
        for (String name : List.of("popularity.rst", "cooc.rst", "build.json")) {
            assertThat(Files.mismatch(one.resolve(name), two.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    private static List<String> row(Build build, ArtifactType type, String key) throws IOException {
        for (BuiltArtifact artifact : build.artifacts().values()) {
            if (artifact.type().equals(type)) {
                return Table.open(artifact.file()).row(key).stream()
                        .map(ScoredItem::itemId)
                        .toList();
            }
        }
        return List.of();
    }

    private static List<String> withHeader(List<String> lines) {
        List<String> all = new ArrayList<>(List.of(HEADER));
        all.addAll(lines);
        return all;
    }

    /** Sessions named and not, duplicates with different content, equal times, returns and malformed lines. */
    private static List<String> randomLines(Random random) {
        String[] types = {"view", "click", "purchase", "İstek", ""};
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            String id = random.nextInt(4) == 0 ? "" : "e" + random.nextInt(1_200);
            long second = 1_767_225_600L + random.nextInt(200) * 300L;
            String session = random.nextBoolean() ? "" : "s" + random.nextInt(60);
            String user = random.nextInt(5) == 0 ? "" : "u" + random.nextInt(40);
            String item = random.nextInt(100) == 0 ? "" : "ıtem" + random.nextInt(80);
            String segment = random.nextBoolean() ? "" : "seg" + random.nextInt(3);
            int value = random.nextInt(40) - 1;
            lines.add(String.join(
                    ",",
                    id,
                    String.valueOf(second),
                    user,
                    session,
                    item,
                    types[random.nextInt(5)],
                    segment,
                    "" + value));
        }
        return lines;
    }
}
