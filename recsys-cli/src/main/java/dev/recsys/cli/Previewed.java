package dev.recsys.cli;

import dev.recsys.preview.PreviewReport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a preview by a log found.
 *
 * @param report the figures
 * @param elsewhere how many of the records that were read are of other surfaces
 * @param read what was read: of what was shown, then of what users did if that was asked for
 */
record Previewed(PreviewReport report, long elsewhere, List<LoggedFiles> read) {
    /** Returns how many files of records of what was shown were opened. */
    int files() {
        return read.get(0).files();
    }

    /** Returns how many lines are no records. */
    long malformed() {
        return read.stream().mapToLong(LoggedFiles::malformed).sum();
    }

    /** Returns how many last lines are still being written. */
    long torn() {
        return read.stream().mapToLong(LoggedFiles::torn).sum();
    }

    /** Returns the first of the malformed lines for people, one on a line. */
    String problems() {
        return read.stream().map(LoggedFiles::problems).collect(Collectors.joining());
    }
}
