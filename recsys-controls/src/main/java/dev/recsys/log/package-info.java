/**
 * What was shown and what users did, as lines in files: {@link dev.recsys.log.FileEventSink} and
 * {@link dev.recsys.log.OutcomeRecorder} take them without waiting, {@code LineWriter} writes them on a thread of its own,
 * {@code LogFiles} rotates, packs and deletes.
 */
@NullMarked
package dev.recsys.log;

import org.jspecify.annotations.NullMarked;
