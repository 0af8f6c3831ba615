package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.Outcome;
import dev.recsys.control.RankingConfig;
import dev.recsys.controls.Place;
import dev.recsys.log.Redaction;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.Replacement;
import dev.recsys.testserver.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever works for one tenant can neither read nor write what is another's: the database refuses it, table by table. */
class TenantIsolationTest {
    private static final List<String> SEEN_BY_ALL = List.of("feed"); // says that something changed, and nothing of what
    private static final String DENIED = "42501";

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final Replacement SUMS =
            new Replacement(0, "a-test", "made up", Instant.EPOCH, DAY, DAY, List.of(new OneRowEach()));

    private String url;

    /** A day with one row in each table. */
    private static final class OneRowEach implements DaySums {
        @Override
        public DayFigures figures() {
            return DayFigures.none(DAY);
        }

        @Override
        public void popularity(Consumer<PopularitySum> taker) {
            taker.accept(new PopularitySum("", "tea", 1, 1));
        }

        @Override
        public void items(Consumer<ItemSum> taker) {
            taker.accept(new ItemSum("tea", 1));
        }

        @Override
        public void pairs(Consumer<PairSum> taker) {
            taker.accept(new PairSum("pot", "tea", 1, 1));
        }
    }

    @BeforeEach
    void fill() {
        url = TestServer.newDatabase();
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
                PostgresEventSink sink = PostgresEventSink.builder(database, Redaction.rawUsers())
                        .open()) {
            ControlEditor editor = database.editor("tester");
            for (String tenant : List.of("acme", "other")) {
                Place place = Place.of(tenant);
                editor.tenants().create(tenant, "a test");
                editor.configs()
                        .put(
                                place,
                                RankingConfig.DEFAULT.withK(3),
                                editor.configs().inForce(place).version(),
                                "a test");
                editor.items().upsert(tenant, List.of(ItemAttributes.of("tea")), "a test", done -> {});
                database.signalTables("tester", "a test")
                        .replace(new Scope(tenant, "home"), SUMS, Duration.ofSeconds(30));
                sink.exposed(PostgresEventSinkTest.shown(tenant, "ann", Instant.now(), 1));
                boolean unused =
                        sink.record(new Outcome(new Scope(tenant, "home"), "ann", "tea", "click", Instant.now()));
            }
        }
    }

    @AfterEach
    void nothingOfAcmeHasChanged() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.SUPERUSER, "")) {
            for (String table : List.of(
                    "tenant",
                    "document",
                    "document_history",
                    "document_current",
                    "item",
                    "signal_tables",
                    "signal_day",
                    "popularity_daily",
                    "item_sessions_daily",
                    "cooc_daily",
                    "exposure",
                    "outcome")) {
                assertThat(count(connection, table)).as(table).isEqualTo(1);
            }
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from recsys." + table + " where tenant = 'acme'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns every table that has tenants in it, those that are added one day as well. */
    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select c.relname from pg_class c"
                        + " join pg_namespace n on n.oid = c.relnamespace"
                        + " join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'"
                        + " where n.nspname = 'recsys' and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private Connection as(String role, String identity) throws SQLException {
        Connection connection = DriverManager.getConnection(url, role, "");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select set_config('recsys.tenant', '" + identity + "', false)");
        }
        connection.commit();
        return connection;
    }

    private static String outcome(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql) + " rows";
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    @Test
    void noReadOrWriteOfAnyTableReachesAnotherTenant() throws SQLException {
        for (String identity : List.of("other", "", "*")) {
            try (Connection connection = as(TestServer.SERVING_ROLE, identity)) {
                List<String> tables = tables(connection);
                assertThat(tables)
                        .contains(
                                "tenant",
                                "document",
                                "item",
                                "audit",
                                "feed",
                                "applied",
                                "signal_tables",
                                "cooc_daily",
                                "exposure",
                                "outcome");
                for (String table : tables) {
                    String about = table + " as '" + identity + "'";
                    if (!SEEN_BY_ALL.contains(table) && !(identity.equals("*") && table.equals("tenant"))) {
                        assertThat(selected(connection, table)).as(about).isIn("0", DENIED);
                    }
                    String mine = " recsys." + table;
                    assertThat(outcome(connection, "update" + mine + " set tenant = 'acme'"))
                            .as("update %s", about)
                            .isIn("0 rows", DENIED);
                    assertThat(outcome(connection, "update" + mine + " set tenant = tenant where tenant = 'acme'"))
                            .as("update %s", about)
                            .isIn("0 rows", DENIED);
                    assertThat(outcome(connection, "delete from" + mine + " where tenant = 'acme'"))
                            .as("delete %s", about)
                            .isIn("0 rows", DENIED);
                    assertThat(outcome(connection, "truncate" + mine))
                            .as("truncate %s", about)
                            .isEqualTo(DENIED);
                }
            }
        }
    }

    private static String selected(Connection connection, String table) throws SQLException {
        try {
            return Long.toString(count(connection, table));
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    @Test
    void noRowIsWrittenInTheNameOfAnother() throws SQLException {
        List<String> inserts = List.of(
                "tenant (tenant, status, serving) values ('acme2', 'active', 'artifacts')",
                "document (tenant, kind, version, body) select 'acme', 'config', 'sha256-'"
                        + " || encode(sha256(convert_to('{}', 'UTF8')), 'hex'), '{}'",
                "document_history (tenant, kind, surface, revision, version, actor, action, reason, change)"
                        + " values ('acme', 'config', '', 2, null, 'x', 'clear', 'x', gen_random_uuid())",
                "document_current (tenant, kind, surface, revision) values ('acme', 'config', 'home', 1)",
                "item_history (tenant, revision, version, items, changed, actor, reason, change) select 'acme', 2,"
                        + " 'sha256-' || repeat('0', 64), 0, 1, 'x', 'x', gen_random_uuid()",
                "item_current (tenant, revision) values ('acme', 1) on conflict (tenant) do update set revision = 1",
                "item (tenant, item, from_revision, categories, tags, available)"
                        + " values ('acme', 'kettle', 1, '{}', '{}', true)",
                "audit (tenant, surface, actor, kind, action, reason, change)"
                        + " values ('acme', '', 'x', 'items', 'x', 'x', gen_random_uuid())",
                "signal_tables (tenant, surface, revision, replacement, settings, filled_at)"
                        + " values ('acme', 'cart', 1, 'x', 'x', now())",
                "signal_day (tenant, surface, day, events, sessions, share, carried_sessions, cut_sessions, oldest,"
                        + " newest, newest_session) values ('acme', 'home', '2026-01-02', 0, 0, 0, 0, 0, now(), now(), now())",
                "popularity_daily (tenant, surface, day, segment, item, amount, events)"
                        + " values ('acme', 'home', '2026-01-01', '', 'x', 1, 1)",
                "item_sessions_daily (tenant, surface, day, item, share) values ('acme', 'home', '2026-01-01', 'x', 1)",
                "cooc_daily (tenant, surface, day, item, neighbour, sessions, share)"
                        + " values ('acme', 'home', '2026-01-01', 'x', 'y', 1, 1)",
                "exposure (tenant, surface, at, sink, number, release, body)"
                        + " values ('acme', 'home', now(), gen_random_uuid(), 1, 1, '{}')",
                "outcome (tenant, surface, at, sink, number, user_id, type, body)"
                        + " values ('acme', 'home', now(), gen_random_uuid(), 1, 'ann', 'click', '{}')",
                "feed (tenant, surface, kind) values ('acme', '', 'items')",
                "applied (feed_id, tenant, instance) values (1, 'acme', 'x')");
        for (String identity : List.of("other", "", "*")) {
            try (Connection connection = as(TestServer.SERVING_ROLE, identity)) {
                for (String insert : inserts) {
                    assertThat(outcome(connection, "insert into recsys." + insert))
                            .as(insert + " as " + identity)
                            .isEqualTo(DENIED);
                }
            }
        }
    }

    @Test
    void theOwnerOfTheTablesIsHeldToItAsWell() throws SQLException {
        String name = url.substring(url.lastIndexOf('/') + 1);
        TestServer.server()
                .execute(
                        name,
                        List.of(
                                "do $$ begin create role owner_of_tables login; exception when duplicate_object then null;"
                                        + " end $$",
                                "alter schema recsys owner to owner_of_tables",
                                "do $$ declare r record; begin for r in select c.relname from pg_class c"
                                        + " join pg_namespace n on n.oid = c.relnamespace"
                                        + " where n.nspname = 'recsys' and c.relkind in ('r', 'p')"
                                        + " loop execute format('alter table recsys.%I owner to owner_of_tables',"
                                        + " r.relname); end loop; end $$"));
        try (Connection connection = as("owner_of_tables", "other")) {
            assertThat(count(connection, "item")).isZero();
            assertThat(outcome(connection, "delete from recsys.item where tenant = 'acme'"))
                    .isEqualTo("0 rows");
        }
    }

    @Test
    void whatWasWrittenForGoodIsNotChangedByItsOwnTenantEither() throws SQLException {
        try (Connection connection = as(PostgresServer.SUPERUSER, "acme")) {
            for (String table : List.of("document", "document_history", "item_history", "audit")) {
                assertThatThrownBy(() -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.executeUpdate("delete from recsys." + table);
                            }
                        })
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("is never changed");
                connection.rollback();
            }
        }
    }
}
