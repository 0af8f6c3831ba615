package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.controls.InvalidDocumentException.Problem;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A folder that people edit, and what becomes of their mistakes. */
class FileControlsTest {
    private static final Scope HOME = new Scope("acme", "home");
    private static final FileTime THEN = FileTime.fromMillis(1_000_000_000_000L);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Logger logger = (Logger) LoggerFactory.getLogger(FileControls.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void tearDown() {
        logger.setLevel(Level.OFF);
        logger.detachAppender(log);
        scheduler.shutdownNow();
    }

    private FileControls open() {
        return FileControls.builder(folder).executor(scheduler).open();
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text.replace('\'', '"'));
    }

    private static int k(FileControls controls) {
        return controls.configs().current(HOME).value().k();
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aFileIsFollowedInTheBackground() throws IOException {
        write("acme/home/config.json", "{'k':5}");
        FileControls controls = open();
        write("acme/home/config.json", "{'k':60}");

        assertThat(k(controls)).isEqualTo(5);
        scheduler.tick();
        assertThat(k(controls)).isEqualTo(60);
        assertThat(scheduler.delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aSecondChangeWithinTheSameTickOfTheFilesTimeIsSeen() throws IOException {
        Files.setLastModifiedTime(write("acme/config.json", "{'k':5}"), THEN);
        FileControls controls = open();
        Files.setLastModifiedTime(write("acme/config.json", "{'k':6}"), THEN);

        controls.reload();

        assertThat(k(controls)).isEqualTo(6);
    }

    @Test
    void aFileThatBecomesInvalidLeavesInForceWhatItSaidLast() throws IOException {
        write("acme/home/config.json", "{'k':5}");
        FileControls controls = open();
        Versioned<RankingConfig> before = controls.configs().current(HOME);
        write("acme/home/config.json", "{'k':0,'x':1}");

        controls.reload();
        controls.reload();
        controls.reload();

        assertThat(controls.configs().current(HOME)).isSameAs(before);
        assertThat(controls.problems())
                .extracting(Problem::path)
                .containsExactly("acme/home/config.json", "acme/home/config.json");
        assertThat(controls.problems().get(1).detail()).isEqualTo("k: is 0; expected 1 to 1000");
        assertThat(logged()).hasSize(2).allMatch(line -> line.contains("acme/home/config.json"));
    }

    @Test
    void aFileThatWasMendedIsInForceAndNoProblemAnyMore() throws IOException {
        write("acme/home/config.json", "{'k':5}");
        FileControls controls = open();
        write("acme/home/config.json", "{'k':");
        controls.reload();
        write("acme/home/config.json", "{'k':600}");

        assertThat(controls.reload()).isEmpty();

        assertThat(k(controls)).isEqualTo(600);
        assertThat(logged()).last().asString().contains("all files are in force again");
    }

    @Test
    void aFileThatIsGoneHoldsNoLonger() throws IOException {
        write("acme/config.json", "{'k':5}");
        Path own = write("acme/home/config.json", "{'k':6}");
        FileControls controls = open();
        Files.delete(own);

        controls.reload();

        assertThat(k(controls)).isEqualTo(5);
    }

    @Test
    void aFolderThatIsAwayLeavesInForceWhatItSaid() throws IOException {
        write("acme/config.json", "{'k':5}");
        FileControls controls = open();
        Path elsewhere = folder.resolveSibling(folder.getFileName() + "-moved");
        Files.move(folder, elsewhere);
        try {
            assertThat(controls.reload())
                    .extracting(Problem::detail)
                    .allMatch(text -> text.startsWith("cannot be listed"));
            assertThat(k(controls)).isEqualTo(5);
        } finally {
            Files.move(elsewhere, folder);
        }
        assertThat(controls.reload()).isEmpty();
    }

    @Test
    void anInvalidFileAtTheStartIsRefusedWithAllThatIsWrong() throws IOException {
        write("acme/home/config.json", "{'k':0}");
        write("acme/items.jsonl", "{'item':'a'}\n\n{'item':'a','price':1}\n{'price':-1}");
        write("acme/rules.json", "{'rules':[{'id':'a'}]}");
        write("acme/confg.json", "{}");
        write("config.json", "{}");
        write("a+b/config.json", "{}");

        InvalidDocumentException refused = catchThrowableOfType(InvalidDocumentException.class, this::open);

        assertThat(refused.problems())
                .extracting(Problem::toString)
                .anyMatch(problem -> problem.equals("acme/home/config.json: k: is 0; expected 1 to 1000"))
                .anyMatch(problem -> problem.startsWith("acme/items.jsonl: line 3: item: is on line 1 already"))
                .anyMatch(problem -> problem.startsWith("acme/items.jsonl: line 4: item: is missing"))
                .anyMatch(
                        problem -> problem.startsWith("acme/items.jsonl: line 4: price: item 'any' has the price -1.0"))
                .anyMatch(problem -> problem.startsWith("acme/rules.json: rules[0].action: is missing"))
                .anyMatch(problem ->
                        problem.startsWith("acme/confg.json: is no file that is read here; expected config.json"))
                .anyMatch(problem -> problem.startsWith("config.json: is no file that is read here; expected a folder"))
                .anyMatch(problem -> problem.startsWith("a+b: tenant has the character U+002B"));
    }

    @Test
    void aCheckFindsWhatAStartRefusesAndWritesNothing() throws IOException {
        write("acme/config.json", "{'k':5}");
        assertThat(FileControls.check(folder)).isEmpty();
        write("acme/home/config.json", "{'k':0,'x':1}");
        write("acme/home/rules.json", "{'rules':");
        write("acme/items.jsonl", "{'item':'a'}\n{'item':'a'}\n");
        write("acme/notes.json", "{}");

        List<Problem> found = FileControls.check(folder);

        assertThat(folder.resolve("_versions")).doesNotExist();
        InvalidDocumentException refused = catchThrowableOfType(InvalidDocumentException.class, this::open);
        assertThat(found).isNotEmpty().isEqualTo(refused.problems());
        assertThat(FileControls.check(folder.resolve("nowhere"))).hasSize(1);
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> FileControls.at(folder.resolve("nowhere")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Make it a folder that may be read");
    }

    @Test
    void namesThatBeginWithADotOrAnUnderscoreAndOtherFilesArePassedOver() throws IOException {
        write(".git/config.json", "no");
        write("_old/config.json", "no");
        write("acme/.config.json.tmp", "no");
        write("acme/README.md", "no");
        write("lost+found/x.json", "no");

        assertThat(open().problems()).isEmpty();
    }

    @Test
    void itemsMayBeCompressed() throws IOException {
        Files.createDirectories(folder.resolve("acme"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("acme/items.jsonl.gz")))) {
            out.write("{\"item\":\"b\"}\r\n{\"item\":\"a\",\"brand\":\"\u0130\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        FileControls controls = open();

        List<ItemAttributes> expected = List.of(ItemAttributes.of("a").withBrand("\u0130"), ItemAttributes.of("b"));
        assertThat(controls.items().current(HOME).value()).isEqualTo(expected);
        assertThat(controls.items().current(HOME).version()).isEqualTo(ItemAttributesDocument.etag(expected));
    }

    @Test
    void itemsInTwoFilesAreRefused() throws IOException {
        write("acme/items.jsonl", "");
        write("acme/items.jsonl.gz", "");

        assertThatThrownBy(this::open).hasMessageContaining("acme/items.jsonl.gz: is there beside another file");
    }

    @Test
    void anotherProcessFindsTheVersionsThatWereInForceHere() throws IOException {
        String byDefault = open().configs().current(HOME).version();
        write("acme/home/config.json", "{'k':5}");
        write("acme/items.jsonl", "{'item':'a'}");
        FileControls first = open();
        String config = first.configs().current(HOME).version();
        String items = first.items().current(HOME).version();
        write("acme/home/config.json", "{'k':60}");
        write("acme/items.jsonl", "{'item':'long'}");
        first.reload();

        FileControls second = open();

        assertThat(second.configs().version(HOME, config)).hasValue(RankingConfig.DEFAULT.withK(5));
        assertThat(second.configs().version(HOME, byDefault)).hasValue(RankingConfig.DEFAULT);
        assertThat(second.items().version(HOME, items)).isPresent();
        assertThat(second.rules().version(HOME, RuleSetDocument.etag(RuleSet.NONE)))
                .hasValue(RuleSet.NONE);
    }

    @Test
    void aKeptVersionIsCalledByTheDigestOfItsBytes() throws IOException {
        write("acme/items.jsonl", "{'price':1.0,'item':'b'}\n{'item':'a'}");
        open();

        try (Stream<Path> files = Files.walk(folder.resolve("_versions")).filter(Files::isRegularFile)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(4); // the defaults of the three kinds, and the items
            for (Path file : all) {
                assertThat(file.getFileName().toString())
                        .startsWith("sha256-" + Sha256.of(Files.readAllBytes(file)) + ".json");
            }
        }
    }

    @Test
    void aKeptVersionThatWasAlteredIsNotGivenOut() throws IOException {
        write("acme/config.json", "{'k':5}");
        FileControls controls = open();
        String version = controls.configs().current(HOME).version();
        write("_versions/config/" + version + ".json", "{'k':7}");
        write("acme/config.json", "{'k':60}");
        controls.reload();

        assertThatThrownBy(() -> controls.configs().version(HOME, version))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(version);
    }

    @Test
    void whereNoVersionsCanBeKeptTheLogSaysSoOnceAndAllElseWorks() throws IOException {
        Files.writeString(folder.resolve("_versions"), "in the way");
        write("acme/config.json", "{'k':5}");
        FileControls controls = open();
        write("acme/config.json", "{'k':60}");
        controls.reload();

        assertThat(k(controls)).isEqualTo(60);
        assertThat(logged()).hasSize(1).first().asString().contains("Versions of controls are not kept");
    }

    @Test
    void aFileThatMayNotBeReadLeavesInForceWhatItSaidLast() throws IOException {
        Path file = write("acme/config.json", "{'k':5}");
        FileControls controls = open();
        write("acme/config.json", "{'k':60}");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");

        assertThat(controls.reload()).extracting(Problem::path).containsExactly("acme/config.json");
        assertThat(k(controls)).isEqualTo(5);
    }

    @Test
    void anIntervalIsTenMillisecondsToADay() {
        for (Duration interval :
                List.of(Duration.ofMillis(9), Duration.ofDays(1).plusNanos(1))) {
            assertThatThrownBy(() -> FileControls.builder(folder).pollInterval(interval))
                    .hasMessageContaining("expected PT0.01S to PT24H");
        }
    }

    @Test
    void onceClosedItFollowsNoMoreAndStillAnswers() throws IOException {
        write("acme/config.json", "{'k':5}");
        FileControls controls = open();
        controls.close();
        controls.close();

        assertThat(scheduler.tick()).isZero();
        assertThat(scheduler.isShutdown()).isFalse();
        assertThat(k(controls)).isEqualTo(5);
    }

    @Test
    void itsOwnThreadIsADaemonThatEndsWithIt() throws InterruptedException {
        FileControls controls =
                FileControls.builder(folder).pollInterval(Duration.ofMillis(10)).open();
        Thread poller = poller();
        controls.close();

        poller.join(60_000);

        assertThat(poller.isDaemon()).isTrue();
        assertThat(poller.isAlive()).isFalse();
    }

    private static Thread poller() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("recsys-controls"))
                .findFirst()
                .orElseThrow();
    }
}
