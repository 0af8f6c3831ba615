package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWriterTest {
    @TempDir
    Path folder;

    private Path file;
    private TableWriter table;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("t.rst");
        table = TableWriter.create(file, Tables.INFO, TableForm.PACKED, RowKeys.ITEMS);
    }

    @AfterEach
    void close() throws IOException {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -1, -Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aScoreThatIsNegativeOrNotFiniteIsRefused(float score) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("a", List.of(entry("b", 1), entry("c", score))))
                .withMessageContaining("'c'")
                .withMessageContaining(String.valueOf(score));
    }

    @Test
    void aPositiveScoreNeverBecomesZero() throws IOException {
        table.row("a", List.of(entry("b", Float.MIN_VALUE), entry("c", 0)));
        table.row("d", List.of(entry("b", 1e30f), entry("c", 1e-30f)));
        table.finish();

        Table read = Table.open(file);
        assertThat(read.row("a").get(0).score()).isEqualTo(Float.MIN_VALUE);
        assertThat(read.row("a").get(1).score()).isZero();
        assertThat(read.row("d").get(1).score()).isPositive();
    }

    @Test
    void anItemTwiceInARowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("a", List.of(entry("b", 1), entry("b", 2))))
                .withMessageContaining("'b' twice");
    }

    @Test
    void aRowTwiceIsRefused() throws IOException {
        table.row("a", List.of(entry("b", 1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("a", List.of(entry("b", 1))))
                .withMessageContaining("written before");
    }

    @Test
    void aRefusedRowLeavesTheTableUsable() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> table.row("a", List.of(entry("b", -1))));
        table.row("a", List.of(entry("b", 1)));
        table.finish();

        assertThat(Table.open(file).row("a")).containsExactly(entry("b", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\uD800", "a\uDC00b"})
    void aBlankOrIllFormedIdIsRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> table.item(id));
        assertThatIllegalArgumentException().isThrownBy(() -> table.row(id, List.of()));
    }

    @Test
    void anIdOf512CharactersIsTheLongest() {
        assertThat(table.item("x".repeat(512))).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.item("x".repeat(513)))
                .withMessageContaining("513");
    }

    @Test
    void anItemNumberThatIsNoItemIsRefused() {
        table.item("a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("a", new int[] {1}, new float[] {1}, 1))
                .withMessageContaining("number 1 of 1");
        assertThatIllegalArgumentException().isThrownBy(() -> table.row("a", new int[] {-1}, new float[] {1}, 1));
    }

    @Test
    void aTableThatIsNotFinishedLeavesNoFile() throws IOException {
        table.row("a", List.of(entry("b", 1)));

        table.close();
        table.close();

        assertThat(file).doesNotExist();
    }

    @Test
    void aFinishedTableTakesNoMore() throws IOException {
        table.finish();
        table.close();

        assertThatIllegalStateException().isThrownBy(() -> table.row("a", List.of()));
        assertThatIllegalStateException().isThrownBy(table::finish);
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path other = Files.writeString(folder.resolve("other.rst"), "mine");

        assertThat(catchThrowable(() -> TableWriter.create(other, Tables.INFO, TableForm.EXACT, RowKeys.LABELS)))
                .isInstanceOf(IOException.class);
        assertThat(other).hasContent("mine");
    }
}
