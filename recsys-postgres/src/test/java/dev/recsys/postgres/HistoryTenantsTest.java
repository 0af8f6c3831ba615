package dev.recsys.postgres;

import static dev.recsys.postgres.HistoryShop.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others see of the histories of the tenant acme, where one user has a row and another is forgotten. */
class HistoryTenantsTest {
    private static final String OWNER = "history_owner";

    private final HistoryShop shop = new HistoryShop();
    private String month = "";

    @BeforeEach
    void recordAndForget() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "tea"));
        flush(history);
        var unused = history.forget("acme", "bob", "support", "ticket 17");
        month = shop.see("select tableoid::regclass::text from recsys.interaction")
                .get(0);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> as(String tenant, String sql) throws SQLException {
        return shop.see(TestServer.SERVING_ROLE, tenant, sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "*", ""})
    void nobodyElseSeesOrDeletesIt(String tenant) throws Exception {
        for (String table : List.of("recsys.interaction", "recsys.history_forgotten")) {
            assertThat(as(tenant, "select count(*) from " + table)).containsExactly("0");
            assertThat(as(tenant, "with gone as (delete from " + table + " returning 1) select count(*) from gone"))
                    .containsExactly("0");
            assertThat(as("acme", "select count(*) from " + table)).containsExactly("1");
        }
    }

    @Test
    void aUserOfTheSameNameIsAnotherPersonElsewhere() throws Exception {
        PostgresUserHistory history = shop.open();
        Forgotten forgotten = history.forget("other", "ann", "support", "ticket 18");
        history.prefetch(new Scope("other", "home"), "ann").join();

        assertThat(forgotten.interactions()).isZero();
        assertThat(history.recentItems(new Scope("other", "home"), "ann", 10)).isEmpty();
        assertThat(shop.itemsOf("ann")).containsExactly("tea");
    }

    @Test
    void nobodyWritesInTheNameOfAnother() {
        assertThatThrownBy(() -> as(
                        "other", "insert into recsys.interaction values ('acme', 'home', 'ann', 'x', 'click', now())"))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(
                        () -> as(
                                "other",
                                "insert into recsys.history_forgotten values ('acme', recsys.person('acme', 'ann'), now(), now())"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void aTenantCannotTakeItsMarkAway() throws Exception {
        assertThat(as("acme", "delete from recsys.history_forgotten")).isEmpty();

        assertThat(shop.see("select count(*) from recsys.history_forgotten")).containsExactly("1");
    }

    @Test
    void aMonthCannotBeReadPastItsTable() {
        assertThatThrownBy(() -> as("acme", "select count(*) from " + month)).hasMessageContaining("permission denied");
    }

    @Test
    void theOwnerOfAMonthSeesOnlyTheRowsOfWhoItSpeaksFor() throws Exception {
        var unused = shop.see(
                "do $$ begin create role " + OWNER + " login; exception when duplicate_object then null; end $$");
        unused = shop.see("grant usage on schema recsys to " + OWNER);
        unused = shop.see("alter table " + month + " owner to " + OWNER);

        assertThat(shop.see(OWNER, "other", "select count(*) from " + month)).containsExactly("0");
        assertThat(shop.see(OWNER, "acme", "select count(*) from " + month)).containsExactly("1");
    }
}
