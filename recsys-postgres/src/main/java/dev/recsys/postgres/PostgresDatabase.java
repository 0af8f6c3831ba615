package dev.recsys.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.postgres.Change.Author;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables of recsys in a PostgreSQL database, version 14 or newer (tried with 17), in the schema {@value #SCHEMA}. Everything else in
 * this package works on one of these.
 *
 * <p>Nothing is asked of the server before it is needed, so that a process can start while it is away. Safe for concurrent
 * use.
 */
public final class PostgresDatabase implements AutoCloseable {
    /** The schema that holds the tables; it belongs to recsys alone. */
    public static final String SCHEMA = "recsys";

    static final int POOL_SIZE = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DataSource source;
    private final @Nullable HikariDataSource own;
    private final String location;
    private final Transactions transactions;

    private PostgresDatabase(DataSource source, @Nullable HikariDataSource own, String location) {
        this.source = source;
        this.own = own;
        this.location = location;
        this.transactions = new Transactions(source, STATEMENT_TIMEOUT, Settling.within(PATIENCE));
    }

    /**
     * Takes a database by its address, with a pool of at most {@value #POOL_SIZE} connections of its own. Connecting may take
     * 5 seconds.
     *
     * @param url such as {@code jdbc:postgresql://db.example/shop?sslmode=verify-full}; without a password in it
     * @param user whose rights are used; who serves requests needs no more than those that {@link #migrate(String)} grants
     * @param password the user's password; if it is empty, the driver looks into {@code ~/.pgpass}
     * @throws IllegalArgumentException if it is not the address of a PostgreSQL database
     */
    public static PostgresDatabase open(String url, String user, String password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the address of the database does not begin with jdbc:postgresql: ; expected jdbc:postgresql://HOST/DATABASE");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("recsys-postgres");
        config.setJdbcUrl(url);
        config.setUsername(user);
        if (!password.isEmpty()) { // else the driver looks into ~/.pgpass
            config.setPassword(password);
        }
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        // said, for the pool would remember what a first connection that dies at once could not tell
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("ApplicationName", "recsys");
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource pool = new HikariDataSource(config);
        // what comes after the ? may hold a password
        return new PostgresDatabase(
                pool, pool, url.replaceFirst("(?s)[?].*", "").replaceAll("\\p{Cntrl}", "?"));
    }

    /** Takes a database by the caller's connections, which are not closed by this. */
    public static PostgresDatabase over(DataSource source) {
        return new PostgresDatabase(source, null, "PostgreSQL");
    }

    /**
     * Brings the tables to the state that this version of recsys needs, each step once, whoever else tries at the same time.
     * A step is done as a whole or not at all; after an interruption, call this again.
     *
     * @return how many steps were done
     * @throws NewerFormatException if a newer version of recsys has been here; nothing changed
     * @throws StoreUnavailableException if the database did not answer; steps may have been done
     */
    public int migrate() {
        return new Migrations(source).migrate();
    }

    /**
     * As {@link #migrate()}, and grants a role all that serving and editing need, which does not include changing tables or
     * evading the rule that a tenant's rows are that tenant's.
     *
     * @param role an existing role
     * @return how many steps were done
     */
    public int migrate(String role) {
        int steps = migrate();
        new Migrations(source).grantTo(role);
        return steps;
    }

    /**
     * Looks whether the tables are those that this version of recsys needs.
     *
     * @throws NotFoundException if they are not there or too old: {@link #migrate} is needed
     * @throws NewerFormatException if a newer version of recsys has been here
     * @throws StoreUnavailableException if the database did not answer
     */
    public void requireCurrent() {
        new Migrations(source).requireCurrent();
    }

    /**
     * Returns what changes tenants, configurations, rules and items in the name of a person.
     *
     * @param actor who, 1 to 500 characters; recorded with every change
     */
    public ControlEditor editor(String actor) {
        return new ControlEditor(transactions, actor);
    }

    /** Returns what watches over a publisher for this database; give it to the publisher as a listener. */
    public PostgresPublications publications() {
        return new PostgresPublications(transactions);
    }

    /**
     * Returns tables of sums, which take the place of an object store.
     *
     * @param actor who fills them, 1 to 500 characters; recorded with every replacement
     * @param reason why, 1 to 500 characters; recorded as well
     * @throws IllegalArgumentException if one of both is not such a text
     */
    public PostgresSignalTables signalTables(String actor, String reason) {
        return new PostgresSignalTables(
                this, new Author(Remarks.require("actor", actor), Remarks.require("reason", reason)));
    }

    /** Returns where the database is, for messages. */
    String location() {
        return location;
    }

    DataSource source() {
        return source;
    }

    Transactions transactions() {
        return transactions;
    }

    /** Closes the connections, unless they are the caller's. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
