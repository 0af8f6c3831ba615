package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.controls.Place;
import dev.recsys.testkit.ControlsContract;
import dev.recsys.testkit.ControlsHarness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

class PostgresControlsContractTest extends ControlsContract {
    @Override
    protected ControlsHarness newHarness() {
        return new Harness();
    }

    /** A time has microseconds there. */
    @Override
    protected boolean canHold(ItemAttributes item) {
        try {
            return ItemRows.requireStorable(item).equals(item);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What was put is seen once its notification has come; a put waits for that. */
    private static final class Harness implements ControlsHarness {
        private static final String REASON = "a test";

        private final PostgresDatabase database = TestServer.newDatabaseOpened();
        private final ControlEditor editor = database.editor("tester");
        private final PostgresControls controls =
                PostgresControls.builder(database).open();

        private Harness() {
            for (String tenant : List.of("acme", "other")) {
                editor.tenants().create(tenant, REASON);
                controls.prepare(new Scope(tenant, "home"));
            }
        }

        @Override
        public Controls controls() {
            return controls;
        }

        @Override
        public void putConfig(Scope scope, RankingConfig config) {
            put(editor.configs(), Place.of(scope), config);
        }

        @Override
        public void putConfig(String tenant, RankingConfig config) {
            put(editor.configs(), Place.of(tenant), config);
        }

        @Override
        public void putRules(Scope scope, RuleSet rules) {
            put(editor.rules(), Place.of(scope), rules);
        }

        @Override
        public void putRules(String tenant, RuleSet rules) {
            put(editor.rules(), Place.of(tenant), rules);
        }

        private <T> void put(DocumentEditor<T> documents, Place place, T value) {
            if (editor.tenants().find(place.tenant()).isEmpty()) {
                editor.tenants().create(place.tenant(), REASON);
            }
            String version =
                    documents.put(place, value, documents.inForce(place).version(), REASON);
            Scope scope = new Scope(place.tenant(), place.isSurface() ? place.surface() : "no-surface-of-its-own");
            await(() -> version.equals(
                    value instanceof RankingConfig
                            ? controls.configs().current(scope).version()
                            : controls.rules().current(scope).version()));
        }

        @Override
        public void putItems(String tenant, List<ItemAttributes> items) {
            String version =
                    editor.items().replace(tenant, items, REASON, done -> {}).version();
            await(() -> version.equals(
                    controls.items().current(new Scope(tenant, "home")).version()));
        }

        @Override
        public void putTenant(String tenant, Tenant what) {
            editor.tenants().set(tenant, what.status(), REASON);
            Tenant now = editor.tenants().set(tenant, what.serving(), REASON);
            await(() -> now.equals(controls.tenants().current(new Scope(tenant, "home"))));
        }

        private static void await(BooleanSupplier isSo) {
            long endNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!isSo.getAsBoolean()) {
                assertThat(System.nanoTime()).as("what was put was not seen").isLessThan(endNanos);
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }

        @Override
        public void close() {
            controls.close();
            database.close();
        }
    }
}
