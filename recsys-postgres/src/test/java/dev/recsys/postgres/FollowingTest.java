package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Tenant.Status;
import dev.recsys.controls.Place;
import dev.recsys.testserver.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with one tenant, or with a listener, stops nothing else. */
class FollowingTest {
    private static final String REASON = "a test";
    private static final Scope LARGE = new Scope("large", "home");
    private static final Scope SMALL = new Scope("small", "home");

    private static final String OTHER_VERSION = "sha256-" + "0".repeat(64);
    private static final String OTHER_ITEMS = "do $$ begin"
            + " insert into recsys.item_history (tenant, revision, version, items, changed, actor, reason, change)"
            + " values ('large', 2, 'sha256-' || repeat('0', 64), 50, 1, 'x', 'x', gen_random_uuid());"
            + " update recsys.item_current set revision = 2 where tenant = 'large';"
            + " insert into recsys.audit (tenant, surface, actor, kind, action, reason, change)"
            + " values ('large', '', 'x', 'items', 'x', 'x', gen_random_uuid()); end $$";

    private PostgresDatabase database;
    private ControlEditor editor;

    private String url;

    @BeforeEach
    void open() {
        url = TestServer.newDatabase();
        database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
        editor = database.editor("ann");
        editor.tenants().create("large", REASON);
        editor.tenants().create("small", REASON);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void putItems(int count) {
        List<ItemAttributes> items = IntStream.range(0, count)
                .mapToObj(i -> ItemAttributes.of("item-" + i))
                .toList();
        var unused = editor.items().replace("large", items, REASON, done -> {});
    }

    private String putK(String tenant, int k) {
        Place place = Place.of(tenant);
        return editor.configs()
                .put(
                        place,
                        RankingConfig.DEFAULT.withK(k),
                        editor.configs().inForce(place).version(),
                        REASON);
    }

    private static void await(BooleanSupplier isSo) {
        long endNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(endNanos);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static int k(PostgresControls controls, Scope scope) {
        return controls.configs().current(scope).value().k();
    }

    @Test
    void aTenantThatGrowsBeyondTheMemoryKeepsWhatItHadAndTheOthersAreFollowed() {
        putItems(50);
        try (PostgresControls controls = PostgresControls.builder(database)
                .refreshInterval(Duration.ofMillis(300))
                .maxItems(100)
                .open()) {
            controls.prepare(LARGE);
            controls.prepare(SMALL);
            putItems(150);
            await(() -> controls.problem(LARGE).isPresent());
            assertThat(controls.items().current(LARGE).value()).hasSize(50);
            putK("small", 7);
            await(() -> k(controls, SMALL) == 7);
            assertThat(controls.problem(SMALL)).isEmpty();
            putItems(60);
            await(() -> controls.problem(LARGE).isEmpty());
            assertThat(controls.items().current(LARGE).value()).hasSize(60);
        }
    }

    @Test
    void aSmallChangeDoesNotWaitForTheItemsOfALargeTenant() throws SQLException {
        putItems(50);
        try (PostgresControls controls = PostgresControls.builder(database).open();
                Connection blocking = DriverManager.getConnection(url, PostgresServer.SUPERUSER, "")) {
            assertThat(controls.awaitAnswer(Duration.ofSeconds(30))).isTrue();
            controls.prepare(LARGE);
            controls.prepare(SMALL);
            blocking.setAutoCommit(false);
            try (Statement statement = blocking.createStatement()) {
                statement.execute("lock table recsys.item in access exclusive mode"); // nobody reads an item
                TestServer.server().execute(url.substring(url.lastIndexOf('/') + 1), List.of(OTHER_ITEMS));
                putK("small", 7);
                await(() -> k(controls, SMALL) == 7);
                assertThat(controls.items().current(LARGE).version()).isNotEqualTo(OTHER_VERSION);
            }
            blocking.rollback();
            await(() -> controls.items().current(LARGE).version().equals(OTHER_VERSION));
        }
    }

    @Test
    void aListenerThatDiesKeepsNobodyFromHearing() {
        List<FleetChange> heard = new CopyOnWriteArrayList<>();
        try (PostgresControls controls = PostgresControls.builder(database)
                .listener(change -> {
                    throw new NoClassDefFoundError("a listener");
                })
                .listener(heard::add)
                .open()) {
            assertThat(controls.awaitAnswer(Duration.ofSeconds(30))).isTrue();
            controls.prepare(SMALL);
            putK("small", 7);
            putK("small", 8);
            await(() -> heard.size() == 2 && k(controls, SMALL) == 8);
        }
    }

    @Test
    void aDatabaseThatWasNeverThereIsSaidToBeAwaySinceWhen() {
        try (PostgresDatabase none = PostgresDatabase.open("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
                PostgresControls controls = PostgresControls.builder(none).open()) {
            await(() -> controls.problem().orElse("").startsWith("the database has not answered since"));
        }
    }

    @Test
    void controlsMayBeClosedByTheirOwnListener() {
        List<PostgresControls> opened = new CopyOnWriteArrayList<>();
        try (PostgresControls controls = PostgresControls.builder(database)
                .listener(change -> opened.forEach(PostgresControls::close))
                .open()) {
            assertThat(controls.awaitAnswer(Duration.ofSeconds(30))).isTrue();
            opened.add(controls);
            editor.tenants().set("small", Status.SUSPENDED, REASON);
        }
    }
}
