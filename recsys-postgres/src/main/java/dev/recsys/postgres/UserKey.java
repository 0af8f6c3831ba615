package dev.recsys.postgres;

import dev.recsys.Scope;

/**
 * Whose history.
 *
 * @param scope where
 * @param user who
 */
record UserKey(Scope scope, String user) {}
