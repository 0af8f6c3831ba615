package dev.recsys.cli;

import dev.recsys.preview.PreviewReport;

/**
 * What a preview by a log found.
 *
 * @param report the figures
 * @param files how many files of records of what was shown were read
 * @param elsewhere how many of the records that were read are of other surfaces
 * @param malformed how many lines are no records
 */
record Previewed(PreviewReport report, int files, long elsewhere, long malformed) {}
