package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String GOOD = "{\"ts\":1,\"item\":\"a\"}";

    @TempDir
    Path folder;

    private EventFilter filter = EventFilter.ALL;
    private EventColumns columns = EventColumns.DEFAULT;
    private double maxBad = 1;

    @ParameterizedTest
    @ValueSource(strings = {"e.csv", "e.csv.gz"})
    void csvIsReadPlainAndPacked(String name) throws IOException {
        EventReader.Result result = read(EventFiles.lines(
                folder.resolve(name),
                "\uFEFFts,type,user,item,extra",
                "2011-12-09 08:26:00,view,u1,a,x",
                "2011-12-09T08:27:00Z,view,u2,\"b \"\"B\"\", c\",x"));

        assertThat(items(result)).containsExactlyInAnyOrder("a", "b \"B\", c");
        assertThat(result.events().userCount()).isEqualTo(2);
        assertThat(result.report().lines()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e.jsonl", "e.jsonl.gz", "e.ndjson"})
    void jsonlIsReadPlainAndPacked(String name) throws IOException {
        EventReader.Result result = read(EventFiles.lines(
                folder.resolve(name),
                "\uFEFF{\"ts\":1323419160,\"item\":17,\"user\":null,\"extra\":{\"item\":[1]}}",
                "  {\"item\":\"b\\u00e9\",\"ts\":\"2011-12-09 08:26:00\",\"session\":\"s\"}\r"));

        assertThat(items(result)).containsExactlyInAnyOrder("17", "bé");
        assertThat(result.events().sessionCount()).isEqualTo(1);
        assertThat(result.report().malformed()).isZero();
    }

    @Test
    void gzipIsKnownByItsBytesNotItsName() throws IOException {
        Path packed = EventFiles.lines(folder.resolve("e.jsonl.gz"), GOOD);
        Path renamed = Files.move(packed, folder.resolve("e.jsonl"));

        assertThat(read(renamed).events().size()).isEqualTo(1);
    }

    @Test
    void gzipOfSeveralMembersIsReadToTheEnd() throws IOException {
        byte[] one = Files.readAllBytes(EventFiles.lines(folder.resolve("1.jsonl.gz"), GOOD));
        byte[] both = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, both, one.length, one.length);

        assertThat(read(Files.write(folder.resolve("2.jsonl.gz"), both))
                        .events()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void malformedLinesAreListedWithFileNumberAndReason() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("e.jsonl"),
                GOOD,
                "",
                "{",
                "   ",
                "[1]",
                "{\"ts\":1}",
                "{\"ts\":1,\"item\":\" \"}",
                "{\"ts\":1,\"item\":\"" + "x".repeat(513) + "\"}",
                "{\"ts\":1,\"item\":\"\\ud800\"}",
                "{\"ts\":1,\"item\":\"a\\u0000\"}",
                "{\"ts\":1,\"item\":{}}",
                "{\"ts\":1,\"item\":\"a\",\"item\":\"b\"}",
                GOOD + GOOD,
                "{\"item\":\"a\"}",
                "{\"ts\":1,\"item\":\"a\",\"value\":\"NaN\"}",
                "{\"ts\":1,\"item\":\"a\",\"value\":\"1e999\"}",
                "{\"ts\":1,\"item\":\"a\u0000\"}",
                GOOD);

        ReadReport report = read(file).report();

        assertThat(report.events()).isEqualTo(2);
        assertThat(report.lines()).isEqualTo(16);
        assertThat(report.malformed()).isEqualTo(14);
        assertThat(report.malformedLines())
                .extracting(RejectedLine::line)
                .containsExactly(3L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L);
        assertThat(report.malformedLines())
                .extracting(RejectedLine::reason)
                .containsExactly(
                        "is not well-formed JSON",
                        "is not a JSON object",
                        "item is missing",
                        "item is blank",
                        "item has 513 characters; expected at most 512",
                        "item is not well-formed Unicode: it has half a surrogate pair",
                        "item has a control character",
                        "item is neither a text nor a number",
                        "item is there twice",
                        "has more than one JSON object",
                        "ts is no time; expected one such as 2011-12-09T08:26:00Z, 2011-12-09 08:26:00 (UTC), or seconds"
                                + " or milliseconds since 1970",
                        "value is no finite number; expected one such as 12.5",
                        "value is no finite number; expected one such as 12.5",
                        "has a NUL byte");
        assertThat(report.malformedLines()).extracting(RejectedLine::file).containsOnly(file);
    }

    @Test
    void aCsvRecordOfSeveralLinesCountsAllOfThem() throws IOException {
        ReadReport report = read(EventFiles.lines(
                        folder.resolve("e.csv"),
                        "ts,item,\"no",
                        "te\"",
                        "1,a,\"one",
                        "",
                        "three\"",
                        "x,b,",
                        "",
                        "1,c",
                        "1,d,e"))
                .report();

        assertThat(report.events()).isEqualTo(2);
        assertThat(report.malformedLines()).extracting(RejectedLine::line).containsExactly(6L, 8L);
        assertThat(report.malformedLines().get(1).reason()).isEqualTo("has 2 fields; the header has 3");
    }

    @Test
    void aStrayQuoteCostsItsLineAlone() throws IOException {
        EventReader.Result result = read(EventFiles.lines(
                folder.resolve("e.csv"), "ts,item,note", "1,a,x", "1,b,\"x", "1,c,x", "1,d,\"x\"y", "1,e,x\"y"));

        assertThat(items(result)).containsExactlyInAnyOrder("a", "c", "e");
        assertThat(result.report().malformedLines())
                .extracting(RejectedLine::line)
                .containsExactly(3L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e.csv", "e.jsonl"})
    void anOverlongLineIsMalformedAndTheNextIsRead(String name) throws IOException {
        boolean csv = name.endsWith(".csv");
        String filler = "x".repeat(3 << 20);
        ReadReport report = read(EventFiles.lines(
                        folder.resolve(name),
                        csv ? "ts,item" : "",
                        csv ? "1," + filler : "{\"ts\":1,\"item\":\"" + filler + "\"}",
                        csv ? "1,a" : GOOD))
                .report();

        assertThat(report.events()).isEqualTo(1);
        assertThat(report.malformedLines()).extracting(RejectedLine::line).containsExactly(2L);
        assertThat(report.malformedLines().get(0).reason()).contains("longer than 1048576 bytes");
    }

    @Test
    void aQuotedFieldThatNeverEndsGivesItsLinesBackAfterAMebibyte() throws IOException {
        List<String> lines = new ArrayList<>(List.of("ts,item", "1,\"b"));
        for (int i = 0; i < 300_000; i++) {
            lines.add("1,a");
        }
        ReadReport report =
                read(EventFiles.lines(folder.resolve("e.csv"), lines)).report();

        assertThat(report.events()).isEqualTo(300_000);
        assertThat(report.malformedLines()).extracting(RejectedLine::line).containsExactly(2L);
    }

    @Test
    void aLineThatIsNotUtf8IsMalformed() throws IOException {
        byte[] bytes = (GOOD + "\n{\"ts\":1,\"item\":\"caf\u00e9\"}\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);

        ReadReport report = read(Files.write(folder.resolve("e.jsonl"), bytes)).report();

        assertThat(report.events()).isEqualTo(2);
        assertThat(report.malformedLines()).extracting(RejectedLine::reason).containsExactly("is not UTF-8");
    }

    @Test
    void negativeValuesAreSetAsideNotMalformed() throws IOException {
        maxBad = 0;
        ReadReport report = read(EventFiles.lines(
                        folder.resolve("e.csv"), "ts,item,value", "1,a,-1", "1,a,0", "1,a,1.5e2", "1,a,", "1,a,-0.5"))
                .report();

        assertThat(report.events()).isEqualTo(3);
        assertThat(report.setAside()).isEqualTo(2);
        assertThat(report.setAsideLines()).extracting(RejectedLine::line).containsExactly(2L, 6L);
        assertThat(report.setAsideLines().get(0).reason()).isEqualTo("negative value (a return or cancellation)");
    }

    @Test
    void tooManyMalformedLinesAreRefusedWithCountsAndExamples() throws IOException {
        maxBad = 0.05;
        Path file = EventFiles.lines(folder.resolve("e.jsonl"), GOOD, "{", GOOD);

        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining("1 of 3 lines")
                .withMessageContaining("0.05")
                .withMessageContaining("e.jsonl:2: is not well-formed JSON");
    }

    @Test
    void exactlyTheAllowedShareIsAccepted() throws IOException {
        maxBad = 0.5;

        assertThat(read(EventFiles.lines(folder.resolve("e.jsonl"), GOOD, "{"))
                        .report()
                        .malformed())
                .isEqualTo(1);
    }

    @Test
    void theListOfMalformedLinesIsBoundedAndTheCountIsExact() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            lines.add("{");
        }

        ReadReport report =
                read(EventFiles.lines(folder.resolve("e.jsonl"), lines)).report();

        assertThat(report.malformed()).isEqualTo(1_500);
        assertThat(report.malformedLines()).hasSize(ReadReport.MAX_LISTED);
    }

    @Test
    void eventsOfOtherScopesAreCountedNotMalformed() throws IOException {
        maxBad = 0;
        filter = new EventFilter(Optional.of(new Scope("acme", "home")), Optional.empty(), Set.of());
        ReadReport report = read(EventFiles.lines(
                        folder.resolve("e.csv"),
                        "ts,item,tenant,surface",
                        "1,a,acme,home",
                        "1,a,,",
                        "1,a,other,home",
                        "1,a,acme,cart"))
                .report();

        assertThat(report.events()).isEqualTo(2);
        assertThat(report.otherScope()).isEqualTo(2);
    }

    @Test
    void windowAndIgnoredTypesLeaveEventsOut() throws IOException {
        Window window = new Window(Instant.ofEpochSecond(10), Instant.ofEpochSecond(20));
        filter = new EventFilter(Optional.empty(), Optional.of(window), Set.of("impression"));
        ReadReport report = read(EventFiles.lines(
                        folder.resolve("e.csv"),
                        "ts,item,type",
                        "9,a,view",
                        "10,a,view",
                        "19.999,a,",
                        "20,a,view",
                        "15,a,impression"))
                .report();

        assertThat(report.events()).isEqualTo(2);
        assertThat(report.outsideWindow()).isEqualTo(2);
        assertThat(report.ignored()).isEqualTo(1);
    }

    @Test
    void anEventIdCountsOnceAndTheEarliestContentIsKept() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("e.csv"),
                "event_id,ts,item",
                "1,20,c",
                "1,10,b",
                "1,10,a",
                "1,15,d",
                ",10,z",
                ",10,z",
                "2,10,a");

        EventReader.Result result = read(file);

        assertThat(items(result)).containsExactlyInAnyOrder("a", "z");
        assertThat(result.events().size()).isEqualTo(4);
        assertThat(result.report().duplicates()).isEqualTo(3);
    }

    @Test
    void columnsAreMapped() throws IOException {
        columns = EventColumns.parse("ts=time, item=sku,session=basket,user=basket");

        EventReader.Result csv = read(EventFiles.lines(folder.resolve("e.csv"), "sku,time,basket", "a,1,s"));
        EventReader.Result json =
                read(EventFiles.lines(folder.resolve("e.jsonl"), "{\"sku\":\"a\",\"time\":1,\"basket\":\"s\"}"));

        assertThat(csv.events().sessionCount()).isEqualTo(1);
        assertThat(csv.events().userCount()).isEqualTo(1);
        assertThat(json.events().sessionCount()).isEqualTo(1);
        assertThat(json.events().userCount()).isEqualTo(1);
    }

    @Test
    void aMappedColumnThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        columns = EventColumns.parse("user=customer");
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,customer_id", "1,a,u");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file))
                .withMessageContaining("e.csv")
                .withMessageContaining("'customer' for user")
                .withMessageContaining("ts, item, customer_id");
    }

    @Test
    void aCsvFileWithoutAColumnForItemsIsRefused() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,sku", "1,a");

        assertThatIllegalArgumentException().isThrownBy(() -> read(file)).withMessageContaining("'item' for item");
    }

    @Test
    void aHeaderThatNamesANeededColumnTwiceIsRefused() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "ts,item,item", "1,a,b");

        assertThatIllegalArgumentException().isThrownBy(() -> read(file)).withMessageContaining("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e.csv", "e.jsonl", "e.csv.gz"})
    void anEmptyFileHasNoEvents(String name) throws IOException {
        EventReader.Result result = read(EventFiles.bytes(folder.resolve(name), new byte[0]));

        assertThat(result.events().size()).isZero();
        assertThat(result.report().lines()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeIsRefusedForItCannotBeReadAgain() throws Exception {
        Path pipe = folder.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> read(pipe))
                .withMessageContaining(pipe + " is a pipe or a device; expected a file")
                .withMessageContaining("Write them to a file first");
    }

    @Test
    void aMissingFileAFolderAndAFileNamedTwiceAreRefusedByName() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.jsonl"), GOOD);

        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> read(folder.resolve("none.jsonl")))
                .withMessageContaining("none.jsonl");
        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> read(Files.createDirectory(folder.resolve("f.jsonl"))))
                .withMessageContaining("is a folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file, folder.resolve("./e.jsonl")))
                .withMessageContaining("twice");
    }

    @Test
    void everyTruncationOfAGzipFileIsRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(EventFiles.lines(folder.resolve("whole.jsonl.gz"), GOOD, GOOD));
        for (int length = 2; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, length));

            assertThatExceptionOfType(BadEventsException.class)
                    .isThrownBy(() -> read(cut))
                    .withMessageContaining("cut.jsonl.gz is gzip and cut off or damaged");
        }
    }

    @Test
    void aTruncatedSecondMemberIsRefusedNotLost() throws IOException {
        byte[] one = Files.readAllBytes(EventFiles.lines(folder.resolve("1.jsonl.gz"), GOOD));
        byte[] both = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, both, one.length, one.length);
        for (int length = one.length + 1; length < both.length; length++) {
            Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(both, length));

            assertThatExceptionOfType(BadEventsException.class).isThrownBy(() -> read(cut));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverTheBytesAreEveryLineIsAccountedFor(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = String.join("\n", Collections.nCopies(300, "{\"ts\":1,\"item\":\"a\",\"user\":\"u,\"}"))
                .replace("{", seed % 2 == 0 ? "{" : "1,\"")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        byte[] header = (seed % 2 == 0 ? "" : "ts,item\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);

        ReadReport report = read(Files.write(folder.resolve(seed % 2 == 0 ? "e.jsonl" : "e.csv"), all))
                .report();

        assertThat(report.events() + report.malformed())
                .isEqualTo(report.lines())
                .isPositive();
        assertThat(report.malformedLines()).extracting(RejectedLine::line).isSorted();
    }

    @Test
    void aFormatThatTheNameDoesNotTellMustBeGiven() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.log"), GOOD);

        assertThatIllegalArgumentException().isThrownBy(() -> read(file)).withMessageContaining("e.log");
        EventReader.Source source = new EventReader.Source(List.of(file), Optional.of(EventFormat.JSONL), columns);
        assertThat(new EventReader(source, filter, maxBad, ProgressListener.NONE)
                        .read()
                        .events()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void progressIsBoundedAndEndsWithTheTotal() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            lines.add(GOOD);
        }
        Path file = EventFiles.lines(folder.resolve("e.jsonl"), lines);
        List<Long> calls = new ArrayList<>();
        EventReader.Source source = new EventReader.Source(List.of(file), Optional.empty(), columns);

        new EventReader(source, filter, maxBad, (phase, done, total) -> calls.add(done)).read();

        assertThat(calls).isSorted().hasSizeBetween(2, 202).last().isEqualTo(Files.size(file));
    }

    private EventReader.Result read(Path... files) {
        EventReader.Source source = new EventReader.Source(List.of(files), Optional.empty(), columns);
        return new EventReader(source, filter, maxBad, ProgressListener.NONE).read();
    }

    private static List<String> items(EventReader.Result result) {
        List<String> items = new ArrayList<>();
        for (int item = 0; item < result.events().itemCount(); item++) {
            items.add(result.events().itemId(item));
        }
        return items;
    }
}
