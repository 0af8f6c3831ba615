package dev.recsys.pipelines.days;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayFolderTest {
    private static final int VERSION_AT = 11;
    private static final Sha256 DIGEST = new Sha256("0".repeat(64));

    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("days");
    }

    private Path file(List<String> lines) throws IOException {
        return RandomDays.file(folder.resolve("events.csv"), lines);
    }

    private DayChange.Kind put(List<String> lines, boolean replace) throws IOException {
        try (DayWriter writer = DayFolder.of(root(), SCOPE).write()) {
            List<DayChange> changes = writer.put(
                    RandomDays.reader(file(lines)).read(SCOPE, Optional.of(new DayWindow(FIRST, 1))),
                    Set.of(FIRST),
                    replace);
            return changes.get(0).kind();
        }
    }

    @Test
    void aDayIsReplacedByMoreEventsButNotByFewer() throws IOException {
        List<String> lines = RandomDays.lines(1, 1, 50);

        assertThat(put(lines.subList(0, 30), false)).isEqualTo(DayChange.Kind.ADDED);
        assertThat(put(lines, false)).isEqualTo(DayChange.Kind.REPLACED);
        Collections.shuffle(lines, new Random(1));
        assertThat(put(lines, false)).isEqualTo(DayChange.Kind.UNCHANGED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> put(lines.subList(0, 10), false))
                .withMessageContaining(FIRST + " of Acme/home has ")
                .withMessageContaining("--replace");
        assertThat(put(lines.subList(0, 10), true)).isEqualTo(DayChange.Kind.REPLACED);
    }

    @Test
    void aDayOnWhichNothingHappenedIsKept() throws IOException {
        assertThat(put(List.of(), false)).isEqualTo(DayChange.Kind.ADDED);

        assertThat(DayFolder.of(root(), SCOPE).days()).containsExactly(FIRST);
        assertThat(DayFolder.of(root(), SCOPE).read(FIRST).events().size()).isZero();
    }

    @Test
    void everyDamagedByteAndEveryCutIsNoticedAndTheFileIsNamed() throws IOException {
        put(RandomDays.lines(2, 1, 30), false);
        DayFolder days = DayFolder.of(root(), SCOPE);
        Path file = days.file(FIRST);
        byte[] sound = Files.readAllBytes(file);

        for (int at = 0; at < sound.length; at++) {
            if (at == 9 || at == 10) { // a version that is greater, which is not damage
                continue;
            }
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (at == VERSION_AT ? 1 : 0x80); // what looks newer is told apart
            Files.write(file, damaged);
            assertThatExceptionOfType(DamagedException.class)
                    .as("byte %d", at)
                    .isThrownBy(() -> days.read(FIRST))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("recsys day --from 2026-01-30 --to 2026-01-30");
            Files.write(file, Arrays.copyOf(sound, at));
            assertThatExceptionOfType(DamagedException.class)
                    .as("cut at %d", at)
                    .isThrownBy(() -> days.read(FIRST));
        }
        assertThat(put(RandomDays.lines(2, 1, 20), false)).isEqualTo(DayChange.Kind.ADDED);
    }

    @Test
    void aDayOfAnotherSurfaceOrDayIsNotTaken() throws IOException {
        put(RandomDays.lines(3, 1, 30), false);
        DayFolder days = DayFolder.of(root(), SCOPE);
        Files.copy(days.file(FIRST), days.file(FIRST.plusDays(1)));
        DayFolder other = DayFolder.of(root(), new Scope("acme", "home"));
        other.write().close();
        Files.copy(days.file(FIRST), other.file(FIRST));

        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> days.read(FIRST.plusDays(1)))
                .withMessageContaining("it is of Acme/home and 2026-01-30");
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> other.read(FIRST))
                .withMessageContaining("lies in the place of acme/home");
    }

    @Test
    void aNewerFormatIsToldApartFromDamage() throws IOException {
        put(RandomDays.lines(3, 1, 30), false);
        DayFolder days = DayFolder.of(root(), SCOPE);
        byte[] bytes = Files.readAllBytes(days.file(FIRST));
        bytes[11] = 2;
        Files.write(days.file(FIRST), bytes);

        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> days.read(FIRST))
                .withMessageContaining("Upgrade recsys");
    }

    @Test
    void oneWritesAtATime() throws IOException {
        DayFolder days = DayFolder.of(root(), SCOPE);
        try (DayWriter first = days.write()) {
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(days::write)
                    .withMessageContaining("Another job writes the days of Acme/home");
            first.put(RandomDays.reader(file(List.of())).read(SCOPE, Optional.empty()), Set.of(FIRST), false);
        }
        days.write().close();
    }

    @Test
    void aCheckpointNeverMovesBackwards() throws IOException {
        DayFolder days = DayFolder.of(root(), SCOPE);
        Checkpoint first = new Checkpoint(FIRST, DIGEST, 3);
        Checkpoint second = new Checkpoint(FIRST.plusDays(1), DIGEST, 0);
        assertThat(days.checkpoint()).isEmpty();
        try (DayWriter writer = days.write()) {
            writer.advance(second);
            writer.advance(first);

            assertThat(days.checkpoint()).contains(second);
            writer.advance(new Checkpoint(second.day(), DIGEST, 9));
        }
        assertThat(days.checkpoint().orElseThrow().release()).isEqualTo(9);
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        DayFolder days = DayFolder.of(root(), SCOPE);
        days.write().close();
        for (String text : List.of("", "x", "recsys checkpoint 1\nday 2026\nbuild x\nrelease 1")) {
            Files.writeString(days.checkpointFile(), text);

            assertThatExceptionOfType(DamagedException.class)
                    .as(text)
                    .isThrownBy(days::checkpoint)
                    .withMessageContaining(days.checkpointFile().toString());
        }
    }
}
