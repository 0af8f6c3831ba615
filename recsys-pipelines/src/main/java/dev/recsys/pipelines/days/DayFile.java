package dev.recsys.pipelines.days;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.pipelines.events.PackedEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a day: what they are, whose they are, the counts, the packed events, and a checksum over all of it. */
final class DayFile {
    private static final byte[] MAGIC = "RECSYDAY".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int PREFIX_BYTES = 8 + Integer.BYTES;

    private DayFile() {}

    static byte[] bytes(DayEvents day) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CRC32C checksum = new CRC32C();
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(bytes, checksum));
        out.write(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(day.scope().tenant());
        out.writeUTF(day.scope().surface());
        out.writeLong(day.day().toEpochDay());
        out.writeLong(day.lines().malformed());
        out.writeLong(day.lines().setAside());
        out.writeLong(day.lines().otherScope());
        byte[] events = day.events().toBytes();
        out.writeInt(events.length);
        out.write(events);
        out.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }

    /** Reads a day from its first byte to its last. */
    static DayEvents read(Path file, Scope scope, LocalDate day) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        requireKnown(file, bytes, day);
        int end = bytes.length - Integer.BYTES;
        if (end < PREFIX_BYTES || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
            throw damaged(file, day, "its checksum is not that of its bytes", null);
        }
        DayEvents read = parse(file, bytes, end, day);
        if (!read.scope().equals(scope) || !read.day().equals(day)) {
            throw damaged(
                    file,
                    day,
                    "it is of " + read.scope() + " and " + read.day() + ", and lies in the place of " + scope + " and "
                            + day,
                    null);
        }
        return read;
    }

    private static void requireKnown(Path file, byte[] bytes, LocalDate day) {
        if (bytes.length < PREFIX_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(file, day, "it does not begin as a day does", null);
        }
        int version = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        if (version > VERSION) {
            throw new NewerFormatException(file + " is of format " + version + "; this version of recsys reads up to "
                    + VERSION + ". Upgrade recsys here.");
        }
    }

    private static DayEvents parse(Path file, byte[] bytes, int end, LocalDate day) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, PREFIX_BYTES, end - PREFIX_BYTES));
            Scope scope = new Scope(in.readUTF(), in.readUTF());
            LocalDate written = LocalDate.ofEpochDay(in.readLong());
            DayLines lines = new DayLines(in.readLong(), in.readLong(), in.readLong());
            if (in.readInt() != in.available()) {
                throw new IllegalArgumentException("the events are shorter or longer than they should be");
            }
            return new DayEvents(scope, written, PackedEvents.of(in.readAllBytes()), lines);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, day, "it is not sound: " + e.getMessage(), e);
        }
    }

    private static int checksum(byte[] bytes, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    private static DamagedException damaged(Path file, LocalDate day, String what, @Nullable Throwable cause) {
        String message = file + " is damaged: " + what + ". Write the day again from its events: recsys day --from "
                + day + " --to " + day + " --events ..";
        return cause == null ? new DamagedException(message) : new DamagedException(message, cause);
    }
}
