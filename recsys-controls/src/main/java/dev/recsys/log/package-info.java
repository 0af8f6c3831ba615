/**
 * What was shown and what users did, as lines in files: {@link dev.recsys.log.FileEventSink} and
 * {@link dev.recsys.log.OutcomeRecorder} take them without waiting, {@link dev.recsys.log.LogWriter} writes them on a thread of its own to a
 * {@link dev.recsys.log.LogTarget}, which is files here,
 * {@code LogFiles} rotates, packs and deletes.
 */
@NullMarked
package dev.recsys.log;

import org.jspecify.annotations.NullMarked;
