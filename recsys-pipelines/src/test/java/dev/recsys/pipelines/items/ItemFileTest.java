package dev.recsys.pipelines.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.events.RejectedLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemFileTest {
    private static final ItemAttributes SHOE = ItemAttributes.of("shoe")
            .withBrand("Acme, Inc.")
            .withCategories(List.of("men", "shoes"))
            .withTags(List.of("red"))
            .withPrice(49.9)
            .withAvailable(false)
            .withCreatedAt(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void csvAndJsonlOfTheSameItemsAreTheSame() throws IOException {
        Path csv = EventFiles.lines(
                folder.resolve("items.csv.gz"),
                "item_id,title,brand,categories,tags,price,available,created_at",
                "shoe,A shoe,\"Acme, Inc.\",shoes|men, red ,49.90,false,2026-01-01T00:00:00Z",
                "bag,,,,,,,");
        Path jsonl = EventFiles.lines(
                folder.resolve("items.jsonl"),
                "{\"item_id\":\"bag\",\"title\":{\"en\":\"A bag\"},\"price\":null}",
                "{\"item_id\":\"shoe\",\"brand\":\"Acme, Inc.\",\"categories\":[\"men\",\"shoes\"],\"tags\":\"red\","
                        + "\"price\":49.9,\"available\":false,\"created_at\":1767225600}");

        assertThat(ItemFile.of(csv).read().items()).containsExactly(ItemAttributes.of("bag"), SHOE);
        assertThat(ItemFile.of(jsonl).read().items()).containsExactly(ItemAttributes.of("bag"), SHOE);
    }

    @Test
    void columnsMayHaveOtherNamesOrNumbersAndOtherSeparators() throws IOException {
        Path named = EventFiles.lines(folder.resolve("a.csv"), "sku,labels", "x,a;b");
        Path numbered =
                EventFiles.lines(folder.resolve("movies.dat"), "0000008::A film (1895)::Short|Comedy", "9::B::");

        assertThat(ItemFile.of(named)
                        .columns(ItemColumns.parse("item_id=sku,tags=labels"))
                        .labelSeparator(";")
                        .read()
                        .items())
                .containsExactly(ItemAttributes.of("x").withTags(List.of("a", "b")));
        assertThat(ItemFile.of(numbered)
                        .columns(ItemColumns.parse("item_id=1,categories=3"))
                        .separator("::")
                        .read()
                        .items())
                .containsExactly(
                        ItemAttributes.of("0000008").withCategories(List.of("Comedy", "Short")),
                        ItemAttributes.of("9"));
    }

    @Test
    void malformedLinesAreCountedAndListedAndAnItemCountsByItsFirstLine() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("items.csv"),
                "item_id,price,available,created_at",
                "a,1,,",
                "b,cheap,,",
                "c,-1,,",
                "d,,maybe,",
                "e,,,yesterday",
                ",,,",
                "a,2,,",
                "f,1",
                "g,1,,");

        ItemFile.Result read = ItemFile.of(file).maxBad(1).read();

        assertThat(read.items())
                .containsExactly(
                        ItemAttributes.of("a").withPrice(1),
                        ItemAttributes.of("g").withPrice(1));
        assertThat(read.report().lines()).isEqualTo(9);
        assertThat(read.report().items()).isEqualTo(2);
        assertThat(read.report().malformed()).isEqualTo(7);
        assertThat(read.report().malformedLines())
                .extracting(RejectedLine::line)
                .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(read.report().malformedLines().get(5).reason()).contains("line 2");
        assertThatExceptionOfType(BadItemsException.class)
                .isThrownBy(() -> ItemFile.of(file).read())
                .withMessageContaining("7 of 9")
                .withMessageContaining(file + ":3: price");
    }

    @Test
    void jsonThatIsNoItemIsMalformed() throws IOException {
        Path file = EventFiles.lines(
                folder.resolve("items.jsonl"),
                "[1]",
                "{\"item_id\":\"a\"",
                "{\"item_id\":\"a\"} {}",
                "{\"item_id\":[\"a\",\"b\"]}",
                "{\"item_id\":\"a\",\"tags\":{}}",
                "{\"item_id\":\"a\",\"item_id\":\"b\"}",
                "{\"item_id\":7}");

        ItemFile.Result read = ItemFile.of(file).maxBad(1).read();

        assertThat(read.items()).containsExactly(ItemAttributes.of("7"));
        assertThat(read.report().malformed()).isEqualTo(6);
    }

    @Test
    void filesThatCannotBeUsedAreRefused() throws IOException {
        Path noId = EventFiles.lines(folder.resolve("a.csv"), "sku,labels", "x,a");
        Path gzip = EventFiles.lines(folder.resolve("b.csv.gz"), "item_id", "x");
        byte[] bytes = Files.readAllBytes(gzip);
        Path cut = Files.write(folder.resolve("c.csv.gz"), Arrays.copyOf(bytes, bytes.length - 5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemFile.of(noId).read())
                .withMessageContaining("'item_id'")
                .withMessageContaining("sku, labels");
        assertThatExceptionOfType(BadItemsException.class)
                .isThrownBy(() -> ItemFile.of(cut).read())
                .withMessageContaining("cut off");
        assertThatExceptionOfType(BadItemsException.class)
                .isThrownBy(() -> ItemFile.of(folder.resolve("none.csv")).read())
                .withMessageContaining("none.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemColumns.parse("colour=3"))
                .withMessageContaining("categories");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ItemFile.of(noId).columns(ItemColumns.parse("tags=2")).read())
                .withMessageContaining("item_id=1");
    }

    @Test
    void anEmptyFileHasNoItems() throws IOException {
        Path file = EventFiles.bytes(folder.resolve("a.csv"), "".getBytes(StandardCharsets.UTF_8));

        assertThat(ItemFile.of(file).read().items()).isEmpty();
    }

    @Test
    void movieTweetingsCanBeRead() {
        Path file = Path.of(System.getProperty("recsys.data", "../../shared/data"), "movietweetings/movies.dat.gz");
        assumeTrue(Files.exists(file), "needs MovieTweetings, which is no part of the project");

        ItemFile.Result read = ItemFile.of(file)
                .columns(ItemColumns.parse("item_id=1,categories=3"))
                .separator("::")
                .read();

        assertThat(read.items()).hasSizeGreaterThan(10_000);
        assertThat(read.report().malformed()).isZero();
        assertThat(read.items()).anyMatch(item -> item.categories().contains("Comedy"));
    }
}
