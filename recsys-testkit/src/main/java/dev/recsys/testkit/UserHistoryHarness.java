package dev.recsys.testkit;

import dev.recsys.control.Outcome;
import dev.recsys.control.UserHistory;
import java.time.Instant;

/**
 * A history with nobody in it, and how to put something there. What was recorded or forgotten is so for {@link #history()} when
 * the call returns.
 */
public interface UserHistoryHarness extends AutoCloseable {
    /** Returns the history that is tested; the same every time. It remembers at least ten items of a user. */
    UserHistory history();

    /** Returns the time that the history takes for now. */
    Instant now();

    /** Records an outcome. */
    void record(Outcome outcome) throws Exception;

    /** Forgets a user of a tenant. */
    void forget(String tenant, String user) throws Exception;

    /** Removes all. */
    @Override
    void close();
}
