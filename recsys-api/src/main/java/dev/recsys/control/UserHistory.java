package dev.recsys.control;

import dev.recsys.Scope;
import java.util.List;

/**
 * Knows which items a user dealt with lately.
 *
 * <p>Guarantees an implementation gives: it answers from memory, without I/O and without waiting, for it is asked on the
 * request path; it is safe for concurrent use; it returns an empty list for a user it does not know. An exception costs
 * the request its history, and nothing else.
 */
@FunctionalInterface
public interface UserHistory {
    /**
     * Returns the user's items, most recent first, each item once.
     *
     * @param scope whose surface asks
     * @param user the user's id
     * @param limit the largest number of items wanted, at least 1
     */
    List<String> recentItems(Scope scope, String user, int limit);
}
