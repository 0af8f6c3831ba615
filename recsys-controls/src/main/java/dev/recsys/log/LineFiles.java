package dev.recsys.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Lines, each with its end, in the files of a folder.
 *
 * @param files the files
 */
record LineFiles(LogFiles files) implements LogTarget<byte[]> {
    @Override
    public void taken() {
        files.tally().take();
    }

    @Override
    public void failed() {
        files.tally().failed();
    }

    @Override
    public Written write(List<byte[]> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                lines.stream().mapToInt(line -> line.length).sum());
        lines.forEach(bytes::writeBytes);
        files.append(bytes.toByteArray(), lines.size());
        return new Written(lines.size(), bytes.size());
    }

    @Override
    public boolean tend() {
        files.rotateIfDue();
        files.pack();
        return files.isPacking();
    }

    @Override
    public void finish() {
        files.finish();
    }

    @Override
    public void release() {
        files.release();
    }

    @Override
    public long lost() {
        return files.lost();
    }
}
