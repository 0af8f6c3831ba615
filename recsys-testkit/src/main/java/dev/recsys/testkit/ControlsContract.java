package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.control.Tenant.Status;
import dev.recsys.control.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link Controls} promise, as tests. A control plane passes them by a subclass that says how to set one up; a test that
 * it cannot run is overridden there with {@code @Disabled} and the reason.
 *
 * <p>Every surface is prepared before it is asked for. What was put is seen when the {@linkplain ControlsHarness harness}'s
 * put returns, without another preparation. What comes back is equal to what was put, to the last bit and nanosecond; a
 * control plane that cannot hold something says so in {@link #canHold(ItemAttributes)} or {@link #canHold(RuleSet)}, and must
 * refuse that rather than change it.
 */
@Timeout(300)
public abstract class ControlsContract {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Scope CART = new Scope("acme", "cart");
    private static final Scope OTHER = new Scope("other", "home");
    private static final Tenant SUSPENDED = new Tenant(Status.SUSPENDED, Serving.ARTIFACTS);
    private static final int READERS = 3;
    private static final int CHANGES = 40;

    private ControlsHarness harness;
    private Controls controls;

    /** For subclasses. */
    protected ControlsContract() {}

    /** Sets up an empty control plane for one test. */
    protected abstract ControlsHarness newHarness() throws Exception;

    /**
     * Returns whether the control plane can hold an item as it is, by default always. What it cannot hold, for the precision
     * of its times or the characters of its texts, it must refuse with an {@link IllegalArgumentException} that names the
     * item.
     */
    protected boolean canHold(ItemAttributes item) {
        return true;
    }

    /** As {@link #canHold(ItemAttributes)}, of rules; the exception names one of them by its id. */
    protected boolean canHold(RuleSet rules) {
        return true;
    }

    @BeforeEach
    final void setUpControls() throws Exception {
        harness = newHarness();
        controls = harness.controls();
        List.of(HOME, CART, OTHER).forEach(controls::prepare);
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
    public void itemsComeBackAsTheyWerePutHoweverOddTheyAre() throws Exception {
        List<ItemAttributes> odd =
                OddControls.items().stream().filter(this::canHold).toList();
        harness.putItems("acme", odd);
        List<ItemAttributes> reversed = new ArrayList<>(odd);
        Collections.reverse(reversed);
        harness.putItems("other", reversed);

        String version = controls.items().current(HOME).version();
        assertThat(items(HOME)).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(controls.items().current(OTHER).version()).isEqualTo(version);
        harness.putItems("acme", List.of());
        assertThat(listOf(controls.items().version(HOME, version).orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(odd);
    }

    @Test
    public void itemsThatDifferInTheLeastHaveDifferentVersions() throws Exception {
        ItemAttributes item = ItemAttributes.of("a");
        List<ItemAttributes> alike = List.of(
                item,
                ItemAttributes.of("A"),
                ItemAttributes.of("a "),
                item.withTags(List.of("t")),
                item.withCategories(List.of("t")),
                item.withBrand("t"),
                item.withPrice(0),
                item.withPrice(Double.MIN_VALUE),
                item.withAvailable(false));
        Set<String> versions = new HashSet<>();
        for (ItemAttributes one : alike) {
            harness.putItems("acme", List.of(one));
            versions.add(controls.items().current(HOME).version());
        }

        assertThat(versions).hasSameSizeAs(alike);
    }

    @Test
    public void anItemThatCannotBeHeldIsRefusedAndChangesNothing() throws Exception {
        harness.putItems("acme", List.of(ItemAttributes.of("before")));
        Versioned<?> before = controls.items().current(HOME);

        for (ItemAttributes odd : OddControls.items()) {
            if (!canHold(odd)) {
                assertThatThrownBy(() -> harness.putItems("acme", List.of(odd, ItemAttributes.of("whole"))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(odd.itemId());
            }
        }
        assertThat(controls.items().current(HOME)).isEqualTo(before);
    }

    @Test
    public void configurationsComeBackAsTheyWerePutAtTheBoundsOfTheirNumbers() throws Exception {
        for (RankingConfig odd : OddControls.configs()) {
            harness.putConfig(HOME, odd);
            harness.putConfig("other", odd);

            Versioned<RankingConfig> found = controls.configs().current(HOME);
            assertThat(found.value()).isEqualTo(odd);
            assertThat(controls.configs().current(OTHER)).isEqualTo(found);
            assertThat(controls.configs().version(HOME, found.version())).hasValue(odd);
        }
    }

    @Test
    public void rulesComeBackAsTheyWerePutHoweverOddOrManyTheyAre() throws Exception {
        List<RuleSet> odd = new ArrayList<>(OddControls.rules());
        odd.addAll(OddControls.rulesWithControlCharacters());
        for (RuleSet rules : odd) {
            if (canHold(rules)) {
                harness.putRules(HOME, rules);
                harness.putRules("other", rules);

                Versioned<RuleSet> found = controls.rules().current(HOME);
                assertThat(found.value()).isEqualTo(rules);
                assertThat(controls.rules().current(OTHER)).isEqualTo(found);
                assertThat(controls.rules().version(HOME, found.version())).hasValue(rules);
            }
        }
    }

    @Test
    public void rulesThatCannotBeHeldAreRefusedAndChangeNothing() throws Exception {
        harness.putRules(HOME, blocking("x"));
        Versioned<RuleSet> before = controls.rules().current(HOME);
        List<RuleSet> odd = new ArrayList<>(OddControls.rules());
        odd.addAll(OddControls.rulesWithControlCharacters());

        for (RuleSet rules : odd) {
            if (!canHold(rules)) {
                assertThatThrownBy(() -> harness.putRules(HOME, rules))
                        .isInstanceOf(IllegalArgumentException.class)
                        .satisfies(e -> assertThat(rules.rules())
                                .anyMatch(rule -> String.valueOf(e.getMessage()).contains(rule.id())));
            }
        }
        assertThat(controls.rules().current(HOME)).isEqualTo(before);
    }

    @Test
    public void whatWasInForceBeforeMayBeInForceAgain() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));
        List<String> before = versions(HOME);
        harness.putConfig("acme", config(6));
        harness.putRules("acme", blocking("y"));
        harness.putItems("acme", List.of(ItemAttributes.of("b")));
        assertThat(versions(HOME)).doesNotContainAnyElementsOf(before);
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));

        assertThat(versions(HOME)).isEqualTo(before);
        assertThat(controls.configs().current(HOME).value()).isEqualTo(config(5));
        assertThat(items(HOME)).containsExactly(ItemAttributes.of("a"));
    }

    private List<String> versions(Scope scope) {
        return List.of(
                controls.configs().current(scope).version(),
                controls.rules().current(scope).version(),
                controls.items().current(scope).version());
    }

    @Test
    public void theDefaultsHaveTheVersionsThatTheyHaveWhenTheyArePut() throws Exception {
        List<String> before = versions(HOME);
        harness.putConfig("acme", RankingConfig.DEFAULT);
        harness.putRules("acme", RuleSet.NONE);
        harness.putItems("acme", List.of());

        assertThat(versions(HOME)).isEqualTo(before);
    }

    @Test
    public void aSurfacesDefaultsAreItsOwnOnceTheyArePut() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putConfig(HOME, RankingConfig.DEFAULT);
        harness.putRules(HOME, RuleSet.NONE);

        assertThat(controls.configs().current(HOME).value()).isEqualTo(RankingConfig.DEFAULT);
        assertThat(controls.rules().current(HOME).value()).isEqualTo(RuleSet.NONE);
        assertThat(controls.configs().current(CART).value()).isEqualTo(config(5));
    }

    @Test
    public void namesThatLookAlikeAreNotTheSame() throws Exception {
        List<Scope> scopes =
                List.of(new Scope("a_c", "x"), new Scope("abc", "x"), new Scope("a-c", "x"), new Scope("a_c", "xx"));
        scopes.forEach(controls::prepare);
        for (int i = 0; i < scopes.size(); i++) {
            harness.putConfig(scopes.get(i), config(i + 1));
        }

        for (int i = 0; i < scopes.size(); i++) {
            assertThat(controls.configs().current(scopes.get(i)).value()).isEqualTo(config(i + 1));
        }
    }

    @Test
    public void aTenantOfWhomNothingIsSaidIsActive() {
        Scope unknown = new Scope("nobody", "knows");
        controls.prepare(unknown);

        assertThat(controls.tenants().current(HOME)).isEqualTo(Tenant.ACTIVE);
        assertThat(controls.tenants().current(unknown)).isEqualTo(Tenant.ACTIVE);
    }

    @Test
    public void aSuspendedTenantIsSuspendedOnAllItsSurfacesAndNoOtherTenantIs() throws Exception {
        harness.putTenant("acme", SUSPENDED);

        assertThat(controls.tenants().current(HOME)).isEqualTo(SUSPENDED);
        assertThat(controls.tenants().current(CART)).isEqualTo(SUSPENDED);
        assertThat(controls.tenants().current(OTHER)).isEqualTo(Tenant.ACTIVE);
    }

    @Test
    public void aTenantMayBeSuspendedAndActivatedAgainAndKeepsWhatIsConfigured() throws Exception {
        harness.putConfig("acme", config(5));
        for (Status status : List.of(Status.SUSPENDED, Status.ACTIVE, Status.SUSPENDED, Status.ACTIVE)) {
            harness.putTenant("acme", new Tenant(status, Serving.ARTIFACTS));
            assertThat(controls.tenants().current(HOME).status()).isEqualTo(status);
        }

        assertThat(controls.tenants().current(HOME)).isEqualTo(Tenant.ACTIVE);
        assertThat(controls.configs().current(HOME).value()).isEqualTo(config(5));
    }

    @Test
    public void whereATenantIsServedFromIsKept() throws Exception {
        for (Serving serving : Serving.values()) {
            harness.putTenant("acme", new Tenant(Status.ACTIVE, serving));
            assertThat(controls.tenants().current(HOME).serving()).isEqualTo(serving);
        }
    }

    @Test
    public void theSameTenantIsReturnedUntilItChanges() throws Exception {
        harness.putTenant("acme", SUSPENDED);
        Tenant before = controls.tenants().current(HOME);

        controls.prepare(HOME);

        assertThat(controls.tenants().current(HOME)).isSameAs(before);
        assertThat(controls.tenants().current(CART)).isSameAs(before);
    }

    @Test
    public void toPrepareChangesNothingOfWhatIsKnown() throws Exception {
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));
        Object config = controls.configs().current(HOME);
        Object rules = controls.rules().current(HOME);
        Object items = controls.items().current(HOME);

        controls.prepare(HOME);
        controls.prepare(HOME);

        assertThat(controls.configs().current(HOME)).isSameAs(config);
        assertThat(controls.rules().current(HOME)).isSameAs(rules);
        assertThat(controls.items().current(HOME)).isSameAs(items);
    }

    @Test
    public void aSurfaceOfATenantThatIsNotKnownCanBePrepared() {
        Scope unknown = new Scope("nobody", "knows");

        controls.prepare(unknown);

        assertThat(controls.configs().current(unknown).value()).isEqualTo(RankingConfig.DEFAULT);
        assertThat(controls.tenants().current(unknown)).isEqualTo(Tenant.ACTIVE);
    }

    @Test
    public void aSurfaceThatIsPreparedLaterHasWhatWasPutBefore() throws Exception {
        Scope later = new Scope("acme", "later");
        harness.putConfig("acme", config(5));
        harness.putRules("acme", blocking("x"));
        harness.putItems("acme", List.of(ItemAttributes.of("a")));

        controls.prepare(later);

        assertThat(versions(later)).isEqualTo(versions(HOME));
    }

    @Test
    public void aSurfaceMayBePreparedByManyAtOnce() throws Exception {
        harness.putConfig("acme", config(5));
        try (Race race = Race.of(READERS)) {
            race.run(racer -> {
                for (int i = 0; i < CHANGES; i++) {
                    controls.prepare(HOME);
                    assertThat(controls.configs().current(HOME).value()).isEqualTo(config(5));
                }
                return racer;
            });
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
