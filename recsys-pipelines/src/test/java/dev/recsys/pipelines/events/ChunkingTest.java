package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkingTest {
    @ParameterizedTest
    @CsvSource({"1,4096,2097152", "2,4096,2097152", "16,512,262144", "2,64,262144", "64,64,65536"})
    void chunksInMemoryKeepToAShareOfTheHeap(int threads, long heapMebibytes, int chunkBytes) {
        assertThat(Chunking.of(threads, heapMebibytes << 20).chunkBytes()).isEqualTo(chunkBytes);
    }

    @ParameterizedTest
    @CsvSource({"0,2097152", "1000,65536", "16777216,1048576", "1000000000000,2097152"})
    void aSmallFileIsSeveralChunks(long fileBytes, int chunkBytes) {
        assertThat(new Chunking(2, 1 << 21).chunkBytes(fileBytes)).isEqualTo(chunkBytes);
    }
}
