package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip of one or several members to the last byte of the file. The JDK's stream takes whatever follows a member
 * and is no member for the end; a second member whose first bytes alone are there would be lost without a word.
 */
final class WholeGzipStream extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    WholeGzipStream(InputStream in, int bufferBytes) throws IOException {
        super(in, bufferBytes);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0 && (inf.getRemaining() > TRAILER_BYTES || in.available() > 0)) {
            throw new ZipException("after its end there are bytes that are no gzip");
        }
        return read;
    }
}
