package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in one transaction. */
@FunctionalInterface
interface Work<T> {
    /** Does it; the transaction begins and ends elsewhere. */
    T in(Connection connection) throws SQLException;
}
