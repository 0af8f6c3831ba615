package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testserver.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A shop's histories in a database of their own, with a clock that stands still, and a look at the rows past all policies. */
final class HistoryShop implements AutoCloseable {
    static final Scope HOME = new Scope("acme", "home");
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeClock clock = FakeClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    final String url;
    final PostgresDatabase database;
    private final List<PostgresUserHistory> opened = new ArrayList<>();

    HistoryShop() {
        this(TestServer.newDatabase());
    }

    HistoryShop(String url) {
        this.url = url;
        this.database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
    }

    PostgresUserHistory.Builder builder() {
        return PostgresUserHistory.builder(database).time(clock, clock::nanoTime);
    }

    /** Opens a history that is closed with the shop. */
    PostgresUserHistory open(PostgresUserHistory.Builder builder) {
        PostgresUserHistory history = builder.open();
        opened.add(history);
        return history;
    }

    PostgresUserHistory open() {
        return open(builder());
    }

    Outcome click(String user, String item, Instant at) {
        return new Outcome(HOME, user, item, "click", at);
    }

    Outcome click(String user, String item) {
        return click(user, item, clock.instant());
    }

    static void flush(PostgresUserHistory history) throws InterruptedException {
        assertThat(history.flush(PATIENCE)).as("what was recorded is written").isTrue();
    }

    /** Returns the first column of what a superuser sees. */
    List<String> see(String sql) throws SQLException {
        return see(PostgresServer.SUPERUSER, "", sql);
    }

    /** Returns the first column of what a role sees in the name of a tenant. */
    List<String> see(String role, String tenant, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, role, "");
                Statement statement = connection.createStatement()) {
            statement.execute("set recsys.tenant = '" + tenant + "'");
            List<String> values = new ArrayList<>();
            ResultSet rows = statement.execute(sql) ? statement.getResultSet() : null;
            while (rows != null && rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    List<String> itemsOf(String user) throws SQLException {
        return see("select item from recsys.interaction where user_id = '" + user + "' order by at desc, item");
    }

    List<String> months() throws SQLException {
        return see("select inhrelid::regclass::text from pg_inherits"
                + " where inhparent = 'recsys.interaction'::regclass order by 1");
    }

    @Override
    public void close() {
        opened.forEach(PostgresUserHistory::close);
        database.close();
    }
}
