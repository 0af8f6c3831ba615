package dev.recsys.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may read the files of a log, where the file system tells: their owner and group, and nobody else. */
final class FileModes {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);
    private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rw-r-----");

    private FileModes() {}

    /** Opens a file; one that is made by it is not for others. */
    static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        boolean hasModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                hasModes ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(NEW)} : new FileAttribute<?>[0];
        return FileChannel.open(file, options, attributes);
    }

    /** Opens an empty file, in the place of what an interrupted process may have left there. */
    static FileChannel create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Gives a file that takes the place of another that one's mode and, where this process may, its owner and group. */
    static void copy(Path from, Path to) throws IOException {
        @Nullable PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        @Nullable PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes wanted = source.readAttributes();
        PosixFileAttributes found = target.readAttributes();
        try {
            if (!wanted.owner().equals(found.owner()) || !wanted.group().equals(found.group())) {
                target.setGroup(wanted.group());
                target.setOwner(wanted.owner());
            }
        } catch (IOException e) {
            log.warn("{} has another owner or group than before: {}", from, e.toString());
        }
        if (!wanted.permissions().equals(found.permissions())) { // last: a change of the owner may take some away
            target.setPermissions(wanted.permissions());
        }
    }
}
