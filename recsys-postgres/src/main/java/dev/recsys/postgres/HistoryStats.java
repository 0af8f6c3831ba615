package dev.recsys.postgres;

/**
 * What became of what was recorded in this process. At every moment {@code recorded} is the sum of {@code queued} and of the
 * six that follow it.
 *
 * @param recorded outcomes that were recorded
 * @param queued that wait, or are being written
 * @param written that are in the database; one that was there already counts too
 * @param forgotten that were not written, for the person was forgotten after they happened
 * @param refused that can never be written: older than is kept, of the future, too long, no text, or refused by the database
 * @param dropped that came when the queue was full or closed
 * @param lost that were still waiting when the time to close was over
 * @param unknown that were being written then: they may be in the database or not
 * @param unread how often a user was not read, for the database was away or too many were asked for
 * @param monthsDropped how many months of history this process has dropped for their age
 */
public record HistoryStats(
        long recorded,
        long queued,
        long written,
        long forgotten,
        long refused,
        long dropped,
        long lost,
        long unknown,
        long unread,
        long monthsDropped) {}
