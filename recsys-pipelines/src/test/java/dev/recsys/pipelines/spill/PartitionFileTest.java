package dev.recsys.pipelines.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "blocks of {0} bytes")
    @ValueSource(ints = {1, 10, 64, 4096})
    void recordsOfAPartitionComeBackInTheirOrder(int blockBytes) throws IOException {
        Random random = new Random(blockBytes);
        List<List<String>> put = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        WorkFolder work = WorkFolder.at(folder);
        try (PartitionFile file = new PartitionFile(work, "test", 4, blockBytes)) {
            for (int i = 0; i < 300; i++) {
                int partition = random.nextInt(3);
                byte[] record = new byte[random.nextInt(40)];
                random.nextBytes(record);
                file.next(partition, 1 + record.length)
                        .put((byte) record.length)
                        .put(record);
                put.get(partition).add(new String(record, StandardCharsets.ISO_8859_1));
            }
            file.finish();

            for (int partition = 0; partition < 3; partition++) {
                assertThat(read(file, partition)).isEqualTo(put.get(partition));
                assertThat(read(file, partition)).as("again").isEqualTo(put.get(partition));
                assertThat(file.records(partition)).isEqualTo(put.get(partition).size());
            }
            assertThat(read(file, 3)).isEmpty();
            assertThat(work.writtenBytes()).isEqualTo(work.putBytes()).isGreaterThan(300);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeWrittenNamesTheFolderAndWhatToDo() throws IOException {
        PartitionFile file = new PartitionFile(WorkFolder.at(folder), "test", 1, 1);
        file.next(0, 8).putLong(1);
        file.close();

        assertThatIOException()
                .isThrownBy(file::finish)
                .withMessageContaining(folder.toString())
                .withMessageContaining("MB are free")
                .withMessageContaining("another work folder")
                .withCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFolderThatIsClosedClosesWhatIsOpenStill() throws IOException {
        WorkFolder work = WorkFolder.at(folder);
        PartitionFile one = new PartitionFile(work, "one", 1, 1);
        PartitionFile other = new PartitionFile(work, "other", 1, 1);
        other.next(0, 8).putLong(1);
        one.close();

        work.close();
        work.close();

        assertThatIOException().isThrownBy(other::finish).withCauseInstanceOf(ClosedChannelException.class);
        one.close();
    }

    @Test
    void anInterruptedThreadIsToldAndStaysInterrupted() throws IOException {
        try (PartitionFile file = new PartitionFile(WorkFolder.at(folder), "test", 1, 1)) {
            file.next(0, 8).putLong(1);
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(file::finish);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static List<String> read(PartitionFile file, int partition) throws IOException {
        List<String> records = new ArrayList<>();
        file.forEach(partition, buffer -> {
            byte[] record = new byte[buffer.get()];
            buffer.get(record);
            records.add(new String(record, StandardCharsets.ISO_8859_1));
        });
        return records;
    }
}
