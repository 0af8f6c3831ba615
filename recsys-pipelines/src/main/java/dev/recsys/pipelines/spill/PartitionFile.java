package dev.recsys.pipelines.spill;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Records put away by partition, all in one file: each partition fills a block, and full blocks go to the end of the
 * file. The records of a partition come back in the order in which they were put. First all is written, then it is read
 * any number of times. Not safe for concurrent use.
 */
public final class PartitionFile implements Closeable {
    private final WorkFolder folder;
    private final FileChannel channel;
    private final int blockBytes;
    private final int partitions;
    private final long[] records; // [partition]
    private final long[] bytes; // [partition] of its records

    private ByteBuffer[] filling; // [partition], empty once it is finished
    private long[] offsets = new long[64]; // [block] where it starts in the file
    private int[] lengths = new int[64]; // [block]
    private int[] owners = new int[64]; // [block] partition
    private int blocks;
    private long sizeBytes;

    /** Takes one record. */
    public interface Taker {
        /**
         * Takes the record at the buffer's position, and leaves the buffer behind it.
         *
         * @throws IOException ends the reading
         */
        void take(ByteBuffer record) throws IOException;
    }

    /**
     * Creates an empty file.
     *
     * @param folder where it lies
     * @param what names it to people who look
     * @param partitions how many there are
     * @param blockBytes what of each partition waits in memory
     */
    public PartitionFile(WorkFolder folder, String what, int partitions, int blockBytes) throws IOException {
        this.folder = folder;
        this.partitions = partitions;
        this.blockBytes = blockBytes;
        this.records = new long[partitions];
        this.bytes = new long[partitions];
        this.filling = new ByteBuffer[partitions];
        this.channel = folder.create(what);
    }

    /** Returns how many partitions there are. */
    public int partitions() {
        return partitions;
    }

    /** Returns how many records a partition has. */
    public long records(int partition) {
        return records[partition];
    }

    /** Returns how many bytes the records of a partition have. */
    public long bytes(int partition) {
        return bytes[partition];
    }

    /** Returns where to put the next record of a partition, with room for at least so many bytes. */
    public ByteBuffer next(int partition, int recordBytes) throws IOException {
        records[partition]++;
        bytes[partition] += recordBytes;
        folder.put(recordBytes);
        ByteBuffer block = filling[partition];
        if (block == null) {
            filling[partition] = ByteBuffer.allocate(Math.max(blockBytes, recordBytes));
        } else if (block.remaining() < recordBytes) {
            write(partition, block);
            filling[partition] = block.capacity() < recordBytes ? ByteBuffer.allocate(recordBytes) : block.clear();
        }
        return filling[partition];
    }

    /** Says that there are no further records; gives the memory back. */
    public void finish() throws IOException {
        for (int partition = 0; partition < filling.length; partition++) {
            if (filling[partition] != null) {
                write(partition, filling[partition]);
            }
        }
        filling = new ByteBuffer[0];
    }

    /** Gives the records of a partition, in their order; the file must be finished. */
    public void forEach(int partition, Taker taker) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(blockBytes);
        for (int block = 0; block < blocks; block++) {
            if (owners[block] != partition) {
                continue;
            }
            buffer = lengths[block] > buffer.capacity() ? ByteBuffer.allocate(lengths[block]) : buffer;
            read(block, buffer);
            while (buffer.hasRemaining()) {
                taker.take(buffer);
            }
        }
    }

    /** Drops the file. Idempotent. */
    @Override
    public void close() throws IOException {
        folder.drop(channel);
    }

    private void write(int partition, ByteBuffer block) throws IOException {
        block.flip();
        if (blocks == owners.length) {
            offsets = Arrays.copyOf(offsets, blocks * 2);
            lengths = Arrays.copyOf(lengths, blocks * 2);
            owners = Arrays.copyOf(owners, blocks * 2);
        }
        offsets[blocks] = sizeBytes;
        lengths[blocks] = block.remaining();
        owners[blocks] = partition;
        blocks++;
        try {
            while (block.hasRemaining()) {
                sizeBytes += channel.write(block, sizeBytes);
            }
        } catch (IOException e) {
            throw folder.failed("write", e);
        }
        folder.wrote(lengths[blocks - 1]);
    }

    private void read(int block, ByteBuffer buffer) throws IOException {
        buffer.clear().limit(lengths[block]);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offsets[block] + buffer.position()) < 0) {
                    throw new EOFException("a file ends before its end");
                }
            }
        } catch (IOException e) {
            throw folder.failed("read", e);
        }
        buffer.flip();
    }
}
