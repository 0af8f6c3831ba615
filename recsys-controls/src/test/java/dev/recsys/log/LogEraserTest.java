package dev.recsys.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.log.LogEraser.Erased;
import dev.recsys.log.LogEraser.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogEraserTest {
    private static final PseudonymKeys ROTATED = Shown.KEYS.rotatedTo("k2", new byte[33]);

    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("------rwx");

    @TempDir
    private Path folder;

    private FileEventSink sink(PseudonymKeys keys) {
        return FileEventSink.builder(folder).pseudonyms(keys).build();
    }

    private void write(PseudonymKeys keys, String... users) {
        try (FileEventSink sink = sink(keys);
                OutcomeRecorder recorder =
                        OutcomeRecorder.builder(folder).pseudonyms(keys).build()) {
            for (String user : users) {
                sink.exposed(Shown.to(user, 1));
                assertThat(recorder.record(new Outcome(
                                new Scope("acme", "home"),
                                user,
                                "mug",
                                "click",
                                Instant.parse("2026-02-01T00:00:00Z"))))
                        .isTrue();
            }
        }
    }

    private Erased eraseAnn() throws Exception {
        Set<String> names = new HashSet<>(ROTATED.all("acme", "ann"));
        return LogEraser.of(folder).erase("acme", names);
    }

    private static Erased removed(long lines, int files, long unreadable) {
        return new Erased(lines, files, unreadable, List.of(), List.of(), new TreeSet<>());
    }

    @Test
    void theLinesOfAPersonUnderAllKeysLeaveAndNoOther() throws Exception {
        write(Shown.KEYS, "ann", "bob", "ann");
        write(ROTATED, "ann", "bob");
        List<String> others = Shown.lines(folder).stream()
                .filter(line -> ROTATED.all("acme", "ann").stream().noneMatch(line::contains))
                .toList();

        assertThat(eraseAnn()).isEqualTo(removed(6, 4, 0));

        assertThat(Shown.lines(folder)).isEqualTo(others).hasSize(4);
        assertThat(eraseAnn()).isEqualTo(removed(0, 0, 0));
        assertThat(LogEraser.of(folder)
                        .erase("other", Set.copyOf(ROTATED.all("acme", "bob")))
                        .lines())
                .as("of another tenant")
                .isZero();
    }

    @Test
    void aFileThatIsWrittenToIsLeftAndNamed() throws Exception {
        write(Shown.KEYS, "ann");
        try (FileEventSink sink = sink(Shown.KEYS)) {
            sink.exposed(Shown.to("ann", 2));
            assertThat(sink.flush(Duration.ofSeconds(30))).isTrue();

            Erased erased = eraseAnn();

            assertThat(erased.lines()).isEqualTo(2);
            assertThat(erased.inUse())
                    .hasSize(1)
                    .allMatch(file -> file.toString().endsWith(".jsonl"));
            sink.exposed(Shown.to("bob", 3));
        }

        assertThat(eraseAnn().lines()).isEqualTo(1);
        assertThat(Shown.lines(folder)).hasSize(1);
    }

    @Test
    void whatAnEndedProcessOrAnInterruptedEraserLeftIsDoneToo() throws Exception {
        write(Shown.KEYS, "ann", "bob");
        Path packed = Shown.files(folder).get(0);
        String text = Shown.text(packed);
        Files.delete(packed);
        Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl"), text + "{\"half");
        Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl.gz.erasing"), "half");

        assertThat(eraseAnn().lines()).isEqualTo(2);

        assertThat(Shown.lines(folder)).hasSize(2);
        assertThat(folder).isDirectoryNotContaining("glob:**.erasing");
    }

    @Test
    void aDamagedFileIsNamedAndStaysAndTheOthersAreDone() throws Exception {
        write(Shown.KEYS, "ann", "bob");
        Path damaged = Shown.files(folder).get(0);
        byte[] half = Arrays.copyOf(Files.readAllBytes(damaged), (int) Files.size(damaged) / 2);
        Files.write(damaged, half);
        Path empty = Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl.gz"), "");

        Erased erased = eraseAnn();

        assertThat(erased.lines()).as("of the outcomes").isEqualTo(1);
        assertThat(erased.failed()).extracting(Failed::file).containsExactly(empty, damaged);
        assertThat(erased.failed()).allMatch(Failed::isDamaged);
        assertThat(erased.isComplete()).isFalse();
        assertThat(damaged).hasBinaryContent(half);
        assertThat(folder).isDirectoryNotContaining("glob:**.erasing");
    }

    @Test
    void aFileThatCannotBePackedIsNotSaidToBeInUse() throws Exception {
        Path left = Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl"), "{}\n");
        Files.createFile(Files.createDirectory(folder.resolve("exposures-20260131T000000000Z-1.jsonl.gz.tmp"))
                .resolve("in-the-way"));

        Erased erased = eraseAnn();

        assertThat(erased.inUse()).isEmpty();
        assertThat(erased.failed()).extracting(Failed::file).containsExactly(left);
        assertThat(erased.failed()).noneMatch(Failed::isDamaged);
    }

    @Test
    void whatAKilledEraserLeftOfAFileThatIsGoneLeavesToo() throws Exception {
        write(Shown.KEYS, "bob");
        Files.writeString(folder.resolve("outcomes-20260131T000000000Z-1.jsonl.gz.erasing"), "of ann");

        assertThat(eraseAnn().isComplete()).isTrue();

        assertThat(folder).isDirectoryNotContaining("glob:**.erasing");
    }

    @Test
    void aFileKeepsItsModeAndNoNewOneIsForOthers() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        write(Shown.KEYS, "ann", "bob");
        Path packed = Shown.files(folder).get(0);
        assertThat(Files.getPosixFilePermissions(packed)).noneMatch(OF_OTHERS::contains);
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw--w----");
        Files.setPosixFilePermissions(packed, mode);

        assertThat(eraseAnn().lines()).isEqualTo(2);

        assertThat(Files.getPosixFilePermissions(packed)).isEqualTo(mode);
        try (FileEventSink sink = sink(Shown.KEYS)) {
            sink.exposed(Shown.to("bob", 3));
            assertThat(sink.flush(Duration.ofSeconds(30))).isTrue();
            for (Path file : Shown.files(folder)) {
                assertThat(Files.getPosixFilePermissions(file)).as("%s", file).noneMatch(OF_OTHERS::contains);
            }
        }
    }

    @Test
    void keysOfLinesOfTheTenantOfWhichNobodyKnowsTheNamesAreReported() throws Exception {
        write(PseudonymKeys.of("k7", new byte[32]), "ann");
        write(Shown.KEYS, "ann");

        Erased erased = LogEraser.of(folder).erase("acme", Set.of("ann", Shown.KEYS.pseudonym("acme", "ann")));

        assertThat(erased.lines()).isEqualTo(2);
        assertThat(erased.unknownKeys()).containsExactly("k7");
        assertThat(erased.isComplete()).isFalse();
        assertThat(LogEraser.of(folder).erase("other", Set.of("ann")).unknownKeys())
                .as("of another tenant")
                .isEmpty();
    }

    @Test
    void aLineThatCannotBeReadStaysAndIsCounted() throws Exception {
        write(Shown.KEYS, "ann");
        Files.writeString(folder.resolve("outcomes-20260131T000000000Z-1.jsonl"), "{\"odd\":1}\n");

        assertThat(eraseAnn()).isEqualTo(removed(2, 2, 1));

        assertThat(Shown.lines(folder)).containsExactly("{\"odd\":1}");
    }
}
