package dev.recsys.store.fs;

import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Says what an error of the file system means for a caller of the store. */
final class DiskErrors {
    private DiskErrors() {}

    /** Returns as denied what stays so until somebody does something about it, and everything else as unavailable. */
    static RecsysException of(String what, IOException e) {
        if (isDenied(e)) {
            return new StoreDeniedException(
                    what + " was refused by the file system: " + e + "; give this process's user access to the folder",
                    e);
        }
        if (isReadOnly(e)) {
            return new StoreDeniedException(
                    what + " failed because the file system is mounted read-only: " + e + "; mount it writable", e);
        }
        if (isFull(e)) {
            return new StoreDeniedException(
                    what + " failed because the disk or quota is full: " + e + "; free some space and try again", e);
        }
        if (e instanceof ClosedByInterruptException) {
            return new StoreUnavailableException(what + " was given up because its thread was interrupted", e);
        }
        return new StoreUnavailableException(
                what + " failed: " + e + "; check that the disk is mounted and healthy, then try again", e);
    }

    /** Returns whether the file system certainly did not do what it was asked to. */
    static boolean leavesNoDoubt(IOException e) {
        return isDenied(e) || isReadOnly(e) || isFull(e);
    }

    private static boolean isDenied(IOException e) {
        return e instanceof AccessDeniedException;
    }

    private static boolean isReadOnly(IOException e) {
        return hasReason(e, "read-only file system");
    }

    private static boolean isFull(IOException e) {
        return hasReason(e, "no space left") || hasReason(e, "not enough space") || hasReason(e, "quota exceeded");
    }

    /** The JDK gives these errors no type; a text in another language only makes the message less precise. */
    private static boolean hasReason(IOException e, String text) {
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return reason != null && reason.toLowerCase(Locale.ROOT).contains(text);
    }
}
