package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.ConflictException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.InvalidDocumentException;
import dev.recsys.controls.Place;
import dev.recsys.controls.RuleSetDocument;
import dev.recsys.postgres.ItemEditor.ItemChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be changed, and what is refused. */
class ControlEditorTest {
    private static final Place ACME = Place.of("acme");
    private static final Place HOME = Place.of(new Scope("acme", "home"));
    private static final String REASON = "a test";

    private String url;
    private PostgresDatabase database;
    private ControlEditor editor;

    @BeforeEach
    void open() {
        url = TestServer.newDatabase();
        database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
        editor = database.editor("ann");
        editor.tenants().create("acme", REASON);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String put(Place place, int k) {
        DocumentEditor<RankingConfig> configs = editor.configs();
        return configs.put(
                place, RankingConfig.DEFAULT.withK(k), configs.inForce(place).version(), REASON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "a'; drop table recsys.tenant; --", "\u0000", "é", "*"})
    void aNameThatIsNoneReachesNoDatabase(String name) {
        assertThatThrownBy(() -> editor.tenants().create(name, REASON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> editor.audit(name, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsOfSqlAreTexts() {
        String sql = "'); drop table recsys.item; -- %s \\' ; \" $$ ";
        ItemChange change = editor.items().upsert("acme", List.of(ItemAttributes.of(sql)), sql, done -> {});
        assertThat(change.items()).isEqualTo(1);
        assertThat(editor.audit("acme", 1).get(0).reason()).isEqualTo(sql);
    }

    @Test
    void aSurfaceHasWhatItsTenantHasUntilItHasItsOwnAndAgainAfterwards() {
        String ofTenant = put(ACME, 7);
        assertThat(editor.configs().inForce(HOME).version()).isEqualTo(ofTenant);
        String own = put(HOME, 8);
        assertThat(editor.configs().inForce(HOME).version()).isEqualTo(own);
        assertThat(editor.configs().clear(HOME, own, REASON)).isEqualTo(ofTenant);
        assertThat(editor.configs().history(HOME, 10))
                .extracting(DocumentRevision::action)
                .containsExactly("clear", "put");
    }

    @Test
    void anyEarlierRevisionComesBackAsANewOne() {
        String first = put(ACME, 1);
        put(ACME, 2);
        String third = put(ACME, 3);
        assertThat(editor.configs().rollback(ACME, 1, third, REASON)).isEqualTo(first);
        assertThat(editor.configs().history(ACME, 10))
                .extracting(DocumentRevision::revision)
                .containsExactly(4L, 3L, 2L, 1L);
        assertThatThrownBy(() -> editor.configs().rollback(ACME, 9, first, REASON))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no revision 9");
    }

    @Test
    void whatIsInForceAlreadyIsNoChange() {
        String version = put(ACME, 7);
        assertThat(put(ACME, 7)).isEqualTo(version);
        assertThat(editor.configs().history(ACME, 10)).hasSize(1);
        assertThat(editor.audit("acme", 10)).hasSize(2); // the tenant, and one configuration
    }

    @Test
    void aTenantThatIsNotThereHasNothing() {
        Place nobody = Place.of("nobody");
        String version = editor.configs().inForce(nobody).version();
        assertThatThrownBy(() -> editor.configs().put(nobody, RankingConfig.DEFAULT.withK(3), version, REASON))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("recsys tenant create nobody");
        assertThatThrownBy(() -> editor.invalidate(nobody, REASON)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> editor.tenants().create("acme", REASON)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aDocumentWithoutEndIsRefusedBeforeItIsRead() {
        String bomb = "[".repeat(100_000);
        assertThatThrownBy(() -> RuleSetDocument.read("{\"rules\": " + bomb))
                .isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void rulesOfTenMegabytesAreStoredAndReadWholeOrRefusedByTheirNumber() {
        String reason = "r".repeat(1_000);
        List<Rule> many = IntStream.range(0, RuleSet.MAX_RULES)
                .mapToObj(i ->
                        Rule.block("rule-" + i, ItemAttribute.ITEM, "item-" + i).withReason(reason))
                .toList();
        RuleSet rules = new RuleSet(many);
        assertThat(RuleSetDocument.write(rules).length()).isGreaterThan(10_000_000);
        String version =
                editor.rules().put(ACME, rules, editor.rules().inForce(ACME).version(), REASON);
        assertThat(editor.rules().version(ACME, version)).contains(rules);
        List<Rule> tooMany = new ArrayList<>(many);
        tooMany.add(Rule.block("one-more", ItemAttribute.ITEM, "x"));
        assertThatThrownBy(() -> new RuleSet(tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 10000");
    }

    @Test
    void anItemsTimeThatTheDatabaseWouldChangeIsRefused() {
        ItemAttributes fine = ItemAttributes.of("tea").withCreatedAt(Instant.parse("2026-01-01T00:00:00.123456789Z"));
        assertThatThrownBy(() -> editor.items().upsert("acme", List.of(fine), REASON, done -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("item 'tea'")
                .hasMessageContaining("microseconds");
    }

    @Test
    void itemsAreAsTheyWereInEachVersion() throws Exception {
        ItemAttributes red = ItemAttributes.of("a").withTags(List.of("red"));
        ItemAttributes blue = ItemAttributes.of("a").withTags(List.of("blue"));
        ItemAttributes other = ItemAttributes.of("b").withPrice(3);
        String first = editor.items()
                .upsert("acme", List.of(red, other), REASON, done -> {})
                .version();
        String second =
                editor.items().upsert("acme", List.of(blue), REASON, done -> {}).version();
        String third = editor.items()
                .replace("acme", List.of(other), REASON, done -> {})
                .version();
        try (PostgresControls controls = PostgresControls.builder(database).open()) {
            Scope home = new Scope("acme", "home");
            assertThat(controls.items().version(home, first).orElseThrow())
                    .hasSize(2)
                    .first()
                    .isEqualTo(red);
            assertThat(controls.items().version(home, second).orElseThrow())
                    .hasSize(2)
                    .first()
                    .isEqualTo(blue);
            assertThat(controls.items().version(home, third).orElseThrow())
                    .hasSize(1)
                    .first()
                    .isEqualTo(other);
        }
    }

    @Test
    void theDatabaseItselfRefusesADocumentUnderAnotherVersion() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, TestServer.SERVING_ROLE, "");
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('recsys.tenant', 'acme', false)");
            assertThatThrownBy(() -> statement.execute("insert into recsys.document (tenant, kind, version, body)"
                            + " values ('acme', 'config', 'sha256-' || repeat('0', 64), '{\"k\": 3}')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("check constraint");
        }
    }

    @Test
    void aPoolWithoutAFreeConnectionIsAnOutageAndNoHang() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < PostgresDatabase.POOL_SIZE; i++) {
                taken.add(database.source().getConnection());
            }
            assertThatThrownBy(() -> editor.tenants().list())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no connection became free");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(editor.tenants().list()).hasSize(1);
    }
}
