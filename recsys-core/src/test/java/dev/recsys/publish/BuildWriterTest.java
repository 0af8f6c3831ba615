package dev.recsys.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildWriterTest {
    private static final Scope SCOPE = new Scope("acme", "home");
    private static final Instant WATERMARK = Instant.parse("2026-01-31T00:00:00Z");
    private static final Window WINDOW = new Window(Instant.parse("2026-01-01T00:00:00Z"), WATERMARK.plusMillis(1));

    @TempDir
    Path folder;

    @Test
    void aFinishedBuildIsFoundAgain() throws IOException {
        Build written = write("x");

        Build found = Build.at(folder);

        assertThat(found.scope()).isEqualTo(SCOPE);
        assertThat(found.compatibilityGroup()).isEqualTo("sku");
        assertThat(found.evidence()).isEqualTo(Map.of("source", "x"));
        assertThat(found.artifacts()).isEqualTo(written.artifacts()).containsOnlyKeys(ArtifactType.POPULARITY);
        BuiltArtifact artifact = found.artifacts().values().iterator().next();
        assertThat(artifact.rows()).isEqualTo(1);
        assertThat(artifact.sizeBytes()).isEqualTo(Files.size(artifact.file()));
        assertThat(artifact.window()).isEqualTo(WINDOW);
        assertThat(artifact.watermark()).isEqualTo(WATERMARK);
    }

    @Test
    void anEarlierBuildIsReplacedAsAWhole() throws IOException {
        write("first");
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> Build.at(folder));
            build.finish(WINDOW, WATERMARK, Map.of());
        }

        assertThat(Build.at(folder).artifacts()).isEmpty();
        assertThat(folder.resolve("popularity.rst")).doesNotExist();
    }

    @Test
    void anUnfinishedBuildLeavesNothing() throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            popularity(build);
        }

        assertThat(folder).isEmptyDirectory();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> Build.at(folder));
    }

    @Test
    void aFolderWithOtherFilesIsNotTouched() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> BuildWriter.into(folder, SCOPE, "sku"))
                .isInstanceOf(DirectoryNotEmptyException.class)
                .hasMessageContaining("mine.txt");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void aSecondTableOfATypeIsRefused() throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            popularity(build);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> popularity(build))
                    .withMessageContaining("popularity");
        }
    }

    @Test
    void aWatermarkLiesWithinTheWindow() throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            popularity(build);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> build.finish(WINDOW, WINDOW.to().plusSeconds(1), Map.of()))
                    .withMessageContaining("watermark");
        }
    }

    @Test
    void aTableThatWasNotFinishedSpoilsTheBuild() throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku");
                TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
            table.item("a");

            assertThatIllegalStateException()
                    .isThrownBy(() -> build.finish(WINDOW, WATERMARK, Map.of()))
                    .withMessageContaining("cooc")
                    .withMessageContaining("finish()");
        }
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> Build.at(folder));
    }

    @Test
    void finishingTwiceIsRefused() throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            build.finish(WINDOW, WATERMARK, Map.of());

            assertThatIllegalStateException().isThrownBy(() -> build.finish(WINDOW, WATERMARK, Map.of()));
        }
        assertThat(Build.at(folder).artifacts()).isEmpty();
    }

    @Test
    void theSameCallsGiveTheSameDescription() throws IOException {
        write("x");
        byte[] first = Files.readAllBytes(folder.resolve("build.json"));
        write("x");

        assertThat(Files.readAllBytes(folder.resolve("build.json"))).isEqualTo(first);
    }

    @Test
    void aNewerDescriptionIsToldApartFromDamage() throws IOException {
        write("x");
        edit("\"format\":1", "\"format\":2");

        assertThatExceptionOfType(NewerFormatException.class).isThrownBy(() -> Build.at(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.rst", "/etc/passwd", "a/b.rst", ".hidden", ""})
    void aDescriptionThatPointsOutOfItsFolderIsRefused(String file) throws IOException {
        write("x");
        edit("\"popularity.rst\"", "\"" + file + "\"");

        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> Build.at(folder))
                .withMessageContaining("build.json");
    }

    @Test
    void everyTruncationOfTheDescriptionIsRefused() throws IOException {
        write("x");
        byte[] whole = Files.readAllBytes(folder.resolve("build.json"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("build.json"), Arrays.copyOf(whole, length));

            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> Build.at(folder));
        }
    }

    private Build write(String source) throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            popularity(build);
            return build.finish(WINDOW, WATERMARK, Map.of("source", source));
        }
    }

    private static void popularity(BuildWriter build) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row("", List.of(new ScoredItem("a", 1)));
            table.finish();
        }
    }

    private void edit(String from, String to) throws IOException {
        Path description = folder.resolve("build.json");
        String text = Files.readString(description);
        assertThat(text).contains(from);
        Files.writeString(description, text.replace(from, to));
    }
}
