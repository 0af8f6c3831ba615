package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link Controls} promise, as tests. A control plane passes them by a subclass that says how to set one up; a test that
 * it cannot run is overridden there with {@code @Disabled} and the reason.
 */
@Timeout(300)
public abstract class ControlsContract {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Scope CART = new Scope("acme", "cart");
    private static final Scope OTHER = new Scope("other", "home");
    private static final int READERS = 3;
    private static final int CHANGES = 40;

    private ControlsHarness harness;
    private Controls controls;

    /** For subclasses. */
    protected ControlsContract() {}

    /** Sets up an empty control plane for one test. */
    protected abstract ControlsHarness newHarness() throws Exception;

    @BeforeEach
    final void setUpControls() throws Exception {
        harness = newHarness();
        controls = harness.controls();
    }

    @AfterEach
    final void removeControls() {
        harness.close();
    }

    private static RankingConfig config(int k) {
        return RankingConfig.DEFAULT.withK(k);
    }

    private static RuleSet blocking(String item) {
        return new RuleSet(List.of(Rule.block("b", ItemAttribute.ITEM, item)));
    }

    private List<ItemAttributes> items(Scope scope) {
        List<ItemAttributes> items = new ArrayList<>();
        controls.items().current(scope).value().forEach(items::add);
        return items;
    }

    @Test
    public void withoutAnythingTheDefaultsHold() {
        assertThat(controls.configs().current(HOME).value()).isEqualTo(RankingConfig.DEFAULT);
        assertThat(controls.rules().current(HOME).value()).isEqualTo(RuleSet.NONE);
        assertThat(items(HOME)).isEmpty();
    }

    @Test
    public void aSurfaceHasWhatItsTenantHasUnlessItHasItsOwn() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putConfig(HOME, config(6));
        harness.putRules("acme", blocking("x"));
        harness.putRules(HOME, blocking("y"));

        assertThat(controls.configs().current(HOME).value()).isEqualTo(config(6));
        assertThat(controls.configs().current(CART).value()).isEqualTo(config(5));
        assertThat(controls.rules().current(HOME).value()).isEqualTo(blocking("y"));
        assertThat(controls.rules().current(CART).value()).isEqualTo(blocking("x"));
    }

    @Test
    public void aSurfacesOwnStaysWhenItsTenantGetsAnother() throws Exception {
        harness.putConfig(HOME, config(6));
        harness.putConfig("acme", config(5));

        assertThat(controls.configs().current(HOME).value()).isEqualTo(config(6));
    }

    @Test
    public void anotherTenantIsNotTouched() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));

        assertThat(controls.configs().current(OTHER).value()).isEqualTo(RankingConfig.DEFAULT);
        assertThat(controls.rules().current(OTHER).value()).isEqualTo(RuleSet.NONE);
        assertThat(items(OTHER)).isEmpty();
    }

    @Test
    public void itemsAreThoseOfTheTenantOnEachOfItsSurfaces() throws Exception {
        List<ItemAttributes> items = List.of(
                ItemAttributes.of("b").withBrand("Tea & Co").withPrice(0.1).withTags(List.of("new", "green")),
                ItemAttributes.of("a").withAvailable(false));
        harness.putItems("acme", items);

        assertThat(items(HOME)).containsExactlyInAnyOrderElementsOf(items);
        assertThat(items(CART)).containsExactlyInAnyOrderElementsOf(items);
    }

    @Test
    public void itemsThatAreNotPutAgainAreGone() throws Exception {
        harness.putItems("acme", List.of(ItemAttributes.of("a"), ItemAttributes.of("b")));
        harness.putItems("acme", List.of(ItemAttributes.of("b"), ItemAttributes.of("c")));

        assertThat(items(HOME)).containsExactlyInAnyOrder(ItemAttributes.of("b"), ItemAttributes.of("c"));
    }

    @Test
    public void theSameObjectIsReturnedUntilSomethingChanges() throws Exception {
        harness.putConfig("acme", config(5));
        Versioned<RankingConfig> before = controls.configs().current(HOME);
        Object rules = controls.rules().current(HOME);
        Object items = controls.items().current(HOME);

        assertThat(controls.configs().current(HOME)).isSameAs(before);
        assertThat(controls.rules().current(HOME)).isSameAs(rules);
        assertThat(controls.items().current(HOME)).isSameAs(items);
        harness.putConfig("acme", config(6));
        assertThat(controls.configs().current(HOME)).isNotEqualTo(before);
    }

    @Test
    public void equalContentHasOneVersionWhereverItIsPut() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putConfig(OTHER, config(5));
        harness.putConfig(CART, config(6));

        String version = controls.configs().current(HOME).version();
        assertThat(controls.configs().current(OTHER).version()).isEqualTo(version);
        assertThat(controls.configs().current(CART).version()).isNotEqualTo(version);
    }

    @Test
    public void theOrderOfItemsDoesNotChangeTheirVersion() throws Exception {
        harness.putItems("acme", List.of(ItemAttributes.of("a"), ItemAttributes.of("b")));
        harness.putItems("other", List.of(ItemAttributes.of("b"), ItemAttributes.of("a")));

        assertThat(controls.items().current(OTHER).version())
                .isEqualTo(controls.items().current(HOME).version());
    }

    @Test
    public void everyConfigurationThatWasInForceIsFoundAgain() throws Exception {
        List<Versioned<RankingConfig>> seen = new ArrayList<>();
        seen.add(controls.configs().current(HOME));
        for (int k = 1; k <= 5; k++) {
            harness.putConfig("acme", config(k));
            seen.add(controls.configs().current(HOME));
            harness.putConfig(HOME, config(100 + k));
            seen.add(controls.configs().current(HOME));
        }

        for (Versioned<RankingConfig> config : seen) {
            assertThat(controls.configs().version(HOME, config.version())).hasValue(config.value());
        }
    }

    @Test
    public void allRulesAndItemsThatWereInForceAreFoundAgain() throws Exception {
        harness.putRules(HOME, blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));
        String rules = controls.rules().current(HOME).version();
        String items = controls.items().current(HOME).version();
        harness.putRules(HOME, blocking("y"));
        harness.putItems("acme", List.of(ItemAttributes.of("b")));

        assertThat(controls.rules().version(HOME, rules)).hasValue(blocking("x"));
        assertThat(controls.items().version(HOME, items))
                .hasValueSatisfying(
                        found -> assertThat(List.copyOf(listOf(found))).containsExactly(ItemAttributes.of("a")));
    }

    private static List<ItemAttributes> listOf(Iterable<ItemAttributes> items) {
        List<ItemAttributes> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    @Test
    public void aVersionThatNeverWasIsNotFound() {
        for (String version : List.of("none", "sha256-" + "0".repeat(64), "../config", "", "a\u0000b")) {
            assertThat(controls.configs().version(HOME, version)).isEmpty();
            assertThat(controls.rules().version(HOME, version)).isEmpty();
            assertThat(controls.items().version(HOME, version)).isEmpty();
        }
    }

    @Test
    public void readersSeeWholeValuesWhileTheyAreReplaced() throws Exception {
        Map<String, RankingConfig> versions = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        try (Race race = Race.of(1 + READERS)) {
            race.run(racer -> racer == 0 ? write(over) : read(over, versions));
        }

        assertThat(controls.configs().current(HOME).value()).isEqualTo(halves(CHANGES));
    }

    private static RankingConfig halves(int number) {
        return config(number).withPopularityHead(number);
    }

    private Object write(AtomicBoolean over) throws Exception {
        try {
            for (int i = 1; i <= CHANGES; i++) {
                harness.putConfig(i % 2 == 0 ? HOME.tenant() : OTHER.tenant(), halves(i));
            }
            return over;
        } finally {
            over.set(true);
        }
    }

    /** What belongs together is seen together: the two halves of a value, and a value with its version. */
    private Object read(AtomicBoolean over, Map<String, RankingConfig> versions) {
        int latest = 0;
        while (!over.get()) {
            Versioned<RankingConfig> seen = controls.configs().current(HOME);
            if (!seen.value().equals(RankingConfig.DEFAULT)) {
                assertThat(seen.value()).isEqualTo(halves(seen.value().k()));
                assertThat(seen.value().k()).isGreaterThanOrEqualTo(latest);
                latest = seen.value().k();
            }
            assertThat(versions.computeIfAbsent(seen.version(), any -> seen.value()))
                    .isEqualTo(seen.value());
        }
        return over;
    }
}
